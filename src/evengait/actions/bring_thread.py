"""Bring a thread into a case: the posts and the advice that the runner has confirmed, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evengait.core.advice import AdviceRecord
from evengait.core.case import BODY_LIMIT
from evengait.storage.records.brought_in import BroughtPost, bring_in

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from evengait.actions.take_thread import ThreadReading
    from evengait.core.advice_topic import Advised
    from evengait.core.case import Reply
    from evengait.core.thread import Post

_MARKUP = re.compile(r"([\\`*_\[\]<&])")
_NUMBER = re.compile(r"#(?=\d)")


def advice_key(advised: Advised) -> str:
    """Return what names a piece of advice within its thread: post, topic, for or against."""
    return f"{advised.post}-{advised.topic.id}-{advised.stance}"


def bring_thread(
    case: UUID, reading: ThreadReading, *, posts: Collection[int], advice: Collection[str]
) -> list[Reply]:
    """Add the chosen posts of a thread to a case, and the chosen advice to its ledger.

    Parameters
    ----------
    posts : collection of int
        Numbers of the posts that the runner wants in.
    advice : collection of str
        Keys (``advice_key``) of what she wants in the ledger; advice of a post that stays out stays out too.

    Raises
    ------
    UsageError
        No post was chosen, or the case is gone.
    """
    chosen = [
        BroughtPost(
            body=_body(post),
            author=post.author or "",
            role=(post.role or ("opened the thread" if post.opener else ""))[:32],
            on=post.written,
            number=post.mark or "",
            advice=tuple(
                _record(case, one)
                for one in reading.advice
                if one.post == post.number and advice_key(one) in advice
            ),
        )
        for post in reading.thread.posts
        if post.number in posts
    ]
    return bring_in(case, chosen)


def _record(case: UUID, advised: Advised) -> AdviceRecord:
    topic = advised.topic
    what = topic.title if advised.stance == "for" else f"Against: {topic.title}"
    return AdviceRecord(
        case=case,
        what=what,
        words=advised.words,
        by=advised.by or "",
        topic=topic.id,
        evidence=topic.evidence,
        grade=topic.grade,
    )


def _body(post: Post) -> str:
    """Return a post's words so that a reply shows them as they are, what it quotes first."""
    parts = []
    for quote in post.quotes:
        said = f"{quote.author} wrote:\n{quote.text}" if quote.author else quote.text
        parts.append("\n".join(f"> {_plain(line)}".rstrip() for line in said.split("\n")))
    whole = "\n\n".join([*parts, *([_text(post.text)] if post.text else [])])
    return whole if len(whole) <= BODY_LIMIT else f"{whole[: BODY_LIMIT - 2]} …"


def _text(text: str) -> str:
    return "\n".join(_plain(line) for line in text.split("\n"))


def _plain(line: str) -> str:
    """Return a line whose signs are no markup; ``#7`` is a number there, not a reply here."""
    escaped = _NUMBER.sub("#\u2060", _MARKUP.sub(r"\\\1", line))
    return f"\\{escaped}" if escaped.startswith((">", "#", "=", "~", "---", "+")) else escaped
