r"""A forum thread: a saved page of bbPress, Discourse or phpBB, or text as it was pasted.

Examples
--------
>>> thread = read_thread(b"Ana wrote:\nMy back hurts.\n\nBo wrote:\nTry a belt.")
>>> [(post.author, post.text) for post in thread.posts]
[('Ana', 'My back hurts.'), ('Bo', 'Try a belt.')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.errors import IngestError
from evengait.core.reasons import kept
from evengait.ingest.thread import bbpress, discourse, phpbb
from evengait.ingest.thread._draft import thread_of
from evengait.ingest.thread._page import PAGE_BYTES, looks_like_page, read_page
from evengait.ingest.thread.pasted import read_pasted

if TYPE_CHECKING:
    from evengait.core.thread import Thread

__all__ = ["FORUMS", "PAGE_BYTES", "TEXT_BYTES", "read_thread"]

FORUMS = {"bbpress": bbpress, "discourse": discourse, "phpbb": phpbb}
"""Every forum whose pages are read; the first that knows a page reads it."""
TEXT_BYTES = 4_000_000


def read_thread(data: bytes) -> Thread:
    """Read a thread from a saved page's bytes, or from text in UTF-8.

    Returns
    -------
    Thread
        At least one post. Nothing of a page is run or fetched; what is too long is cut, and said to be.

    Raises
    ------
    IngestError
        A page of no forum that is known, larger than one, or without words.
    """
    if looks_like_page(data):
        page = read_page(data)
        for kind, forum in FORUMS.items():
            if forum.sniff(page):
                thread = thread_of(kind, forum.title(page), forum.read(page), left_out=page.left_out)
                break
        else:
            raise IngestError(
                kept(
                    "This page is of no forum that is known here (bbPress, Discourse, phpBB). Copy "
                    "the posts' text and paste it instead."
                ),
                format="page",
            )
    else:
        if len(data) > TEXT_BYTES:
            raise IngestError(
                kept("The text is longer than a thread. Paste the posts that matter."), format="text"
            )
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise IngestError(
                kept("This is neither a saved page nor text in UTF-8. Copy the posts' text and paste it."),
                format="text",
            ) from None
        if "\x00" in text:
            raise IngestError(
                kept("This is neither a saved page nor text. Copy the posts' text and paste it."),
                format="text",
            )
        thread = read_pasted(text)
    if not any(letter.isalpha() for post in thread.posts for letter in post.text):
        raise IngestError(
            kept("No posts were found in it. Copy the posts' text and paste it."), format=thread.kind
        )
    return thread
