"""Runners: find, make, claim, change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from evengait.core.errors import UsageError
from evengait.core.runner import RunnerProfile
from evengait.storage.home import runner_folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from uuid import UUID

    from evengait.core.units import Units
    from evengait.storage.records.models.runner import Runner


def runner_named(home: Path, name: str) -> RunnerProfile:
    """Return the runner whose archive is in this folder, made now where there is none.

    Raises
    ------
    UsageError
        No folder can have this name.
    """
    from evengait.storage.records.models import Runner as Row

    runner_folder(home, name)
    row, _ = Row.objects.get_or_create(name=name)
    return profile(row)


def runner_of(account: UUID) -> RunnerProfile | None:
    """Return the runner who signs in with this account, None where the account is no runner's."""
    from evengait.storage.records.models import Runner as Row

    row = Row.objects.filter(account=account).first()
    return profile(row) if row else None


def runner_by_id(runner: UUID) -> RunnerProfile | None:
    """Return a runner, None where there is none of this id."""
    from evengait.storage.records.models import Runner as Row

    row = Row.objects.filter(pk=runner).first()
    return profile(row) if row else None


def runners_by_id(runners: Iterable[UUID]) -> dict[UUID, RunnerProfile]:
    """Return several runners at once; those that are not there are missing."""
    from evengait.storage.records.models import Runner as Row

    return {row.pk: profile(row) for row in Row.objects.filter(pk__in=list(runners))}


def runner_by_name(name: str) -> RunnerProfile | None:
    """Return the runner whose archive is in the folder of this name, None where there is none."""
    from evengait.storage.records.models import Runner as Row

    row = Row.objects.filter(name=name).first()
    return profile(row) if row else None


def claim_runner(name: str, account: UUID) -> RunnerProfile:
    """Give a runner that nobody has claimed to an account that has none; she has its name where she had none.

    Raises
    ------
    UsageError
        The runner belongs to another account, or the account has another runner.
    """
    from django.db import transaction

    from evengait.storage.records.models import Account
    from evengait.storage.records.models import Runner as Row

    with transaction.atomic():
        row, _ = Row.objects.select_for_update().get_or_create(name=name)
        other = Row.objects.filter(account=account).exclude(pk=row.pk).exists()
        if other or row.account_id not in {None, account}:
            raise UsageError(
                "This runner is claimed already, or this account has a runner. Nothing was changed."
            )
        row.account_id = account
        row.display_name = row.display_name or Account.objects.get(pk=account).display_name
        row.save(update_fields=["account", "display_name"])
    return profile(row)


def change_runner(runner: UUID, **changes: Any) -> RunnerProfile:
    """Change ``display_name``, ``units`` or ``time_zone`` and return the runner.

    Raises
    ------
    UsageError
        Units that are not known.
    """
    from evengait.storage.records.models import Runner as Row

    if changes.get("units", "km") not in {"km", "mi"}:
        raise UsageError("units are km or mi")
    row = Row.objects.get(pk=runner)
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=sorted(changes))
    return profile(row)


def profile(row: Runner) -> RunnerProfile:
    """Return a row as the rest of the house knows it."""
    units = cast("Units", row.units)
    return RunnerProfile(row.pk, row.name, row.display_name, units, row.time_zone, row.account_id)
