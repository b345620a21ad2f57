"""How forums look when their text is copied out of the browser: which lines begin a post, and what they say of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evengait.ingest.thread._when import WHEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROLES = (
    "creator|participant|keymaster|moderator|spectator|blocked|member|guest|admin|administrator|op|author|staff|"
    "teilnehmer|teilnehmerin|mitglied|neues mitglied|gast|verfasser|verfasserin|themenstarter|themenersteller|"
    "ersteller|moderatorin|administratorin|topic starter|topic author|coach|site admin|forum expert|"
    "expert|new member|active member|well-known member|benutzer|benutzerin|neuer benutzer|erfahrener benutzer|neuling|"
    "newbie|jr. member|full member|sr. member|hero member|god member|global moderator|stammgast"
)
_ROLE = re.compile(rf"(?:[•*·-]\s*)?(?P<role>{ROLES})", re.IGNORECASE)
_MARKED = re.compile(r"(?:(?P<name>\S.{0,60}?)\s+on\s+)?#(?P<mark>\d{1,12})")
_DATED_MARK = re.compile(
    rf"(?P<when>{WHEN.pattern}.{{0,30}}?|.{{1,40}}? ago|vor .{{1,40}}?|"
    r"(?:gestern|heute|yesterday|today)\b.{0,20}?)\s*#(?P<mark>\d{1,12})",
    re.IGNORECASE,
)
_PHPBB = re.compile(
    r"(?:[•\s]*)(?:unread\s+|ungelesener\s+)?(?:post\s*|beitrag\s*)?(?:posted\s+|verfasst\s+)?(?:by\s+|von\s+)(?P<name>\S.{0,60}?)\s+»\s+(?P<when>.{4,60})",
    re.IGNORECASE,
)
_SMF = re.compile(
    r"[«<]*\s*(?:(?:antwort|reply)\s+#(?P<mark>\d{1,6})\s+)?(?:am|on):\s*(?P<when>.{4,60}?)\s*[»>]*",
    re.IGNORECASE,
)
_STARS = re.compile(r"[*★☆]{1,8}|offline|online|geschlecht:.{0,20}|gender:.{0,20}", re.IGNORECASE)
_SHORT_WHEN = re.compile(
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?\s+(?:\d{1,2}|'\d\d|\d{4})|"
    r"\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*|"
    r"\d{1,3}\s?(?:m|h|d|w|y|mo|yr|min|hr)s?(?:\.| ago)?|(?:a|an|\d{1,3}) (?:minute|hour|day|week|month|year)s? ago|"
    r"\d{1,2}\.\s?(?:jan|feb|mär|mrz|apr|mai|jun|jul|aug|sept?|okt|nov|dez)[a-zä]*\.?|"
    r"vor (?:einem|einer|\d{1,3}) (?:minute|stunde|tag|woche|monat|jahr)(?:e|en|n)?|"
    r"yesterday.{0,20}|today.{0,20}|gestern.{0,20}|heute(?:,? (?:um )?\d.{0,16})?)",
    re.IGNORECASE,
)
_ONE_LINE = re.compile(
    rf"(?P<name>\S{{1,40}})\s*(?:\((?P<full>[^)]{{1,60}})\)\s*)?(?P<when>{WHEN.pattern}.{{0,15}}?)\s+#?(?P<mark>\d{{1,5}})",
    re.IGNORECASE,
)
_WROTE = re.compile(
    rf"(?:#?(?P<mark>\d{{1,4}})[.):\s]+)?(?P<name>[^\s:>][^:>\n]{{0,45}}?)(?:\s*\((?P<role>[^)]{{1,40}})\))?\s*(?:,|\s[-–—|]|\son)?\s*"
    rf"(?P<when>{WHEN.pattern}[^\n:]{{0,20}}(?::\d\d[^\n:]{{0,6}})?)?\s*"
    r"(?:wrote|said|posted|replied|answered|writes|schrieb|schreibt|sagte|meinte|antwortete|hat geschrieben)?"
    r"(?:\s+am\s+\d[^\n]{4,40}?)?\s*:",
    re.IGNORECASE,
)
_BY = re.compile(
    rf"(?:verfasst\s+von|beitrag\s+von|geschrieben\s+von|antwort\s+von|autor(?:in)?|posted\s+by|post\s+by|from|author|reply\s+by|reply\s+from|by)[:\s]\s*(?P<name>\S.{{0,45}}?)(?:\s*\((?P<role>[^)]{{1,40}})\))?"
    rf"(?:\s*(?:,|[-–—|]|\bon\b|\bat\b|\bam\b)\s*(?P<when>{WHEN.pattern}.{{0,20}}|.{{1,30}} ago|vor .{{1,30}}))?",
    re.IGNORECASE,
)
_NAME_DATE = re.compile(
    rf"(?:#?(?P<mark>\d{{1,4}})[.):\s]+)?(?P<name>\S.{{0,45}}?)(?:\s*\((?P<role>[^)]{{1,40}})\))?\s*(?:,|[-–—|•·]|\son)\s*"
    rf"(?P<when>{WHEN.pattern}.{{0,20}}|.{{1,20}} ago|vor .{{1,20}})",
    re.IGNORECASE,
)
_CHAT = re.compile(
    r"(?P<name>[A-Za-z@][\w.'-]{0,24}(?: [A-Z][\w.'-]{0,20}){0,2})(?:\s*\((?P<role>[^)]{1,40})\))?:\s+(?P<rest>\S.*)"
)
_CALLING = re.compile(
    r"\b(?:arzt|ärztin|orthopäd\w*|trainerin|therapeut\w*|physio\w*|pt|dpt|mcsp|md|doctor|dr|coach|therapist|trainer|osteopath|chiro\w*|podiatrist)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"(?:cheers|thanks|thx|regards|best|hth|x+|ok|yes|no|same|this|agreed)", re.IGNORECASE)
NOISE = re.compile(
    r"(?:[•*]\s*)?(?:antworten|zitieren|zitat|teilen|melden|gefällt mir|speichern|folgen|bearbeiten|"
    r"\d+\s+(?:antwort(?:en)?|beitr(?:ag|äge)|gefällt mir|mal gelesen)|zuletzt geändert.*|nach oben|benutzeravatar|"
    r"zitat:|(?:beiträge|registriert(?: seit)?|(?:wohn)?ort|mitglied seit|danke|hat sich bedankt|"
    r"danksagung erhalten)\s*:\s*.{0,60}|"
    r"reply|quote|share|report|like|top|upvote|downvote|award|give award|save|follow|edit|link|"
    r"permalink|unsubscribe|"
    r"\d+\s+(?:likes?|repl(?:y|ies)|upvotes?|points?|hearts?)|last edited.*|author|posts|\d{1,4}|"
    r"viewing \d+ (?:repl|post).*|you must be logged in.*|posted in:.*|log ?in to reply.*|post reply|"
    r"(?:posts|joined|location|messages|reaction score|points|been thanked|has thanked|been liked|"
    r"likes given)\s*:\s*.{0,60}|"
    r"user avatar|re: .{1,120}|[-=_*]{3,}|↑|solved|\d+ posts?)",
    re.IGNORECASE,
)
"""Buttons, counts and profiles: lines that nobody wrote."""
_NAME = re.compile(r"[^\s#>.,:;!?•-][^\n:;!?>]{0,40}")


@dataclass(frozen=True)
class Head:
    """Lines that begin a post: from ``start`` up to ``end``; ``rest`` is what the last of them says already."""

    start: int
    end: int
    name: str | None = None
    role: str | None = None
    mark: str | None = None
    when: str | None = None
    rest: str = ""


def heads_of(lines: Sequence[str]) -> list[Head]:
    """Return the lines that begin posts, by the layout that explains most of the text.

    The three forums' own layouts go before layouts that anybody may write by hand.
    """
    for group in (FORUMS, BY_HAND, (_chat,)):
        found = [list(layout(lines)) for layout in group]
        best = max(found, key=len)
        if len(best) >= (1 if group is FORUMS else 2):
            return best
    return []


def _spoken(lines: Sequence[str], at: int, step: int, most: int = 3) -> int | None:
    """Return the next line that says something, going one way over at most so many empty ones."""
    for _ in range(most):
        at += step
        if not 0 <= at < len(lines):
            return None
        if lines[at] and lines[at] not in {"•", "·", "|"}:
            return at
    return None


def _bbpress_list(lines: Sequence[str]) -> Iterator[Head]:
    """Yield heads of the role, then ``name on #number``; of the opener only the number."""
    for at, line in enumerate(lines):
        found = _MARKED.fullmatch(line.lstrip("•* "))
        if found is None:
            continue
        start, role = at, None
        before = _spoken(lines, at, -1)
        if before is not None and (said := _ROLE.fullmatch(lines[before])):
            start, role = before, said["role"]
        if found["name"] or role:
            yield Head(start, at + 1, found["name"], role, found["mark"])


