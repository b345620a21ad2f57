"""Takeouts: ask for one, find it, say what came, forget it."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from evengait.core.takeout import Takeout

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from uuid import UUID

    from evengait.storage.records.models.takeout import Takeout as Row


def takeout_file(home: Path, takeout: UUID) -> Path:
    """Return where a takeout lies; it need not be there."""
    return home / "takeouts" / f"{takeout}.zip"


def ask_for_takeout(account: UUID) -> Takeout:
    """Keep the wish for a takeout."""
    from evengait.storage.records.models import Takeout as Rows

    return _read(Rows.objects.create(account_id=account))


def takeouts_of(account: UUID) -> list[Takeout]:
    """Return an account's takeouts, latest first."""
    from evengait.storage.records.models import Takeout as Rows

    return [_read(row) for row in Rows.objects.filter(account=account)]


def takeout_by_id(takeout: UUID) -> Takeout | None:
    """Return a takeout, for the worker; None where it is gone."""
    from evengait.storage.records.models import Takeout as Rows

    row = Rows.objects.filter(pk=takeout).first()
    return _read(row) if row else None


def change_takeout(takeout: UUID, **changes: Any) -> bool:
    """Say what came of it; False where it is gone."""
    from evengait.storage.records.models import Takeout as Rows

    return bool(Rows.objects.filter(pk=takeout).update(**changes))


def forget_takeouts(home: Path, *, account: UUID | None = None, expired_at: datetime | None = None) -> None:
    """Delete takeouts with their files: an account's, or those that have expired at an instant."""
    from evengait.storage.records.models import Takeout as Rows

    rows = Rows.objects.all()
    if account is not None:
        rows = rows.filter(account=account)
    if expired_at is not None:
        rows = rows.filter(expires_at__lte=expired_at)
    for key in list(rows.values_list("pk", flat=True)):
        takeout_file(home, key).unlink(missing_ok=True)
        takeout_file(home, key).with_suffix(".part").unlink(missing_ok=True)
        Rows.objects.filter(pk=key).delete()


def _read(row: Row) -> Takeout:
    values = {f.name: getattr(row, f.name) for f in fields(Takeout) if f.name != "account"}
    return Takeout(**values, account=row.account_id)
