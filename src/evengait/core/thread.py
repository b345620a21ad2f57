"""A forum thread as it was read: posts, who wrote them, what they quote; nothing is taken in before it is confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class Quote:
    """What a post repeats of another: whose it is, where that was said, and its words."""

    author: str | None
    text: str


@dataclass(frozen=True)
class Post:
    """One post of a thread.

    Attributes
    ----------
    number : int
        Its place among the posts that were read, from 1.
    mark : str or None
        The forum's own number of it (``40307``).
    author : str or None
        The name that stands there; None where none was found.
    role : str or None
        The forum's own word (*Participant*, *Moderator*): not checked by anybody here.
    written : date or None
        Where the page gives a day; None where it says *2 years ago*.
    when : str or None
        The words in which the page gives it.
    text : str
        Paragraphs with an empty line between them, quotes left out.
    quotes : tuple of Quote
    opener : bool
        By whoever opened the thread.
    cut : bool
        The post was longer than is read.
    """

    number: int
    mark: str | None
    author: str | None
    role: str | None
    written: date | None
    when: str | None
    text: str
    quotes: tuple[Quote, ...] = ()
    opener: bool = False
    cut: bool = False


@dataclass(frozen=True)
class Thread:
    """A thread.

    Attributes
    ----------
    title : str or None
    kind : str
        ``bbpress``, ``discourse`` or ``phpbb`` for a saved page, ``pasted`` for text.
    posts : tuple of Post
    left_out : int
        Posts, or parts of the page, that were not read: too many, or too long.
    """

    title: str | None
    kind: str
    posts: tuple[Post, ...]
    left_out: int = 0
