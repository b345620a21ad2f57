"""What the worker does for this room. Every task may be done twice: one that was cut off is begun again."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from evengait.actions.note_advice import note_advice


@task()
def note(reply: str) -> None:
    """Note what a reply advises in the ledger of its case."""
    note_advice(UUID(reply))
