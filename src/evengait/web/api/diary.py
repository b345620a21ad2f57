"""The diary: days as they were told, a day to keep."""

from dataclasses import fields
from typing import Annotated

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from ninja import Query
from pydantic import Field

from evengait.actions.log_day import day_document, log_day
from evengait.actions.plan_now import plan_now
from evengait.core.diary import DiaryEntry
from evengait.storage.records.diary import diary_of
from evengait.web.api.interface import given, operation, room
from evengait.web.api.keys import ApiRequest
from evengait.web.api.shapes import Asked, Day, Told, row_of

router = room("Diary")
_SAID = frozenset(f.name for f in fields(DiaryEntry))


class DiaryDay(row_of("diary")):  # type: ignore[misc] # made from columns.toml
    """One date of the diary; null = not asked."""

    date: Day


class ToldDay(row_of("diary", Asked)):  # type: ignore[misc] # made from columns.toml
    """What is said of a date."""

    date: Day
    unsaid: list[str] = Field(
        default_factory=list, max_length=30, description="Names of values to make not asked again."
    )
    replace: Annotated[bool, Field(description="The day is what is told now, nothing else.")] = False


class Span(Asked):
    """First and last local date, both included; without either there is no bound."""

    since: Day | None = None
    until: Day | None = None


class PlanNow(Told):
    """Where a running plan stands, in a few words."""

    state: str
    stage: str | None
    decision: dict[str, object] | None
    next: dict[str, object] | None


class Days(Told):
    """Days of the diary, as `evengait log --show --json` prints them."""

    days: list[DiaryDay]
    plan: PlanNow | None = None


@operation(router, "GET", "/diary", scope="read:diary", gives=Days)
def read_diary(request: ApiRequest, span: Query[Span]) -> HttpResponse:
    """Read days of the diary, oldest first; null = not asked."""
    found = diary_of(request.runner.id, span.since, span.until)
    return given({"days": [day_document(entry) for entry in found]})


@operation(router, "POST", "/diary", scope="write:diary", gives=Days)
def write_diary(request: ApiRequest, told: ToldDay) -> HttpResponse:
    """Keep what is said of a date, and answer with the whole day.

    A value said again replaces the earlier one; aids, exercises and notes are added to what is there.
    """
    said = {name: value for name, value in told.dict().items() if name in _SAID}
    lists = {name: tuple(said[name]) for name in ("aids", "exercises") if said.get(name) is not None}
    today = request.runner.today(timezone.now())
    kept = log_day(
        request.runner.id, DiaryEntry(**said | lists), today=today, unsaid=told.unsaid, replace=told.replace
    )
    plan = plan_now(settings.HOME, request.runner, today)
    return given({"days": [day_document(kept)]} | ({"plan": plan} if plan else {}))
