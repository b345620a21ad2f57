"""A topic of phpBB (prosilver and styles made from it), saved from the browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evengait.ingest.thread._draft import Draft
from evengait.ingest.thread._page import Page, content_of, words_of

if TYPE_CHECKING:
    from lxml import etree

NOT_THE_WRITERS = ("signature", "notice", "attachbox", "inline-attachment", "rules", "codebox")


def sniff(page: Page) -> bool:
    """Tell whether a page is a topic of phpBB."""
    return any(page.all("content", inside=body) for body in page.all("postbody"))


def title(page: Page) -> str | None:
    """Return the topic's title."""
    return words_of(page.first("topic-title")) or words_of(next(iter(page.root.iter("h2")), None))


def read(page: Page) -> list[Draft]:
    """Return the posts of the page."""
    return [_draft(page, body) for body in page.all("postbody") if page.all("content", inside=body)]


def _post(body: etree._Element) -> etree._Element:
    """Return the element that holds the whole post: its id is ``p`` and a number."""
    for above in body.iterancestors():
        if re.fullmatch(r"p\d+", above.get("id") or ""):
            return above
    parent = body.getparent()
    return parent if parent is not None else body


def _draft(page: Page, body: etree._Element) -> Draft:
    post = _post(body)
    head = page.first("author", inside=body)
    profile = page.first("postprofile", inside=post)
    named = None
    for place in (profile, head):
        for names in (("username-coloured",), ("username",)):
            if named is None and place is not None:
                named = page.first(*names, inside=place)
    role = page.first("profile-rank", inside=profile) if profile is not None else None
    content = page.first("content", inside=body)
    text, quotes = content_of(content, without=NOT_THE_WRITERS) if content is not None else ("", [])
    said = words_of(head) or ""
    time = next(iter(head.iter("time")), None) if head is not None else None
    name = words_of(named)
    if name is None:
        found = re.search(r"\b(?:by|von)\s+(.{1,80}?)\s+»", said)
        name = found[1] if found else None
    return Draft(
        text,
        name,
        words_of(role),
        (post.get("id") or "").removeprefix("p") or None,
        (words_of(time) if time is not None else said.rpartition("»")[2].strip()) or None,
        stamp=time.get("datetime") if time is not None else None,
        quotes=quotes,
    )
