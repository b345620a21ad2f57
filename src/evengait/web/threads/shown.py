"""What the page of a thread shows: every post with the advice in it, every piece with the evidence on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evengait.actions.bring_thread import advice_key
from evengait.knowledge import evidence

if TYPE_CHECKING:
    from evengait.actions.take_thread import ThreadReading
    from evengait.core.advice_topic import Advised
    from evengait.core.evidence import Evidence
    from evengait.core.thread import Post


@dataclass(frozen=True)
class ShownAdvice:
    """A piece of advice with its name in the form and the evidence on it."""

    key: str
    advised: Advised
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class ShownPost:
    """A post with the advice in it."""

    post: Post
    advice: tuple[ShownAdvice, ...]


def shown(reading: ThreadReading) -> dict[str, Any]:
    """Return what the template names."""
    posts = [
        ShownPost(post, tuple(_advice(one) for one in reading.advice if one.post == post.number))
        for post in reading.thread.posts
    ]
    return {"thread": reading.thread, "posts": posts, "pieces": len(reading.advice)}


def _advice(advised: Advised) -> ShownAdvice:
    return ShownAdvice(advice_key(advised), advised, tuple(evidence()[key] for key in advised.topic.evidence))
