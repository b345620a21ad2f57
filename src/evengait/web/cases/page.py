"""What the page of a case shows: its replies with the roles of who wrote them, the pages, the body."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from evengait.core.case import PAGE, page_of
from evengait.core.sharing import Viewer, role_words
from evengait.storage.records.proposals import proposals_in
from evengait.storage.records.replies import replies_of
from evengait.storage.records.searching import similar_cases
from evengait.storage.records.viewing import viewers_of
from evengait.web.cases.markup import as_html
from evengait.web.sharing.shown import pieces_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from evengait.core.case import CaseRecord, Reply
    from evengait.core.proposal import ProposalRecord
    from evengait.web.cases.seeing import Seen

BROUGHT_IN = "brought in from a forum, by name there"


@dataclass(frozen=True)
class Line:
    """One reply as it is shown: name, roles and words, or that it is gone."""

    reply: Reply
    name: str
    roles: tuple[str, ...]
    html: str
    mine: bool
    gone: str = ""
    proposals: tuple[ProposalRecord, ...] = ()


def page_asked(case: CaseRecord, asked: Mapping[str, str]) -> int:
    """Return the page that ``?page=3`` or ``?reply=57`` asks for; the first one where neither makes sense."""
    number = _number(asked.get("reply", ""))
    page = page_of(number) if number else _number(asked.get("page", "")) or 1
    return min(max(1, page), case.pages)


def case_page(seen: Seen, page: int) -> dict[str, Any]:
    """Return what the template names."""
    case = seen.case
    first, last = (page - 1) * PAGE + 1, min(page * PAGE, case.last_number)
    return {
        "case": case,
        "seen": seen,
        "lines": lines(seen, first, last),
        "first": first,
        "last": last,
        "page": page,
        "body_map": body_map(case),
        "similar": similar_cases(seen.viewer, case, timezone.now()),
        "pieces": pieces_of(seen, wide=False),
    }


def lines(seen: Seen, first: int, last: int) -> list[Line]:
    """Return the replies from one number to another as they are shown to this person."""
    replies = replies_of(seen.case.id, first, last)
    who = viewers_of(reply.author for reply in replies)
    proposed = proposals_in(reply.id for reply in replies)
    found = [_line(seen, reply, who) for reply in replies]
    return [replace(line, proposals=tuple(proposed.get(line.reply.id, ()))) for line in found]


def _line(seen: Seen, reply: Reply, who: Mapping[UUID, Viewer]) -> Line:
    mine = reply.author is not None and reply.author == seen.viewer.account
    if reply.deleted:
        return Line(reply, "", (), "", mine, gone="This reply was deleted.")
    if reply.hidden and not mine:
        return Line(reply, "", (), "", mine, gone="The moderators have hidden this reply.")
    html = as_html(reply.body)
    if reply.quoted_author or reply.quoted_role or reply.quoted_number:
        # Roles of another forum are quoted as such: nobody here has checked them.
        there = (f"{reply.quoted_role} there",) if reply.quoted_role else ()
        return Line(reply, reply.quoted_author or "Somebody", (*there, BROUGHT_IN), html, mine)
    if reply.author is None:
        return Line(reply, "Somebody", (BROUGHT_IN,), html, mine)
    opened = reply.author == seen.case.opened_by
    author = who.get(reply.author, Viewer(reply.author))
    return Line(reply, reply.author_name, role_words(author, seen.case.shown, opened_it=opened), html, mine)


def body_map(case: CaseRecord) -> SafeString:
    """Return the body with the place of this case marked; empty where the body has no such place."""
    figure = str(render_to_string("problems/figure.html"))
    spots = [
        spot
        for spot in (f'data-spot="{case.site}:{side}"' for side in _sides(case))
        if spot in figure
    ]  # fmt: skip
    for spot in spots:
        figure = figure.replace(spot, f'class="chosen" {spot}')
    return SafeString(figure) if spots else SafeString("")


def _sides(case: CaseRecord) -> tuple[str, ...]:
    return (case.side,) if case.side else ("", "left", "right")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
