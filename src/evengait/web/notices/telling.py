"""Tell those who have a part in a case, on the page and by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from evengait.storage.records.notices import tell, tell_of_relation
from evengait.web.notices.tasks import write

if TYPE_CHECKING:
    from uuid import UUID


def tell_all(case: UUID, kind: str, by: UUID, *, number: int | None = None, to: UUID | None = None) -> None:
    """Keep a notice for everybody who may see it, and let the worker write to them."""
    for account in tell(case, kind, by, timezone.now(), number=number, to=to):
        write.enqueue(str(account))


def tell_of_beside(kind: str, relation: UUID, *, runner: bool) -> None:
    """Tell the runner, or who stands beside her, that it began or ended."""
    account = tell_of_relation(kind, relation, runner=runner)
    if account is not None:
        write.enqueue(str(account))
