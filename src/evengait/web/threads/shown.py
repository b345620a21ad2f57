"""What the page of a thread shows: every post with the advice in it, every piece with the evidence on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evengait.actions.bring_thread import advice_key, known_posts
from evengait.knowledge import evidence
from evengait.knowledge.advice_book import advice_book

if TYPE_CHECKING:
    from uuid import UUID

    from evengait.actions.take_thread import ThreadReading
    from evengait.core.advice_topic import Advised
    from evengait.core.evidence import Evidence
    from evengait.core.thread import Post


@dataclass(frozen=True)
class ShownAdvice:
    """A piece of advice with its name in the form, the evidence on it, and the topics it may be about instead."""

    key: str
    advised: Advised
    evidence: tuple[Evidence, ...]
    topics: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ShownPost:
    """A post with the advice in it; ``there``: the case, its title and the reply that have it already."""

    post: Post
    advice: tuple[ShownAdvice, ...]
    there: tuple[UUID, str, int] | None


def shown(reading: ThreadReading, runner: UUID, case: UUID) -> dict[str, Any]:
    """Return what the template names; ``again``: in which cases posts of it stand already."""
    known = known_posts(runner, reading)
    posts = [
        ShownPost(
            post, tuple(_advice(one) for one in reading.advice if one.post == post.number), known.get(post.number)
        )
        for post in reading.thread.posts
    ]  # fmt: skip
    again: dict[tuple[UUID, str], int] = {}
    for there, title, _ in known.values():
        again[there, title] = again.get((there, title), 0) + 1
    cases = [(there, title, count) for (there, title), count in again.items()]
    return {
        "thread": reading.thread, "posts": posts, "pieces": len(reading.advice), "again": cases,
        "here": {number for number, (there, _, _) in known.items() if there == case},
    }  # fmt: skip


def _advice(advised: Advised) -> ShownAdvice:
    topics = tuple((one.id, one.title) for one in advice_book().topics.values())
    known = tuple(evidence()[key] for key in advised.topic.evidence)
    return ShownAdvice(advice_key(advised), advised, known, topics)
