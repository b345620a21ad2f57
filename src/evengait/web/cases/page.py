"""What the page of a case shows: its replies with the roles of who wrote them, the pages, the body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from evengait.actions.show_case import head_mark, told_replies
from evengait.core.case import PAGE, page_of
from evengait.core.language import Said
from evengait.storage.records.searching import similar_cases
from evengait.web.cases.markup import as_html
from evengait.web.sharing.shown import pieces_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evengait.actions.show_case import ToldReply
    from evengait.core.case import CaseRecord, Reply
    from evengait.core.proposal import ProposalRecord
    from evengait.web.cases.seeing import Seen

GONE = Said(
    {
        "": "",
        "deleted": "This reply was deleted.",
        "hidden": "The moderators have hidden this reply.",
    }
)


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
    mark: str = ""


def page_asked(case: CaseRecord, asked: Mapping[str, str]) -> int:
    """Return the page that ``?page=3`` or ``?reply=57`` asks for; the first one where neither makes sense."""
    number = number_asked(asked, "reply")
    page = page_of(number) if number else number_asked(asked, "page") or 1
    return min(max(1, page), case.pages)


def case_page(seen: Seen, page: int) -> dict[str, Any]:
    """Return what the template names."""
    case = seen.case
    first, last = (page - 1) * PAGE + 1, min(page * PAGE, case.last_number)
    shown = lines(seen, first, last)
    return {
        "case": case,
        "seen": seen,
        "lines": shown,
        "marks": "".join(one.mark for one in shown),
        "head": head_mark(case),
        "known": case.last_number,
        "first": first,
        "last": last,
        "page": page,
        "body_map": body_map(case),
        "similar": similar_cases(seen.viewer, case, timezone.now()),
        "pieces": pieces_of(seen, wide=False),
    }


def lines(seen: Seen, first: int, last: int) -> list[Line]:
    """Return the replies from one number to another as they are shown to this person."""
    return [_line(told) for told in told_replies(seen.case, seen.viewer, first, last)]


def _line(told: ToldReply) -> Line:
    html = "" if told.gone else as_html(told.reply.body)
    return Line(
        told.reply, told.name, told.roles, html, told.mine, GONE[told.gone], told.proposals, told.mark
    )


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


def number_asked(asked: Mapping[str, str], name: str) -> int:
    """Return a number of an address's query; 0 where it is none."""
    text = asked.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
