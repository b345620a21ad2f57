"""Shoes: what the runner said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.shoe import Shoe

if TYPE_CHECKING:
    from uuid import UUID


def shoes_of(runner: UUID) -> dict[str, Shoe]:
    """Return what a runner said of her shoes, by the archive's name."""
    from evengait.storage.records.models import Shoe as Rows

    rows = Rows.objects.filter(runner=runner)
    return {row.name: Shoe(row.name, row.same_as, row.before_km, row.retired_on) for row in rows}


def keep_shoe(runner: UUID, told: Shoe) -> None:
    """Keep what is said of a pair; what was said before is replaced."""
    from evengait.storage.records.models import Shoe as Rows

    values = {"same_as": told.same_as, "before_km": told.before_km, "retired_on": told.retired_on}
    Rows.objects.update_or_create(runner_id=runner, name=told.name, defaults=values)
