"""A saved page as a tree, within bounds: nothing of it is run, fetched or trusted.

The parser is libxml2's, by lxml: it mends what is broken and stops at a depth of 256. A tag with thousands of
attributes costs it the square of their number, so such a tag is left out before it sees the page.
"""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from evengait.core.errors import IngestError
from evengait.core.reasons import kept
from evengait.core.thread import Quote

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE_BYTES = 8_000_000
"""Bytes of a page; a saved page of a hundred posts has one or two million."""
SEPARATORS = 800
"""Blanks, quotes and slashes between two ``<`` above which a tag is left out."""
DROPPED = frozenset((
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "math", "head", "button",
    "input", "select", "option", "textarea", "audio", "video", "nav", "img",
))  # fmt: skip
APART = frozenset(("p", "ul", "ol", "table", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "figure"))
BLOCKS = frozenset((
    "div", "li", "tr", "dl", "dt", "dd", "section", "article", "aside", "blockquote", "header", "footer", "hr",
    "details", "summary",
))  # fmt: skip
BLOCK_MARK, APART_MARK = "\x1e", "\x1f"
_BREAKS = re.compile(r"[ \x1e\x1f]*[\x1e\x1f][ \x1e\x1f]*")
_DATA = re.compile(r"data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=]+")
_PLAIN_TAG = re.compile(r"""/?[a-zA-Z][\w:-]*+(?:\s++[\w:-]++(?:=(?:"[^"<>]*+"|'[^'<>]*+'))?+)*+\s*+/?>""")
_SEPARATOR = re.compile(r"""[\s"'/]""")
_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]{3,20})")
_SAID = re.compile(
    r"^(?P<name>.{1,80}?)\s*(?:wrote|said|says|schrieb|sagt|hat geschrieben)?\s*:?\s*(?:↑.*)?$", re.DOTALL
)


@dataclass
class Page:
    """A page: its tree and how many overlong parts were left out."""

    root: etree._Element
    left_out: int = 0

    def all(self, *names: str, inside: etree._Element | None = None) -> list[etree._Element]:
        """Return every element that has all these classes, in the page's order."""
        has = " and ".join(
            f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')" for name in names
        )
        place = self.root if inside is None else inside
        return list(place.xpath(f".//*[{has}]"))

    def first(self, *names: str, inside: etree._Element | None = None) -> etree._Element | None:
        """Return the first element that has all these classes, or None."""
        return next(iter(self.all(*names, inside=inside)), None)


def looks_like_page(data: bytes) -> bool:
    """Tell whether bytes are a saved page rather than text."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"\xff\xfe<\x00", b"<!--", b"<?xml")):
        return True
    if b"multipart/related" in head and b"mime-version" in head:
        return True
    return (
        head.startswith(b"<")
        and b"</" in data[:200_000]
        and re.match(rb"<[a-z][a-z0-9]*[\s>]", head) is not None
    )


def read_page(data: bytes) -> Page:
    """Return a saved page's tree; a page saved as one file (``.mhtml``) too.

    Raises
    ------
    IngestError
        It is larger than a page of a forum is, or holds no element at all.
    """
    if len(data) > PAGE_BYTES:
        raise IngestError(
            kept(
                "The page is larger than {PAGE_BYTES} MB. Copy the posts' text and paste it instead.",
                PAGE_BYTES=PAGE_BYTES // 1000000,
            ),
            format="page",
        )
    if b"multipart/related" in data[:4096].lower():
        data = _unwrapped(data)
    text, left_out = _thinned(_decoded(data))
    parser = etree.HTMLParser(
        huge_tree=False, no_network=True, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        root = etree.fromstring(text, parser) if text.strip() else None
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        raise IngestError(
            kept("The page could not be read. Copy the posts' text and paste it instead."), format="page"
        )
    return Page(root, left_out)


def _unwrapped(data: bytes) -> bytes:
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            found = part.get_payload(decode=True)
            return found if isinstance(found, bytes) else b""
    return b""


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").replace("\x00", "")
    try:
        return data.decode("utf-8-sig").replace("\x00", "")
    except UnicodeDecodeError:
        named = _CHARSET.search(data[:4096])
        name = named[1].decode("ascii").lower() if named else ""
        known = name if name.startswith(("iso-8859-", "windows-125", "koi8")) else "cp1252"
        try:
            return data.decode(known, "replace").replace("\x00", "")
        except LookupError:
            return data.decode("cp1252", "replace").replace("\x00", "")


def _thinned(text: str) -> tuple[str, int]:
    """Return the page without scripts, pictures written out and overlong tags; and the number of these."""
    text = re.sub(r"<\?xml[^>]{0,200}>", "", text[:300]) + text[300:]
    for name in ("script", "style"):
        text = _without(text, name)
    first, *parts = _DATA.sub("", text).split("<")
    kept, left_out = [first], 0
    for part in parts:
        if len(part) > SEPARATORS:
            plain = _PLAIN_TAG.match(part)
            head = plain.group() if plain else part
            if len(_SEPARATOR.findall(head)) > SEPARATORS:
                left_out += 1
                continue
        kept.append(part)
    return "<".join(kept), left_out


def _without(text: str, name: str) -> str:
    """Return text without the elements of a name; one that is never closed goes to the end of the page."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    kept, at = [], 0
    while (start := lower.find(f"<{name}", at)) >= 0:
        kept.append(text[at:start])
        end = lower.find(f"</{name}", start)
        if end < 0:
            return "".join(kept)
        closed = lower.find(">", end)
        at = closed + 1 if closed >= 0 else len(text)
    kept.append(text[at:])
    return "".join(kept)