def _bbpress(lines: Sequence[str]) -> Iterator[Head]:
    """Yield heads of ``date #number``, then the name, then the role."""
    for at, line in enumerate(lines):
        found = _DATED_MARK.fullmatch(line)
        if found is None:
            continue
        named = _spoken(lines, at, 1)
        if named is None:
            continue
        next_ = _spoken(lines, named, 1)
        role = _ROLE.fullmatch(lines[next_]) if next_ is not None else None
        end = next_ + 1 if role is not None and next_ is not None else named + 1
        yield Head(at, end, lines[named], role["role"] if role else None, found["mark"], found["when"])


def _phpbb(lines: Sequence[str]) -> Iterator[Head]:
    """Yield heads of ``by name » date``; the subject stands above it, the profile above that or below the post."""
    for at, line in enumerate(lines):
        found = _PHPBB.fullmatch(line)
        if found is None:
            continue
        start = at
        before = _spoken(lines, at, -1)
        while (
            before is not None
            and at - start < 8
            and re.match(r"(?:re: |quote$|report$)", lines[before], re.IGNORECASE)
        ):
            start, before = before, _spoken(lines, before, -1)
        yield Head(start, at + 1, found["name"], None, None, found["when"])


def _smf(lines: Sequence[str]) -> Iterator[Head]:
    """Yield heads of the name, rank and profile, the subject, then ``« Antwort #3 am: date »``."""
    for at, line in enumerate(lines):
        found = _SMF.fullmatch(line)
        if found is None or not (line.startswith("«") or found["mark"]):
            continue
        subject = _spoken(lines, at, -1, 2)
        if subject is None:
            continue
        place, role = subject - 1, None
        while place >= 0 and subject - place < 14 and _beside_a_name(lines[place]):
            role = lines[place] if _ROLE.fullmatch(lines[place]) else role
            place -= 1
        if place > 0 and lines[place - 1] and _is_name(lines[place - 1]) and role is None:
            place, role = place - 1, lines[place]  # a rank of the board's own
        named = place >= 0 and subject - place < 14 and _is_name(lines[place])
        start = place if named else subject
        yield Head(start, at + 1, lines[place] if named else None, role, found["mark"], found["when"])


