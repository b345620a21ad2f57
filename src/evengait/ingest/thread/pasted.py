"""A thread as a person copies it out of the browser: text in which the posts' heads are lines among others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evengait.core.thread import Quote, Thread
from evengait.ingest.thread._draft import ALL_CHARACTERS, Draft, paragraphs, thread_of
from evengait.ingest.thread._layouts import NOISE, heads_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

REPEATED = 40
"""Letters of a line that must stand in an earlier post word for word before it counts as quoted."""
FIRST_POST = 150
"""Characters above the first head that are more than a title and a menu."""
OPENERS = frozenset(
    {"creator", "op", "topic starter", "topic author", "themenstarter", "themenersteller", "ersteller"}
)
_CITE = re.compile(
    r"(?:quote(?:d)?(?: from)?:?\s*|originally posted by:?\s*|zitat(?: von)?:?\s*)?(?P<name>\S.{0,50}?)"
    r"(?:\s+(?:wrote|said|posted|schrieb|sagte|hat geschrieben)\s*:?\s*"
    r"(?:↑.{0,60}|on .{0,50}|am .{0,50}|\w{2,3}\.? .{4,40})?|\s*:)",
    re.IGNORECASE,
)
_CITE_OF = re.compile(
    r"(?:zitat von|quote from|originally posted by):?\s+(?P<name>\S.{0,50}?)"
    r"(?:\s+(?:am|on)\s+.{4,50}|\s+(?:beitrag anzeigen|view post))?",
    re.IGNORECASE,
)
"""*Zitat von: Anna am Gestern um 21:15*, *Zitat von Anna Beitrag anzeigen*: the next paragraph is hers."""
_PROFILE = re.compile(r"(?:posts|joined|messages|beiträge|registriert|mitglied seit)\s*:", re.IGNORECASE)


def read_pasted(text: str) -> Thread:
    """Read pasted text.

    Where no head of a post is found, all of it is one post by nobody; at most 400,000 characters are read.
    """
    whole = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    lines = [" ".join(line.split()) for line in whole[: 2 * ALL_CHARACTERS].split("\n")]
    heads = heads_of(lines)
    if not heads:
        return thread_of("pasted", None, [Draft("\n".join(lines))])
    title, before = _above(lines[: heads[0].start])
    drafts: list[Draft] = [before] if before is not None else []
    begins = {head.start: head.name for head in reversed(heads)}
    said = [(draft.author, _plain(draft.text)) for draft in drafts]
    ends = [*(head.start for head in heads[1:]), len(lines)]
    for head, end in zip(heads, ends, strict=True):
        body = _body(lines[head.end : end], (head.name, begins.get(end)))
        words, quotes = _apart([head.rest, *body] if head.rest else body, said)
        said.append((head.name, _plain(words)))
        opener = (head.role or "").lower() in OPENERS
        drafts.append(Draft(words, head.name, head.role, head.mark, head.when, quotes=quotes, opener=opener))
    return thread_of("pasted", title, drafts, left_out=int(len(whole) > 2 * ALL_CHARACTERS))


def _above(lines: Sequence[str]) -> tuple[str | None, Draft | None]:
    """Return the title, and the first post where its head was not copied."""
    spoken = [line for line in lines if line and not NOISE.fullmatch(line)]
    if not spoken:
        return None, None
    title = spoken[0] if len(spoken[0]) < FIRST_POST else None
    rest = spoken[1:] if title else spoken
    long = [line for line in rest if len(line) > REPEATED]
    if sum(len(line) for line in long) < FIRST_POST:
        return title, None
    return title, Draft("\n\n".join(rest))


def _body(lines: Sequence[str], names: tuple[str | None, str | None]) -> list[str]:
    """Return a post's own lines: without buttons, counts and profiles, which stand below it or above the next one."""
    kept = list(lines)
    while kept and (not kept[0] or NOISE.fullmatch(kept[0])):
        kept.pop(0)
    for at, line in enumerate(kept):
        if _PROFILE.match(line) and len(kept) - at < 12:
            first = at
            for back in range(max(at - 4, 0), at):
                if kept[back] and kept[back] in names:
                    first = back
                    break
            kept = kept[:first]
            break
    while kept and (not kept[-1] or NOISE.fullmatch(kept[-1]) or kept[-1] in names):
        kept.pop()
    while kept and (not kept[0] or NOISE.fullmatch(kept[0])):
        kept.pop(0)
    return [line for line in kept if not NOISE.fullmatch(line) or re.fullmatch(r"\d+", line)]


def _apart(lines: Sequence[str], said: Sequence[tuple[str | None, str]]) -> tuple[str, list[Quote]]:
    """Return a post's own words and what it repeats: lines behind ``>``, behind *X wrote:*, or said before."""
    own: list[str] = []
    quotes: list[Quote] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        cite = _CITE_OF.fullmatch(line) or _CITE.fullmatch(line)
        if line.startswith(">"):
            end = _while(lines, at, lambda text: text.startswith(">"))
            author = _cited(own)
            quotes.append(Quote(author, "\n".join(text.lstrip("> ") for text in lines[at:end])))
            at = end
        elif cite is not None and at + 1 < len(lines) and lines[at + 1].startswith(">"):
            own.append(line)
            at += 1
        elif cite is not None and (end := _cited_end(lines, at + 1, said, line)) > at + 1:
            quotes.append(Quote(cite["name"], "\n".join(lines[at + 1 : end])))
            at = end
        elif authors := _said_by(line, said):
            quotes.append(Quote(authors[0], line))
            at += 1
        else:
            own.append(line)
            at += 1
    return paragraphs("\n".join(own)), quotes


def _while(lines: Sequence[str], at: int, holds: Callable[[str], bool]) -> int:
    end = at
    while end < len(lines) and holds(lines[end]):
        end += 1
    return end


def _cited(own: list[str]) -> str | None:
    """Take *X wrote:* off the end of what was read, where it stands right above a quote."""
    while own and not own[-1]:
        own.pop()
    found = _CITE.fullmatch(own[-1]) if own else None
    if found is None:
        return None
    own.pop()
    return found["name"]


def _cited_end(lines: Sequence[str], at: int, said: Sequence[tuple[str | None, str]], cite: str) -> int:
    """Return where a quote ends: with the last line said before; else, behind *wrote*, at an empty line."""
    first = at
    while first < len(lines) and not lines[first]:
        first += 1
    end = at
    for place in range(first, len(lines)):
        if lines[place] and not _said_by(lines[place], said, least=12):
            break
        end = place + 1 if lines[place] else end
    if end > at:
        return end
    if re.search(
        r"\b(?:wrote|said|posted|schrieb|sagte|geschrieben)\b|^quote|^zitat|^originally", cite, re.IGNORECASE
    ):
        return _while(lines, first, bool)
    return at


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def _said_by(line: str, said: Sequence[tuple[str | None, str]], least: int = REPEATED) -> list[str | None]:
    """Return who said a line before: None for somebody without a name, an empty list where nobody did."""
    plain = _plain(line)
    return [author for author, text in said if plain in text] if len(plain) >= least else []
