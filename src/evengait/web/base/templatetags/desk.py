"""Template tags and filters that every page has without loading them."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from evengait.core import units
from evengait.core.case import CATEGORIES, ENDINGS
from evengait.core.language import figures, say
from evengait.core.proposal import KINDS, ProposalRecord
from evengait.core.reasons import reason_in_words
from evengait.core.sharing import role_mark
from evengait.knowledge.plan_change_book import change_book
from evengait.report import words
from evengait.report.html import stylesheet
from evengait.report.trial import plainly
from evengait.web.base.clock import by_the_clock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.utils.safestring import SafeString

    from evengait.core.case import CaseRecord
    from evengait.core.health_problem import HealthProblem
    from evengait.storage.records.proposals import AgendaItem

register = template.Library()


@register.simple_tag
def once() -> SafeString:
    """Write the hidden value by which a form that adds something counts once, however often it is sent."""
    return format_html('<input type="hidden" name="once" value="{}">', secrets.token_urlsafe(12))


@register.filter
def day(value: date | None) -> str:
    """Write a date, or that of an instant by the reader's clock, as people do: 8 November 2026."""
    if isinstance(value, datetime):
        value = by_the_clock(value)[0]
    return units.plain_day(value) if value else ""


@register.filter
def long_day(value: date | None) -> str:
    """Write a date with its weekday: Sunday 8 November 2026."""
    return units.long_day(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Write an instant as people do: 8 November 2026, 07:30; with the zone where it may not be the reader's own."""
    if value is None:
        return ""
    local, own = by_the_clock(value)
    zone = "" if own or settings.AT_HOME else f" {local:%Z}"
    return f"{units.plain_day(local)}, {local:%H:%M}{zone}"


@register.filter
def near_day(value: date) -> str:
    """Write a date of the coming weeks: Sun 8 November."""
    weekday = say(units.SHORT_WEEKDAYS[value.weekday()])
    return say("{weekday} {date}", weekday=weekday, date=units.plain_day(value, year=False))


@register.filter
def side_words(side: str | None) -> str:
    """Write a side of the body: left."""
    return say(side) if side else ""


@register.filter
def mark_of_role(role: str) -> str:
    """Return the class of a role beside somebody's name."""
    return role_mark(role)


@register.filter
def said(words: Sequence[str]) -> list[str]:
    """Write ids that are words, such as those of equipment."""
    return [say(word.replace("_", " ")) for word in words]


@register.filter
def advised(what: str) -> str:
    """Write what was advised; it is kept in English."""
    kept, against = what.removeprefix("Against: "), what.startswith("Against: ")
    return say("Against: {what}", what=say(kept)) if against else say(kept)


@register.filter
def reason(text: str) -> str:
    """Write a reason that is kept in English."""
    return reason_in_words(text)


@register.filter
def iso(value: date) -> str:
    """Write a date as forms and addresses have it: 2026-11-08."""
    return value.isoformat()


@register.filter
def grouped(value: int | None) -> str:
    """Write a whole number with its thousands apart: 1,204; nothing where there is none."""
    return "" if value is None else figures(f"{value:,}")


@register.filter
def site_name(site: str) -> str:
    """Write a site in words: sacroiliac region."""
    return words.where(site, None)


@register.filter
def problem_name(problem: HealthProblem | CaseRecord) -> str:
    """Write where a problem is, as a heading: Left sacroiliac region."""
    name = say("Somewhere else") if problem.site == "other" else words.where(problem.site, problem.side)
    return name[:1].upper() + name[1:]


@register.filter
def category_words(category: str) -> str:
    """Write what a case is about."""
    return CATEGORIES.get(category, "")


@register.filter
def ending_words(ending: str) -> str:
    """Write how a case ended."""
    return ENDINGS.get(ending, "")


@register.filter
def proposal_words(kind: str) -> str:
    """Write what is proposed."""
    return KINDS.get(kind, "")


@register.filter
def treatment_words(treatment: str) -> str:
    """Write what is to be tried, ``aid:si_belt``: SI belt."""
    return plainly(treatment.rpartition(":")[2])


@register.simple_tag(takes_context=True)
def distance(context: dict[str, Any], metres: float | None) -> str:
    """Write a distance in this runner's units."""
    runner = context.get("runner")
    return units.distance(metres, runner.units if runner else "km")


@register.simple_tag(takes_context=True)
def change_words(context: dict[str, Any], one: ProposalRecord | AgendaItem) -> str:
    """Write what an accepted or proposed change does to a plan, in this reader's units; empty = it is words alone."""
    today = timezone.now().date()
    change = one.change_from(one.first_on or today) if isinstance(one, ProposalRecord) else one.change
    runner = context.get("runner")
    return "" if change is None else change_book().words(change, "short", runner.units if runner else "km")


@register.simple_tag
def look_css() -> str:
    """Return the address of colours and type; a new look has a new one."""
    return reverse("base:look-css", args=[_version()])


@cache
def _version() -> str:
    return hashlib.sha256(stylesheet().encode()).hexdigest()[:12]
