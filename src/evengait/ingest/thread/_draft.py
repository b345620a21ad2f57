"""Posts as a reader finds them, and a thread of them: bounded, numbered, the opener known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.core.thread import Post, Quote, Thread
from evengait.ingest.thread._when import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence

POSTS = 500
"""Posts that are read of one thread."""
POST_CHARACTERS = 20_000
ALL_CHARACTERS = 400_000
NAME_CHARACTERS = 80
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True)
class Draft:
    """One post as it stands on the page; texts not yet bounded."""

    text: str
    author: str | None = None
    role: str | None = None
    mark: str | None = None
    when: str | None = None
    stamp: str | None = None
    quotes: Sequence[Quote] = ()
    opener: bool = False


def tidy(words: str | None, most: int = NAME_CHARACTERS) -> str | None:
    r"""Return words on one line, without control characters and at most so long; None where none are left.

    Examples
    --------
    >>> tidy("  Pete \n Dickinson "), tidy("   ")
    ('Pete Dickinson', None)
    """
    return " ".join(_CONTROL.sub("", words or "").split())[:most].strip() or None


def paragraphs(text: str) -> str:
    r"""Return text with its paragraphs one empty line apart, without control characters.

    Examples
    --------
    >>> paragraphs("a  b \n\n\n\t c\nd\x00")
    'a b\n\nc\nd'
    """
    plain = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " "))
    lines = "\n".join(" ".join(line.split()) for line in plain.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def thread_of(kind: str, title: str | None, drafts: Sequence[Draft], *, left_out: int = 0) -> Thread:
    """Return a thread of the posts that were found.

    Who wrote the first post is its opener, and so is whoever the forum marks as such; posts without a word of their
    own and without a quote are not kept.
    """
    kept = [draft for draft in drafts if paragraphs(draft.text) or draft.quotes]
    openers = (
        {tidy(draft.author) for draft in kept if draft.opener} or {tidy(kept[0].author)} if kept else set()
    )
    posts: list[Post] = []
    room = ALL_CHARACTERS
    for number, draft in enumerate(kept[:POSTS], start=1):
        whole = paragraphs(draft.text)
        text = whole[: min(POST_CHARACTERS, room)]
        room -= len(text)
        if whole and not text:
            break
        author = tidy(draft.author)
        posts.append(
            Post(
                number=number,
                mark=tidy(draft.mark, 20),
                author=author,
                role=tidy(draft.role),
                written=day_of(draft.stamp) or day_of(draft.when),
                when=tidy(draft.when),
                text=text,
                quotes=tuple(_bounded(quote) for quote in draft.quotes[:20]),
                opener=draft.opener or number == 1 or (author is not None and author in openers),
                cut=len(text) < len(whole),
            )
        )
    return Thread(tidy(title, 200), kind, tuple(posts), left_out + len(kept) - len(posts))


def _bounded(quote: Quote) -> Quote:
    return Quote(tidy(quote.author), paragraphs(quote.text)[:POST_CHARACTERS])
