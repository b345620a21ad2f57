"""A topic of bbPress (WordPress), saved from the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.ingest.thread._draft import Draft
from evengait.ingest.thread._page import Page, content_of, words_of

if TYPE_CHECKING:
    from lxml import etree

NOT_THE_WRITERS = (
    "bbp-meta",
    "bbp-admin-links",
    "bbp-reply-revision-log",
    "bbp-topic-revision-log",
    "bbp-signature",
)


def sniff(page: Page) -> bool:
    """Tell whether a page is a topic of bbPress."""
    return bool(page.all("bbp-reply-content") or page.all("bbp-topic-content"))


def title(page: Page) -> str | None:
    """Return the topic's title."""
    return words_of(page.first("entry-title")) or words_of(page.first("bbp-topic-title"))


def read(page: Page) -> list[Draft]:
    """Return the posts of the page: the topic where it is shown apart, and its replies."""
    drafts = []
    for content in page.root.iter():
        classes = (content.get("class") or "").split() if isinstance(content.tag, str) else []
        kind = next((kind for kind in ("topic", "reply") if f"bbp-{kind}-content" in classes), None)
        if kind is not None and not _header_row(content):
            drafts.append(_draft(page, content, kind))
    return drafts


def _header_row(content: etree._Element) -> bool:
    """Tell whether this is the row that says *Posts* above or below them."""
    parent = content.getparent()
    return parent is not None and bool(
        {"bbp-header", "bbp-footer"} & set((parent.get("class") or "").split())
    )


def _draft(page: Page, content: etree._Element, kind: str) -> Draft:
    row = content.getparent()
    place = row if row is not None else content
    author = page.first(f"bbp-{kind}-author", inside=place)
    name = role = None
    if author is not None:
        named = page.first("bbp-author-name", inside=author)
        if named is None:
            named = page.first("bbp-author-link", inside=author)
        name = words_of(named)
        role = words_of(page.first("bbp-author-role", inside=author))
        if name is None:
            said = content_of(author, without=("bbp-author-role",))[0].strip()
            name = said.split("\n")[0] or None
    head = _head(page, place)
    link = page.first(f"bbp-{kind}-permalink", inside=head) if head is not None else None
    when = words_of(page.first(f"bbp-{kind}-post-date", inside=head)) if head is not None else None
    text, quotes = content_of(content, without=NOT_THE_WRITERS)
    mark = (words_of(link) or "").lstrip("#") or None
    opener = kind == "topic" or "topic-author" in (place.get("class") or "").split() or role == "Creator"
    return Draft(text, name, role, mark, when, quotes=quotes, opener=opener)


def _head(page: Page, row: etree._Element) -> etree._Element | None:
    """Return what holds a post's date and number: in its row, in the row before it, or around both."""
    if page.all("bbp-meta", inside=row):
        return row
    before = row.getprevious()
    while before is not None and not isinstance(before.tag, str):
        before = before.getprevious()
    if before is not None and (
        page.all("bbp-meta", inside=before) or "bbp-meta" in (before.get("class") or "")
    ):
        return before
    return row
