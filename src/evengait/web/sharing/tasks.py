"""What the worker does for this room. Every task may be done twice: one that was cut off is begun again."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django_tasks import task

from evengait.storage.records.grants import forget_unshared


@task()
def forget(case: str) -> None:
    """Delete what is kept of a case for a share that has just run out."""
    forget_unshared(UUID(case), timezone.now())
