"""What the worker does for this room. Every task may be done twice: one that was cut off is begun again."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from evengait.actions.take_everything import take_everything
from evengait.core.language import speaking
from evengait.core.takeout import KEPT_FOR
from evengait.storage.records.takeouts import change_takeout, forget_takeouts, takeout_by_id, takeout_file


@task()
def make(takeout: str, language: str = "en") -> None:
    """Make a takeout in the language of who asked for it, and have it removed once it has expired."""
    told = takeout_by_id(UUID(takeout))
    if told is None or told.state != "waiting":
        return
    file, now = takeout_file(settings.HOME, told.id), timezone.now()
    try:
        with speaking(language):
            size = take_everything(settings.HOME, told.account, file, now=now)
    except OSError:
        change_takeout(told.id, state="failed", expires_at=now + KEPT_FOR)
        return
    until = timezone.now() + KEPT_FOR
    if not change_takeout(told.id, state="done", bytes=size, expires_at=until):
        file.unlink(missing_ok=True)  # the account was deleted meanwhile
        return
    remove.using(run_after=until).enqueue()


@task()
def remove() -> None:
    """Remove every takeout that has expired."""
    forget_takeouts(settings.HOME, expired_at=timezone.now())
