"""A thread from elsewhere in a case: its posts as quoted replies by no member, its advice as lines of the ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.storage.records.ledger import keep_advice
from evengait.storage.records.replies import add_quoted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from evengait.core.advice import AdviceRecord
    from evengait.core.case import Reply


@dataclass(frozen=True)
class BroughtPost:
    """One post as it goes in: words in Markdown, what the forum says of its author, and the advice taken from it."""

    body: str
    author: str
    role: str
    on: date | None
    number: str
    advice: tuple[AdviceRecord, ...] = ()


def bring_in(case: UUID, posts: Sequence[BroughtPost]) -> list[Reply]:
    """Add posts and their advice to a case, all or nothing, in their order.

    Raises
    ------
    UsageError
        There are none, or the case is gone.
    """
    from django.db import transaction

    if not posts:
        raise UsageError("Choose at least one post.")
    with transaction.atomic():
        told = [(post.body, post.author, post.role, post.on, post.number) for post in posts]
        replies = sorted(add_quoted(case, told), key=lambda reply: reply.number)
        keep_advice(
            replace(one, case=case, reply=reply.id)
            for reply, post in zip(replies, posts, strict=True)
            for one in post.advice
        )
    return replies
