"""The plan: the way back to running and the strength block in one calendar; the log of sets."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from ninja import Query
from pydantic import Field

from evengait.actions.begin_plan import MOST_KM, PlanWish, begin_plan, end_running_plan, pass_plan_gate
from evengait.actions.join_plans import whole_plan
from evengait.actions.log_sets import log_sets, sets_document
from evengait.core.errors import UsageError
from evengait.core.plan_record import Passed
from evengait.report.desk_words import without_command
from evengait.storage.archive import Archive
from evengait.storage.home import runner_folder
from evengait.storage.records.plans import active_plan
from evengait.storage.records.problems import problem as find_problem
from evengait.storage.records.strength import sets_of
from evengait.web.api.answers import PlanDocument
from evengait.web.api.diary import Span
from evengait.web.api.interface import given, operation, room
from evengait.web.api.keys import ApiRequest
from evengait.web.api.problem import Refused
from evengait.web.api.shapes import Asked, Day, Side, Text, Told, row_of

MOST_SETS = 30
By = Annotated[str, Field(pattern="^(runner|clinician)$", description="Who says so.")]
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


class NewPlan(Asked):
    """A way back to running for a health problem that is kept."""

    problem: UUID
    profile: Annotated[
        Text | None, Field(max_length=60, description="Pain profile; null = by the screening and the site.")
    ] = None
    former_week_m: Annotated[
        float | None,
        Field(gt=0, le=1000 * MOST_KM, description="The week before, where the archive does not tell. [m]"),
    ] = None
    former_runs: Annotated[int | None, Field(ge=1, le=7, description="Runs in that week.")] = None
    strength: Annotated[bool, Field(description="With the strength block beside it.")] = True
    by: By = "runner"


class PassedGate(Asked):
    """A gate that is passed."""

    gate: Annotated[Text, Field(min_length=1, max_length=60)]
    on: Annotated[Day | None, Field(description="Today where it is left out.")] = None
    by: By = "runner"


class Ended(Told):
    """The plan is over."""

    ended_on: date


@operation(router, "GET", "/plan", scope="read:plan", gives=PlanDocument, also=(404,))
def read_plan(request: ApiRequest) -> HttpResponse:
    """Read the plan, worked out anew from what was really run and felt."""
    if active_plan(request.runner.id) is None:
        raise Refused(404, "No plan runs.")
    return given(_whole(request, request.runner.today(timezone.now())))


@operation(router, "POST", "/plan", scope="write:plan", gives=PlanDocument, status=201, also=(404,))
def start_plan(request: ApiRequest, told: NewPlan) -> HttpResponse:
    """Begin a way back for a health problem, and answer with it.

    A plan for another problem ends. The one that runs for this problem goes on, with the gates that are passed.
    """
    runner, today = request.runner, request.runner.today(timezone.now())
    try:
        find_problem(runner.id, told.problem)
    except UsageError:
        raise Http404 from None
    former = None if told.former_week_m is None else told.former_week_m / 1000
    wish = PlanWish(
        problem=told.problem, profile=told.profile, former_km=former, former_runs=told.former_runs,
        strength=told.strength, by=told.by,
    )  # fmt: skip
    try:
        begin_plan(runner.id, wish, today=today)
    except UsageError as error:
        raise Refused(422, without_command(str(error))) from None
    return given(_whole(request, today), 201)


@operation(router, "POST", "/plan/gates", scope="write:plan", gives=PlanDocument, also=(404,))
def pass_gate(request: ApiRequest, told: PassedGate) -> HttpResponse:
    """Say that a gate of the plan is passed, and answer with the plan."""
    today = request.runner.today(timezone.now())
    _running(request)
    if told.on is not None and told.on > today:
        raise Refused(422, "The date lies in the future. A gate is passed when it has been.")
    pass_plan_gate(request.runner.id, Passed(told.gate, told.on or today, told.by))
    return given(_whole(request, today))


@operation(router, "POST", "/plan/end", scope="write:plan", gives=Ended, also=(404,))
def end_plan(request: ApiRequest) -> HttpResponse:
    """End the way back that runs; runs and diary stay."""
    today = request.runner.today(timezone.now())
    _running(request)
    end_running_plan(request.runner.id, today)
    return given({"ended_on": today.isoformat()})


def _running(request: ApiRequest) -> None:
    record = active_plan(request.runner.id)
    if record is None or not record.progression:
        raise Refused(404, "No plan runs.")


def _whole(request: ApiRequest, today: date) -> dict[str, object]:
    archive = Archive(runner_folder(settings.HOME, request.runner.name))
    return whole_plan(request.runner, archive, today=today).to_json()


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
