"""What the worker does for this room. Every task may be done twice: one that was cut off is begun again."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from evengait.actions.note_advice import note_advice
from evengait.actions.settle_advice import settle_advice
from evengait.storage.records.runners import runner_by_id


@task()
def note(reply: str) -> None:
    """Note what a reply advises in the ledger of its case."""
    note_advice(UUID(reply))


@task()
def settle(runner: str, trial: str) -> None:
    """Say in the ledger what a trial says that is over."""
    profile = runner_by_id(UUID(runner))
    if profile is not None:
        settle_advice(settings.HOME, profile, UUID(trial), timezone.now())
