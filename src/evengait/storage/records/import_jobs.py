"""Imports in the background: begin one, find it, say how far it is."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from evengait.core.errors import UsageError
from evengait.core.import_job import UNFINISHED, ImportJob

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from evengait.storage.records.models.import_job import ImportJob as Row


def begin_job(runner: UUID, kind: str, state: str, **told: Any) -> ImportJob:
    """Keep a new import and return it."""
    from evengait.storage.records.models import ImportJob as Rows

    return _read(Rows.objects.create(runner_id=runner, kind=kind, state=state, **told))


def job(runner: UUID, job: UUID) -> ImportJob:
    """Return one import of a runner.

    Raises
    ------
    UsageError
        This runner has none of this id.
    """
    from evengait.storage.records.models import ImportJob as Rows

    row = Rows.objects.filter(runner=runner, pk=job).first()
    if row is None:
        raise UsageError("There is no such import.")
    return _read(row)


def job_and_folder(job: UUID) -> tuple[ImportJob, str] | None:
    """Return an import and the name of its runner's folder, for the worker; None where it is gone."""
    from evengait.storage.records.models import ImportJob as Rows

    row = Rows.objects.filter(pk=job).select_related("runner").first()
    return (_read(row), row.runner.name) if row else None


def jobs_of(runner: UUID) -> list[ImportJob]:
    """Return a runner's imports, latest first."""
    from evengait.storage.records.models import ImportJob as Rows

    return [_read(row) for row in Rows.objects.filter(runner=runner)]


def unfinished_job(runner: UUID) -> ImportJob | None:
    """Return the import that is under way, the latest where there are several."""
    from evengait.storage.records.models import ImportJob as Rows

    row = Rows.objects.filter(runner=runner, state__in=UNFINISHED).first()
    return _read(row) if row else None


def change_job(job: UUID, *, only_in: tuple[str, ...] = (), **changes: Any) -> bool:
    """Say how far an import is; False where it is gone, or in none of the states ``only_in``."""
    from django.utils import timezone

    from evengait.storage.records.models import ImportJob as Rows

    rows = Rows.objects.filter(pk=job)
    if only_in:
        rows = rows.filter(state__in=only_in)
    return bool(rows.update(**changes, changed_at=timezone.now()))


def forget_job(runner: UUID, job: UUID) -> bool:
    """Delete the note of an import; the archive keeps what it has. True where there was one."""
    from evengait.storage.records.models import ImportJob as Rows

    return bool(Rows.objects.filter(runner=runner, pk=job).delete()[0])


def forget_given_up(before: datetime) -> list[UUID]:
    """Delete uploads that never became complete and have not moved since an instant; return which."""
    from evengait.storage.records.models import ImportJob as Rows

    rows = Rows.objects.filter(state="receiving", changed_at__lt=before)
    given_up = list(rows.values_list("pk", flat=True))
    rows.filter(pk__in=given_up).delete()
    return given_up


def known_jobs(jobs: Iterable[UUID]) -> set[UUID]:
    """Return those of some imports that are in the records."""
    from evengait.storage.records.models import ImportJob as Rows

    return set(Rows.objects.filter(pk__in=list(jobs)).values_list("pk", flat=True))


def _read(row: Row) -> ImportJob:
    values = {f.name: getattr(row, f.name) for f in fields(ImportJob) if f.name != "runner"}
    return ImportJob(**values | {"problems": tuple(row.problems)}, runner=row.runner_id)
