"""Bring a thread into a case: the posts and the advice that the runner has confirmed, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from evengait.core.advice import AdviceRecord
from evengait.core.case import BODY_LIMIT
from evengait.core.language import say, speaking
from evengait.knowledge.advice_book import advice_book
from evengait.storage.records.brought_in import BroughtPost, already_in, bring_in

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
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


@dataclass(frozen=True)
class PostEdit:
    """What the runner corrected in a post before it goes in; None = as it was read."""

    author: str | None = None
    role: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class Edits:
    """Everything that she corrected: posts by number, advice by its key as (topic, stance)."""

    posts: Mapping[int, PostEdit] = field(default_factory=dict)
    advice: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def post(self, post: Post) -> Post:
        """Return a post as it goes in."""
        told = self.posts.get(post.number, PostEdit())
        return replace(
            post,
            author=post.author if told.author is None else told.author or None,
            role=post.role if told.role is None else told.role or None,
            text=post.text if told.text is None else told.text,
        )


def known_posts(runner: UUID, reading: ThreadReading) -> dict[int, tuple[UUID, str, int]]:
    """Return the posts that a runner's cases have already: case, its title and the reply, by post number."""
    told = {post.number: (_body(post), post.author or "", post.mark or "") for post in reading.thread.posts}
    return already_in(runner, told)


def bring_thread(
    case: UUID,
    reading: ThreadReading,
    *,
    posts: Collection[int],
    advice: Collection[str],
    edits: Edits | None = None,
) -> list[Reply]:
    """Add the chosen posts of a thread to a case, and the chosen advice to its ledger.

    Parameters
    ----------
    posts : collection of int
        Numbers of the posts that the runner wants in.
    advice : collection of str
        Keys (``advice_key``) of what she wants in the ledger; advice of a post that stays out stays out too.
    edits : Edits, optional
        What she corrected. A post whose words she changed is shown as changed.

    Raises
    ------
    UsageError
        No post was chosen, or the case is gone.
    """
    made = edits or Edits()
    pairs = [(post, made.post(post)) for post in reading.thread.posts if post.number in posts]
    chosen = [
        BroughtPost(
            body=_body(post),
            author=post.author or "",
            role=(post.role or (say("opened the thread") if post.opener else ""))[:32],
            on=post.written,
            number=post.mark or "",
            advice=tuple(
                _record(case, one, post, made)
                for one in reading.advice
                if one.post == post.number and advice_key(one) in advice
            ),
            changed=post.text != read.text,
        )
        for read, post in pairs
    ]
    return bring_in(case, chosen)


def _record(case: UUID, advised: Advised, post: Post, edits: Edits) -> AdviceRecord:
    """Return a line of the ledger; words that she took out of the post are not quoted."""
    name, stance = edits.advice.get(advice_key(advised), (advised.topic.id, advised.stance))
    with speaking("en"):  # kept in English, said when it is shown
        topics = advice_book().topics
        topic = topics.get(name, topics.get(advised.topic.id, advised.topic))
    what = topic.title if stance == "for" else f"Against: {topic.title}"
    return AdviceRecord(
        case=case,
        what=what,
        words=advised.words if post.text == _whole(post, advised) else "",
        by=post.author or "",
        topic=topic.id,
        evidence=topic.evidence,
        grade=topic.grade,
    )


def _whole(post: Post, advised: Advised) -> str | None:
    """Return the post's text where the sentence of the advice still stands in it."""
    return post.text if " ".join(advised.words.split()) in " ".join(post.text.split()) else None


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
