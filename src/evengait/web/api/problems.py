"""What hurts: problems, the questions that come first, what was unusual before."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from ninja import Query
from pydantic import Field

from evengait.actions.explain_onset import explain_onset
from evengait.actions.own_sessions import own_sessions
from evengait.actions.screen_intake import screen_intake
from evengait.actions.take_story import intake_document, take_story
from evengait.core.errors import UsageError
from evengait.core.health_problem import MODES, HealthProblem
from evengait.core.intake import Intake as CoreIntake
from evengait.core.intake import read_intake
from evengait.storage.archive import Archive
from evengait.storage.home import runner_folder
from evengait.storage.records.problems import keep_problem, problems_of
from evengait.storage.records.problems import problem as find_problem
from evengait.web.api.answers import Explanation, Intake, IntakeRead, Screening, Waiting
from evengait.web.api.interface import given, listed, operation, room
from evengait.web.api.keys import ApiRequest
from evengait.web.api.problem import Refused, sentence
from evengait.web.api.shapes import Asked, Day, Page, Side, Site, Told
from evengait.web.problems.asking import fresh_answer, intake_record, keep_answers, screening

router = room("What hurts")
Mode = Annotated[str, Field(json_schema_extra={"enum": list(MODES)})]


class NewProblem(Asked):
    """A pain: where, since when."""

    onset: Day
    site: Site
    side: Side | None = None
    mode: Mode | None = None


class Problem(Told):
    """A health problem."""

    id: UUID
    onset: date
    site: Site
    side: str | None
    mode: str | None
    status: Annotated[str, Field(json_schema_extra={"enum": ["open", "returned", "closed"]})]
    returned_on: date | None
    closed_on: date | None
    recurrence_of: UUID | None


class Status(Asked):
    """How far a health problem is over: `returned` = runs as before, still watched; `closed` = over."""

    status: Annotated[str, Field(pattern="^(open|returned|closed)$")]
    on: Annotated[Day | None, Field(description="Since when; today where it is left out.")] = None


class Story(Asked):
    """A story in plain words."""

    story: Annotated[str, Field(max_length=20_000)]
    date: Day | None = None


class Question(Asked):
    """What is asked of the archive."""

    onset: Day
    site: Site | None = None
    side: Side | None = None
    earlier: Annotated[
        list[Annotated[list[Day], Field(min_length=2, max_length=2)]],
        Field(max_length=50, description="Earlier pains, first and last day of each."),
    ] = Field(default_factory=list)
    units: Annotated[str, Field(pattern="^(km|mi)$", description="Of the sentences.")] = "km"


@operation(router, "GET", "/problems", scope="read:problems", gives=list[Problem])
def list_problems(request: ApiRequest, page: Query[Page]) -> HttpResponse:
    """List health problems, latest first.

    A page at a time: `X-Total-Count` says how many there are in all, `Link: <…>; rel="next"` where the next page is.
    """
    return listed(request, problems_of(request.runner.id), page, _document)


@operation(router, "POST", "/problems", scope="write:problems", gives=Problem, status=201)
def tell_problem(request: ApiRequest, told: NewProblem) -> HttpResponse:
    """Tell of a pain."""
    today = request.runner.today(timezone.now())
    if told.onset > today:
        raise Refused(422, "The onset lies in the future. Give the date on which the pain began.")
    kept = keep_problem(request.runner.id, HealthProblem(told.onset, told.site, told.side, told.mode))
    return given(_document(kept), 201)


@operation(router, "GET", "/problems/{uuid:problem}", scope="read:problems", gives=Problem)
def read_problem(request: ApiRequest, problem: UUID) -> HttpResponse:
    """Read one health problem."""
    return given(_document(_problem(request, problem)))


@operation(router, "POST", "/problems/{uuid:problem}/status", scope="write:problems", gives=Problem)
def tell_status(request: ApiRequest, problem: UUID, told: Status) -> HttpResponse:
    """Say that it is over, that she runs as before, or that it goes on.

    Without a date it is today; no date lies before the onset or in the future.
    """
    today, known = request.runner.today(timezone.now()), _problem(request, problem)
    if told.on is not None and told.on > today:
        raise Refused(422, "The date lies in the future.")
    kept = keep_problem(request.runner.id, known.turned(told.status, told.on or today))
    return given(_document(kept))


@operation(router, "PUT", "/problems/{uuid:problem}/intake", scope="write:problems", gives=Screening)
def answer_questions(request: ApiRequest, problem: UUID, told: Intake) -> HttpResponse:
    """Answer the questions that come first; every value counts as the runner's own word. Answers with the screening."""
    known = _problem(request, problem)
    keep_answers(request.runner, intake_record(request.runner, known), _intake(told))
    return given(screening(request.runner, intake_record(request.runner, known)).data)


