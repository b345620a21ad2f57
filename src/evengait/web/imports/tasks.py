"""What the worker does for this room. Every task may be done twice: one that was cut off is begun again."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from evengait.actions.work_import import work_import
from evengait.core.reasons import kept
from evengait.storage.records.import_jobs import change_job
from evengait.storage.uploads import discard, upload_folder
from evengait.web.base.broken import when_it_breaks


@task()
def bring_in(job: str) -> None:
    """Take an import in, or back."""
    work_import(settings.HOME, UUID(job), timezone.localdate())


def _broke(job: str) -> None:
    reason = kept("Something broke on our side. Nothing that was kept is lost. Bring the files in again.")
    change_job(UUID(job), only_in=("waiting", "going"), state="failed", reason=reason)
    discard(upload_folder(settings.HOME, UUID(job)))


when_it_breaks(bring_in, _broke)
