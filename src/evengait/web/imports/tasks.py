"""What the worker does for this room. Every task may be done twice: one that was cut off is begun again."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from evengait.actions.work_import import work_import


@task()
def bring_in(job: str) -> None:
    """Take an import in, or back."""
    work_import(settings.HOME, UUID(job), timezone.localdate())