def _beside_a_name(line: str) -> bool:
    """Tell whether a line of a profile says something else than the name."""
    return not line or bool(_STARS.fullmatch(line) or _ROLE.fullmatch(line) or NOISE.fullmatch(line))


def _discourse(lines: Sequence[str]) -> Iterator[Head]:
    """Yield heads of the name, perhaps a title, then the date, each on a line; or all on one line with the number."""
    for at, line in enumerate(lines):
        one = _ONE_LINE.fullmatch(line)
        if one is not None:
            yield Head(at, at + 1, one["name"], None, one["mark"], one["when"])
        elif (head := _stacked(lines, at)) is not None:
            yield head


def _stacked(lines: Sequence[str], at: int) -> Head | None:
    """Return the head whose date stands here: the name right above it, or a title between them."""
    if not _is_when(lines[at]):
        return None
    above = _spoken(lines, at, -1, 2)
    if above is None or not _is_name(lines[above]):
        return None
    higher = _spoken(lines, above, -1, 1)
    if higher is not None and higher > 0 and _is_name(lines[higher]):
        titled = _ROLE.fullmatch(lines[above]) or _CALLING.search(lines[above])
        alone = " " not in lines[higher] and (not lines[higher - 1] or NOISE.fullmatch(lines[higher - 1]))
        if titled or (alone and not _CLOSING.fullmatch(lines[higher])):
            return Head(higher, at + 1, lines[higher], lines[above], None, lines[at])
    return Head(above, at + 1, lines[above], None, None, lines[at])


def _is_name(line: str) -> bool:
    return (
        bool(_NAME.fullmatch(line))
        and len(line.split()) <= 5
        and not _is_when(line)
        and not NOISE.fullmatch(line)
    )


def _is_when(line: str) -> bool:
    return bool(_SHORT_WHEN.fullmatch(line) or re.fullmatch(rf"{WHEN.pattern}.{{0,20}}", line, re.IGNORECASE))


def _matching(*patterns: re.Pattern[str]) -> Callable[[Sequence[str]], Iterator[Head]]:
    def layout(lines: Sequence[str]) -> Iterator[Head]:
        for at, line in enumerate(lines):
            if at and lines[at - 1] and not lines[at - 1].startswith(("---", "===", "***")):
                continue
            for pattern in patterns:
                found = pattern.fullmatch(line)
                if found is not None:
                    said = found.groupdict()
                    yield Head(at, at + 1, said["name"], said.get("role"), said.get("mark"), said.get("when"))
                    break

    return layout


def _chat(lines: Sequence[str]) -> Iterator[Head]:
    """Yield heads of ``Name: what she says``, each after an empty line, where most of the text is so."""
    begun = [at for at, line in enumerate(lines) if line and (at == 0 or not lines[at - 1])]
    found = [(at, _CHAT.fullmatch(lines[at])) for at in begun]
    heads = [(at, match) for at, match in found if match is not None]
    if 2 * len(heads) < len(begun):
        return
    for at, match in heads:
        yield replace(Head(at, at + 1), name=match["name"], role=match["role"], rest=match["rest"])


FORUMS = (_bbpress_list, _bbpress, _phpbb, _smf, _discourse)
BY_HAND = (_matching(_WROTE), _matching(_BY), _matching(_NAME_DATE))
