"""Take a forum thread in: its posts, and the advice in them with the evidence on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from evengait.analysis.thread.advice import advice_in
from evengait.core.language import marked
from evengait.ingest.thread import read_thread
from evengait.knowledge import evidence
from evengait.knowledge.advice_book import advice_book

if TYPE_CHECKING:
    from evengait.core.advice_topic import Advised
    from evengait.core.thread import Thread

NO_ENTRY = marked("no evidence entry")
"""What is said of a topic on which nothing is known here; it speaks neither for nor against it."""


@dataclass(frozen=True)
class ThreadReading:
    """A thread as it was read, with the advice in it; nothing of it may be used before the runner has confirmed it."""

    thread: Thread
    advice: tuple[Advised, ...]
    version: str


def take_thread(data: bytes, *, most: int | None = None) -> ThreadReading:
    """Read a thread's bytes: a saved page, or pasted text in UTF-8.

    Parameters
    ----------
    most : int or None
        Posts that are wanted at the most; what is beyond counts as left out.

    Raises
    ------
    IngestError
        It is neither, or there are no posts in it.
    """
    thread = read_thread(data)
    beyond = 0 if most is None else max(0, len(thread.posts) - most)
    if beyond:
        thread = replace(thread, posts=thread.posts[:most], left_out=thread.left_out + beyond)
    return with_advice(thread)


def with_advice(thread: Thread) -> ThreadReading:
    """Return a thread that was read before, with the advice in it."""
    book = advice_book()
    return ThreadReading(thread, advice_in(thread, book), book.version)


def thread_document(reading: ThreadReading) -> dict[str, Any]:
    """Return what ``thread --json`` prints: posts, and each piece of advice with the evidence on it."""
    thread = reading.thread
    posts = [
        {
            "number": post.number,
            "mark": post.mark,
            "author": post.author,
            "role": post.role,
            "written": post.written.isoformat() if post.written else None,
            "when": post.when,
            "opener": post.opener,
            "text": post.text,
            "quotes": [{"author": quote.author, "text": quote.text} for quote in post.quotes],
            "cut": post.cut,
        }
        for post in thread.posts
    ]
    return {
        "title": thread.title,
        "kind": thread.kind,
        "left_out": thread.left_out,
        "posts": posts,
        "advice": [_advised(advised) for advised in reading.advice],
        "phrases": reading.version,
        "confirmed": False,
    }


def _advised(advised: Advised) -> dict[str, Any]:
    entries = [evidence()[key] for key in advised.topic.evidence]
    return {
        "post": advised.post,
        "by": advised.by,
        "topic": advised.topic.id,
        "title": advised.topic.title,
        "stance": advised.stance,
        "words": advised.words,
        "start": advised.start,
        "end": advised.end,
        "grade": advised.topic.grade or None,
        "evidence": [
            {"id": entry.id, "grade": entry.shown_grade, "says": entry.says, "source": entry.source}
            for entry in entries
        ],
    }
