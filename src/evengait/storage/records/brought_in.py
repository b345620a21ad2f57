"""A thread from elsewhere in a case: its posts as quoted replies by no member, its advice as lines of the ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.storage.records.ledger import keep_advice
from evengait.storage.records.replies import add_quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from evengait.core.advice import AdviceRecord
    from evengait.core.case import Reply


@dataclass(frozen=True)
class BroughtPost:
    """One post as it goes in: words in Markdown, what the forum says of its author, and the advice taken from it.

    ``changed``: the runner has corrected its words; readers are told.
    """

    body: str
    author: str
    role: str
    on: date | None
    number: str
    advice: tuple[AdviceRecord, ...] = ()
    changed: bool = False


def bring_in(case: UUID, posts: Sequence[BroughtPost]) -> list[Reply]:
    """Add posts and their advice to a case, all or nothing, in their order.

    Raises
    ------
    UsageError
        There are none, or the case is gone.
    """
    from django.db import transaction
    from django.utils import timezone

    from evengait.storage.records.models import CaseReply

    if not posts:
        raise UsageError("Choose at least one post.")
    with transaction.atomic():
        told = [(post.body, post.author, post.role, post.on, post.number) for post in posts]
        replies = sorted(add_quoted(case, told), key=lambda reply: reply.number)
        changed = [reply.id for reply, post in zip(replies, posts, strict=True) if post.changed]
        CaseReply.objects.filter(pk__in=changed).update(edited_at=timezone.now())
        keep_advice(
            replace(one, case=case, reply=reply.id)
            for reply, post in zip(replies, posts, strict=True)
            for one in post.advice
        )
    return replies


def already_in(runner: UUID, posts: Mapping[int, tuple[str, str, str]]) -> dict[int, tuple[UUID, str, int]]:
    """Return which posts a runner's cases have already.

    Parameters
    ----------
    posts : mapping of a post's number to (words, author, the forum's own number)
        The same words, or the same number by the same name, are the same post.

    Returns
    -------
    dict of a post's number to (case, title, number of the reply)
    """
    from django.db.models import Q

    from evengait.storage.records.models import CaseReply

    marks = {mark for _, _, mark in posts.values() if mark}
    same = Q(body__in=[body for body, _, _ in posts.values()]) | Q(quoted_number__in=marks)
    rows = CaseReply.objects.filter(same, case__runner=runner, author=None, deleted_at=None)
    by_words: dict[str, tuple[UUID, str, int]] = {}
    by_mark: dict[tuple[str, str], tuple[UUID, str, int]] = {}
    for row in rows.select_related("case").order_by("-written_at", "-number"):
        there = (row.case_id, row.case.title, row.number)
        by_words[row.body] = there
        if row.quoted_number:
            by_mark[row.quoted_author, row.quoted_number] = there
    found = {
        number: by_words.get(body) or by_mark.get((author, mark))
        for number, (body, author, mark) in posts.items()
    }
    return {number: there for number, there in found.items() if there}
