"""Note the advice in a reply in its case's ledger, with the evidence on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.advice import AdviceRecord
from evengait.storage.records.cases import case_by_id
from evengait.storage.records.ledger import forget_unjudged, keep_advice
from evengait.storage.records.replies import reply_by_id

if TYPE_CHECKING:
    from uuid import UUID


def note_advice(reply: UUID) -> list[AdviceRecord]:
    """Read a reply and keep what it advises; the runner's own replies and tombstones advise nothing.

    Doing it again changes nothing but what an edit changed.
    """
    from evengait.analysis.thread.advice import advice_of
    from evengait.core.thread import Post
    from evengait.knowledge.advice_book import advice_book

    found = reply_by_id(reply)
    case = case_by_id(found.case) if found else None
    if found is None or case is None:
        return []
    forget_unjudged(reply)
    if found.deleted or (found.author is not None and found.author == case.opened_by):
        return []
    post = Post(found.number, None, found.quoted_author or None, None, found.quoted_on, None, found.body)
    return keep_advice(
        AdviceRecord(
            case=found.case,
            what=one.topic.title if one.stance == "for" else f"Against: {one.topic.title}",
            words=one.words,
            by=found.quoted_author,
            topic=one.topic.id,
            evidence=one.topic.evidence,
            grade=one.topic.grade,
            reply=reply,
            author=found.author,
        )
        for one in advice_of(post, advice_book())
    )
