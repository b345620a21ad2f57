"""Proposals: what was proposed to the runner, her decision on it; take one's own back."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from ninja import Query
from pydantic import Field

from evengait.actions.answer_proposal import decline_proposal, take_back
from evengait.actions.make_proposal import make_proposal
from evengait.actions.show_case import proposal_document
from evengait.core.case import BODY_LIMIT
from evengait.core.errors import UsageError
from evengait.core.plan_change import CHANGES
from evengait.core.proposal import KINDS, STATUSES, ProposalRecord
from evengait.storage.records.proposals import proposal_by, proposal_to, proposals_to, withdraw_open
from evengait.storage.records.replies import reply_by_id
from evengait.storage.records.viewing import seen_of, viewer_of
from evengait.web.api.interface import given, listed, operation, room
from evengait.web.api.keys import ApiRequest
from evengait.web.api.problem import Refused
from evengait.web.api.shapes import Asked, Day, Page, Side, Text, Told
from evengait.web.cases.deciding import accept_told, answer_told

DECIDED = "It was decided on already: {status}. Nothing was changed."
Kind = Annotated[str, Field(json_schema_extra={"enum": list(KINDS)})]
Status = Annotated[str, Field(json_schema_extra={"enum": list(STATUSES)})]
router = room("Proposals")


class NewProposal(Asked):
    """What a reply proposes. A one-sided exercise comes from a clinician alone, verified by the desk."""

    kind: Kind
    text: Annotated[Text, Field(min_length=1, max_length=1000, description="In one or two sentences.")]
    treatment: Annotated[
        str | None,
        Field(pattern=r"^[a-z]{1,16}:[a-z0-9][a-z0-9_]{0,47}$", description="Of a trial: aid:si_belt."),
    ] = None
    side: Annotated[Side | None, Field(description="Of a one-sided exercise.")] = None
    first_on: Annotated[Day | None, Field(description="Left out: the day she accepts it.")] = None
    last_on: Annotated[Day | None, Field(description="Left out: until she takes it back.")] = None
    every_days: Annotated[int | None, Field(ge=1, le=60, description="Left out: once.")] = None
    change: Annotated[
        str | None,
        Field(
            description="Of a change of plan: what her plan itself follows. It can only hold back.",
            json_schema_extra={"enum": [*CHANGES, None]},
        ),
    ] = None
    distance_m: Annotated[
        float | None, Field(gt=0, description="Of the change `cap`: the longest run. [m]")
    ] = None


class Proposed(Told):
    """What a reply proposes."""

    id: UUID
    kind: Kind
    text: str
    treatment: str | None
    side: Side | None
    first_on: date | None
    last_on: date | None
    every_days: int | None
    change: Annotated[str | None, Field(json_schema_extra={"enum": [*CHANGES, None]})]
    distance_m: Annotated[float | None, Field(description="Of the change `cap` [m]")]
    answer: Annotated[str | None, Field(description="What the runner answered to a question.")]
    status: Status
    by_clinician: bool


class ProposedToYou(Proposed):
    """A proposal with where it was made, and the trial that it became; null = gone, or none."""

    author: str | None
    case: UUID | None
    number: int | None
    trial: UUID | None


class Answer(Asked):
    """What the runner answers to a question."""

    body: Annotated[str, Field(min_length=1, max_length=BODY_LIMIT - 100, description="Markdown.")]


class Proposals(Page):
    """Which proposals, and how many at once."""

    status: Annotated[str | None, Field(pattern=f"^({'|'.join(STATUSES)})$")] = None


def proposed(told: NewProposal, today: date) -> ProposalRecord:
    """Return what a program proposes, by the rules of the page.

    Raises
    ------
    Refused
        Something is missing, does not go together, or is beyond what can be agreed on.
    """
    asked = {name: value for name, value in told.dict().items() if value is not None}
    try:
        made = make_proposal(asked.pop("kind"), asked.pop("text"), today=today, **asked)
    except UsageError as error:
        raise Refused(422, str(error)) from None
    unused = [name for name in asked if not getattr(made, name)]
    if unused:
        raise Refused(422, f"This kind of proposal has no {', '.join(sorted(unused))}. Leave it out.")
    return made


@operation(router, "GET", "/proposals", scope="read:cases", gives=list[ProposedToYou])
def list_proposals(request: ApiRequest, page: Query[Proposals]) -> HttpResponse:
    """List what was proposed to the runner, latest first.

    A page at a time: `X-Total-Count` says how many there are in all, `Link: <…>; rel="next"` where the next page is.
    """
    return listed(request, proposals_to(request.runner.id, page.status), page, _document)


@operation(
    router, "POST", "/proposals/{uuid:proposal}/accept", scope="write:proposals", gives=ProposedToYou, slow=True,
    also=(409,),
)  # fmt: skip
def accept_proposal(request: ApiRequest, proposal: UUID) -> HttpResponse:
    """Accept what was proposed to the runner; it stands in her calendar, a trial is drawn, her plan follows a change.

    Accepted again, it is answered as it stands. What was decided otherwise is refused.
    """
    told = _told(request, proposal)
    _refuse_unless(told, "open", "accepted")
    try:
        accept_told(request.auth.account, request.runner, told)
    except UsageError as error:
        raise Refused(409, str(error)) from None
    return given(_document(_told(request, proposal)))


@operation(
    router, "POST", "/proposals/{uuid:proposal}/decline", scope="write:proposals", gives=ProposedToYou, also=(409,)
)  # fmt: skip
def decline(request: ApiRequest, proposal: UUID) -> HttpResponse:
    """Decline what was proposed to the runner."""
    _refuse_unless(_told(request, proposal), "open", "declined")
    decline_proposal(request.runner.id, proposal, timezone.now())
    return given(_document(_told(request, proposal)))


@operation(
    router, "POST", "/proposals/{uuid:proposal}/take-back", scope="write:proposals", gives=ProposedToYou, also=(409,)
)  # fmt: skip
def take_back_proposal(request: ApiRequest, proposal: UUID) -> HttpResponse:
    """Say that something accepted is done, or no more wanted: from today on it is out of calendar and plan.

    A step back that nobody has run on yet is undone whole (`withdrawn`); after a run since it stays (`done`). A trial
    is ended by itself.
    """
    told = _told(request, proposal)
    if told.kind == "trial" and told.status == "accepted":
        raise Refused(409, "A trial is ended where trials are.")
    _refuse_unless(told, "accepted", "done", "withdrawn")
    take_back(settings.HOME, request.runner, proposal, timezone.now())
    return given(_document(_told(request, proposal)))


@operation(
    router, "POST", "/proposals/{uuid:proposal}/answer", scope="write:proposals", gives=ProposedToYou, also=(409,)
)  # fmt: skip
def answer(request: ApiRequest, proposal: UUID, words: Answer) -> HttpResponse:
    """Answer a question; where its case can be replied to, the answer is the next reply of it."""
    told = _told(request, proposal)
    if told.kind != "question":
        raise Refused(409, "That is no question.")
    _refuse_unless(told, "open", "accepted")
    if not words.body.strip():
        raise Refused(422, "Write your answer first.")
    answer_told(request.auth.account, request.runner, told, words.body)
    return given(_document(_told(request, proposal)))


@operation(
    router, "POST", "/proposals/{uuid:proposal}/withdraw", scope="write:cases", gives=Proposed, runner=False,
    also=(409,),
)  # fmt: skip
def withdraw(request: ApiRequest, proposal: UUID) -> HttpResponse:
    """Take one's own proposal back, as long as the runner has not decided on it."""
    account = request.auth.account
    try:
        told = proposal_by(account, proposal)
    except UsageError:
        raise Http404 from None
    who = viewer_of(account, request.runner.id if request.runner else None)
    reply = reply_by_id(told.reply) if told.reply else None
    if reply is None or reply.deleted or seen_of(who, reply.case, timezone.now()) is None:
        raise Http404
    _refuse_unless(told, "open", "withdrawn")
    withdraw_open(account, proposal)
    return given(proposal_document(proposal_by(account, proposal)))


def _told(request: ApiRequest, proposal: UUID) -> ProposalRecord:
    try:
        return proposal_to(request.runner.id, proposal)
    except UsageError:
        raise Http404 from None


def _refuse_unless(told: ProposalRecord, *statuses: str) -> None:
    if told.status not in statuses:
        open_yet = "It was not accepted yet, so nothing was changed."
        raise Refused(409, open_yet if told.status == "open" else DECIDED.format(status=told.status))


def _document(told: ProposalRecord) -> dict[str, Any]:
    return proposal_document(told) | {
        "author": told.author_name or None, "case": str(told.case) if told.case else None, "number": told.number,
        "trial": str(told.trial) if told.trial else None,
    }  # fmt: skip