@operation(
    router, "GET", "/problems/{uuid:problem}/screening", scope="read:problems", gives=Screening, also=(409,)
)
def read_screening(request: ApiRequest, problem: UUID) -> HttpResponse:
    """Read what the screening says of the answers that are kept."""
    told = intake_record(request.runner, _problem(request, problem))
    if told.confirmed_at is None:
        raise Refused(409, "The questions have not been answered yet, so nothing is screened.")
    return given(screening(request.runner, told).data)


@operation(
    router, "GET", "/problems/{uuid:problem}/explanation", scope="read:problems",
    gives={200: Explanation, 202: Waiting}, also=(409,),
)  # fmt: skip
def explain_problem(request: ApiRequest, problem: UUID) -> HttpResponse:
    """Read what was unusual before it began.

    It is worked out in the background and kept until something changes: 202 says that it is not there yet, and
    Retry-After when to ask again.
    """
    answer = fresh_answer(request.runner, _problem(request, problem))
    if answer is None:
        raise Refused(409, "The archive is empty. Bring recordings in first.")
    if answer.state == "refused":
        raise Refused(409, answer.reason)
    if answer.state == "waiting":
        waiting = given({"state": "waiting"}, 202)
        waiting.headers["Retry-After"] = "2"
        return waiting
    return given(answer.parts["explanation"])


@operation(router, "POST", "/explain", scope="read:problems", gives=Explanation, slow=True)
def explain(request: ApiRequest, told: Question) -> HttpResponse:
    """Ask what was unusual before a date; nothing is kept."""
    spans = [(first, last) for first, last in told.earlier]
    if any(last < first for first, last in spans):
        raise Refused(422, "An earlier pain ends before it begins. Turn the two dates round.")
    own = own_sessions(Archive(runner_folder(settings.HOME, request.runner.name)))
    today = request.runner.today(timezone.now())
    answer = explain_onset(
        own.sessions, told.onset, today=today, site=told.site, side=told.side, earlier_problems=spans,
        units="mi" if told.units == "mi" else "km", shoe_initial_km=own.first_km,
    )  # fmt: skip
    return given(answer.data)


@operation(router, "POST", "/intake", scope="read:problems", gives=IntakeRead)
def read_story(request: ApiRequest, told: Story) -> HttpResponse:
    """Read a story in plain words into an intake, to be confirmed; nothing is kept."""
    today = told.date or request.runner.today(timezone.now())
    return given(intake_document(take_story(told.story.encode(), told=today), confirmed=False))


@operation(router, "POST", "/screen", scope="read:problems", gives=Screening)
def screen(request: ApiRequest, told: Intake) -> HttpResponse:
    """Look for red flags in an intake; nothing is kept."""
    return given(screen_intake(_intake(told), today=request.runner.today(timezone.now())).data)


def _intake(told: Intake) -> CoreIntake:
    try:
        return read_intake(told.dict(exclude_unset=True)).intake
    except UsageError as error:
        raise Refused(422, sentence(error)) from None


def _problem(request: ApiRequest, problem: UUID) -> HealthProblem:
    try:
        return find_problem(request.runner.id, problem)
    except UsageError:
        raise Http404 from None


def _document(one: HealthProblem) -> dict[str, Any]:
    return {name: _plain(getattr(one, name)) for name in one.__dataclass_fields__}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date | datetime) else value
