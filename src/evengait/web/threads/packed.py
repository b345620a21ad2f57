"""A thread as plain data, and back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from evengait.core.thread import Post, Quote, Thread


def packed(thread: Thread) -> dict[str, Any]:
    """Return a thread as JSON data."""
    told = asdict(thread)
    for post in told["posts"]:
        post["written"] = post["written"].isoformat() if post["written"] else None
    return told


def unpacked(told: dict[str, Any]) -> Thread:
    """Return the thread of ``packed``."""
    posts = tuple(
        Post(
            **{
                **post,
                "written": date.fromisoformat(post["written"]) if post["written"] else None,
                "quotes": tuple(Quote(**quote) for quote in post["quotes"]),
            }
        )
        for post in told["posts"]
    )
    return Thread(**{**told, "posts": posts})
