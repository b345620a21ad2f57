"""Trials: does this aid or exercise help me."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from ninja import Query
from pydantic import Field

from evengait.actions.analyse_trial import analyse_trial
from evengait.actions.design_trial import design_trial
from evengait.actions.gather_trial_days import own_days
from evengait.actions.keep_trial import keep_schedule
from evengait.core.errors import TableError
from evengait.core.trial import Schedule
from evengait.core.trial_record import TrialRecord
from evengait.storage.records.trials import keep_trial, trials_of
from evengait.web.api.interface import given, listed, operation, room
from evengait.web.api.keys import ApiRequest
from evengait.web.api.problem import Refused
from evengait.web.api.shapes import Asked, Day, Json, Page, Told

router = room("Trials")


class NewTrial(Asked):
    """What is tried."""

    what: Annotated[
        str, Field(pattern=r"^[a-z0-9][a-z0-9_]{0,47}$", description="As the diary names it: belt.")
    ]
    kind: Annotated[str, Field(pattern="^(aid|exercise|shoe|insole)$")] = "aid"
    start: Annotated[Day | None, Field(description="First day; tomorrow where it is left out.")] = None
    days: Annotated[int | None, Field(ge=1, le=400, description="Of the blocks; as many as it takes.")] = None
    matters: Annotated[
        float | None, Field(gt=0, le=10, description="The change, in points, that would matter.")
    ] = None
    seed: Annotated[int | None, Field(ge=0, le=2**31, description="Draw from this seed again.")] = None
    keep: Annotated[bool, Field(description="Start it.")] = False


class Trial(Told):
    """A trial that is kept."""

    id: UUID
    treatment: str
    started_on: date
    ended_on: date | None
    status: str
    design: Json


class Design(Told):
    """The blocks as drawn, as `evengait trial design --json` prints them; `id` is null where nothing is kept."""

    treatment: str
    kind: str
    start: date
    end: date
    days: int
    blocks: list[Json]
    seed: int
    enough: bool
    id: UUID | None


class Analysis(Told):
    """What the diary says, as `evengait trial analyse --json` prints it."""

    days: int
    usable: int
    effect: float | None
    interval90: list[float] | None
    autocorrelation: float | None
    verdict: Annotated[
        str, Field(json_schema_extra={"enum": ["helped", "no_reliable_change", "worse", "not_enough_data"]})
    ]
    why: str
    days_more: int | None


@operation(router, "GET", "/trials", scope="read:trials", gives=list[Trial])
def list_trials(request: ApiRequest, page: Query[Page]) -> HttpResponse:
    """List trials, latest first.

    A page at a time: `X-Total-Count` says how many there are in all, `Link: <…>; rel="next"` where the next page is.
    """
    return listed(request, trials_of(request.runner.id), page, _document)


@operation(router, "POST", "/trials/design", scope="write:trials", gives=Design, slow=True)
def design(request: ApiRequest, told: NewTrial) -> HttpResponse:
    """Draw the days with and the days without, as many as the runner's own diary asks for; `keep` starts it."""
    today = request.runner.today(timezone.now())
    days = own_days(request.runner, settings.HOME, told.what)
    schedule, document = design_trial(
        told.what, told.kind, told.start or today + timedelta(days=1), days.days if days else (), seed=told.seed,
        matters=told.matters, days=told.days,
    )  # fmt: skip
    kept = keep_schedule(request.runner.id, schedule).id if told.keep else None
    return given(document | {"failed_rows": [], "id": str(kept) if kept else None})


@operation(
    router,
    "GET",
    "/trials/{uuid:trial}/analysis",
    scope="read:trials",
    gives=Analysis,
    slow=True,
    also=(409,),
)
def analyse(request: ApiRequest, trial: UUID) -> HttpResponse:
    """Judge a trial from the runner's own diary."""
    record = _trial(request, trial)
    days = own_days(request.runner, settings.HOME, record.treatment)
    today = record.ended_on or request.runner.today(timezone.now())
    try:
        if days is not None and days.days:
            return given(analyse_trial(days, Schedule.from_data(record.design), today=today))
    except TableError:  # none of its days lies in the trial
        pass
    raise Refused(409, "The diary holds no day of this trial yet. Write one line a day.")


@operation(router, "POST", "/trials/{uuid:trial}/end", scope="write:trials", gives=Trial)
def end_trial(request: ApiRequest, trial: UUID) -> HttpResponse:
    """End a trial; what was written down stays."""
    record = _trial(request, trial)
    if record.status != "ended":
        today = request.runner.today(timezone.now())
        record = keep_trial(request.runner.id, replace(record, status="ended", ended_on=today))
    return given(_document(record))


def _trial(request: ApiRequest, trial: UUID) -> TrialRecord:
    for record in trials_of(request.runner.id):
        if record.id == trial:
            return record
    raise Http404


def _document(one: TrialRecord) -> dict[str, Any]:
    return {
        "id": str(one.id), "treatment": one.treatment, "started_on": one.started_on.isoformat(),
        "ended_on": one.ended_on.isoformat() if one.ended_on else None, "status": one.status, "design": one.design,
    }  # fmt: skip
