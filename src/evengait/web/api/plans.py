"""The plan: the way back to running and the strength block in one calendar; the log of sets."""

from datetime import date
from typing import Annotated

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from ninja import Query
from pydantic import Field

from evengait.actions.join_plans import whole_plan
from evengait.actions.log_sets import log_sets, sets_document
from evengait.storage.archive import Archive
from evengait.storage.home import runner_folder
from evengait.storage.records.plans import active_plan
from evengait.storage.records.strength import sets_of
from evengait.web.api.answers import PlanDocument
from evengait.web.api.diary import Span
from evengait.web.api.interface import given, operation, room
from evengait.web.api.keys import ApiRequest
from evengait.web.api.problem import Refused
from evengait.web.api.shapes import Asked, Day, Side, Text, Told, row_of

MOST_SETS = 30
router = room("Plan and strength")


class StrengthSet(row_of("strength_sets")):  # type: ignore[misc] # made from columns.toml
    """One set; null = not asked or not written down."""

    date: date
    exercise: str


class Sets(Told):
    """Sets, as `evengait strength show --json` prints them."""

    sets: list[StrengthSet]


class NewSets(Asked):
    """Sets of one exercise, done one after the other."""

    exercise: Annotated[
        Text, Field(min_length=1, max_length=120, description="An id or name of the library, or own:…")
    ]
    reps: Annotated[
        list[Annotated[int, Field(ge=0, le=1000)] | None], Field(min_length=1, max_length=MOST_SETS)
    ]
    load_kg: Annotated[list[float | None], Field(max_length=MOST_SETS)] = Field(default_factory=list)
    rir: Annotated[list[float | None], Field(max_length=MOST_SETS)] = Field(default_factory=list)
    hold_s: float | None = None
    side: Side | None = None
    pain: Annotated[float | None, Field(ge=0, le=10)] = None
    kind: Annotated[str, Field(pattern="^(working|warm_up|drop|failure)$")] = "working"
    notes: Text | None = None
    date: Day | None = None


@operation(router, "GET", "/plan", scope="read:plan", gives=PlanDocument, also=(404,))
def read_plan(request: ApiRequest) -> HttpResponse:
    """Read the plan, worked out anew from what was really run and felt."""
    if active_plan(request.runner.id) is None:
        raise Refused(404, "No plan runs.")
    archive = Archive(runner_folder(settings.HOME, request.runner.name))
    return given(whole_plan(request.runner, archive, today=request.runner.today(timezone.now())).to_json())


@operation(router, "GET", "/strength/sets", scope="read:strength", gives=Sets)
def read_sets(request: ApiRequest, span: Query[Span]) -> HttpResponse:
    """Read the log of sets, oldest first."""
    return given({"sets": sets_document(sets_of(request.runner.id, span.since, span.until))})


@operation(router, "POST", "/strength/sets", scope="write:strength", gives=Sets, status=201)
def write_sets(request: ApiRequest, told: NewSets) -> HttpResponse:
    """Log sets of one exercise, behind those that the date has of it already."""
    today = request.runner.today(timezone.now())
    said = told.dict(exclude={"exercise", "reps", "date"})
    kept = log_sets(request.runner.id, told.exercise, told.reps, day=told.date or today, today=today, **said)
    return given({"sets": sets_document(kept)}, 201)