def words_of(element: etree._Element | None) -> str | None:
    """Return an element's words on one line, or None."""
    if element is None:
        return None
    return " ".join(content_of(element)[0].split()) or None


def content_of(element: etree._Element, *, without: tuple[str, ...] = ()) -> tuple[str, list[Quote]]:
    """Return a post's text, and what it quotes apart from it.

    Parameters
    ----------
    without : tuple of class names
        Elements that are not the writer's: signatures, notices, buttons.
    """
    pieces: list[str] = []
    quotes: list[Quote] = []
    for event in _events(element, without):
        if isinstance(event, str):
            pieces.append(event)
        else:
            quotes.append(Quote(_quoted_author(event), _quoted_words(event)))
            pieces.append(APART_MARK)
    return _broken("".join(pieces)), [quote for quote in quotes if quote.text.strip()]


def _broken(text: str) -> str:
    """Return text with marks of blocks made into line breaks: one between lines, two between paragraphs."""
    return _BREAKS.sub(lambda found: "\n\n" if APART_MARK in found[0] else "\n", text)


def _events(top: etree._Element, without: tuple[str, ...]) -> Iterator[str | etree._Element]:
    """Yield words, breaks and quoting elements, in order; the tree is at most 256 deep."""
    yield re.sub(r"\s+", " ", top.text or "")
    for child in top:
        if isinstance(child.tag, str):
            classes = set((child.get("class") or "").split())
            if is_quote(child):
                yield child
            elif child.tag not in DROPPED and not classes & set(without):
                yield from _inside(child, without)
        yield re.sub(r"\s+", " ", child.tail or "")


def _inside(child: etree._Element, without: tuple[str, ...]) -> Iterator[str | etree._Element]:
    if child.tag == "br":
        yield "\n"
    else:
        around = APART_MARK if child.tag in APART else BLOCK_MARK if child.tag in BLOCKS else ""
        yield around + ("- " if child.tag == "li" else "")
        yield from _events(child, without)
        yield around


def is_quote(element: etree._Element) -> bool:
    """Tell whether an element repeats another post: a block quote, or Discourse's aside."""
    return element.tag == "blockquote" or (
        element.tag == "aside" and "quote" in (element.get("class") or "").split()
    )


def _quoted_author(quote: etree._Element) -> str | None:
    if quote.get("data-username"):
        return str(quote.get("data-username"))
    named = quote.xpath(
        ".//cite | .//*[contains(@class, 'quote-title') or contains(@class, 'd4p-bbp-quote-title')]"
    )
    if not named:
        return None
    link = named[0].find(".//a")
    words = " ".join("".join((link if link is not None and link.text else named[0]).itertext()).split())
    found = _SAID.match(words[:200])
    return found["name"] if found else None


def _quoted_words(quote: etree._Element) -> str:
    """Return a quote's words, without its title and without quotes inside it."""
    inner = quote.find(".//blockquote") if quote.tag == "aside" else quote
    if inner is None:
        inner = quote
    for cite in inner.xpath(".//cite | .//*[contains(@class, 'quote-title')]"):
        for node in list(cite.iter()):
            node.text = None
            if node is not cite:
                node.tail = None
    return _broken("".join(event for event in _events(inner, ()) if isinstance(event, str)))
