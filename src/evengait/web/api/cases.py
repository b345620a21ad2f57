"""Cases: one's own and those that were shared, their numbered replies; open one, reply."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from ninja import Query
from pydantic import Field

from evengait.actions.show_case import case_document, reply_document, told_replies
from evengait.core.case import BODY_LIMIT, CATEGORIES, ENDINGS, STATUSES, TITLE_LIMIT
from evengait.core.errors import UsageError
from evengait.core.sharing import FIELDS
from evengait.storage.records.cases import open_case
from evengait.storage.records.problems import problem as find_problem
from evengait.storage.records.proposals import propose
from evengait.storage.records.replies import add_reply
from evengait.storage.records.viewing import CasesSeen, seen_of, viewer_of
from evengait.web.api.interface import given, given_page, operation, room
from evengait.web.api.keys import ApiRequest
from evengait.web.api.problem import Refused
from evengait.web.api.proposals import NewProposal, Proposed, proposed
from evengait.web.api.shapes import Asked, Page, Side, Site, Told
from evengait.web.cases.seeing import Seen
from evengait.web.cases.tasks import note
from evengait.web.notices.telling import tell_all

MOST_REPLIES = 200
LAST_NUMBER = 2**31 - 1
router = room("Cases")


class Case(Told):
    """A case as who asks may see it."""

    id: UUID
    title: str
    category: Annotated[str, Field(json_schema_extra={"enum": list(CATEGORIES)})]
    site: Site
    side: Side | None
    status: Annotated[str, Field(json_schema_extra={"enum": list(STATUSES)})]
    ending: Annotated[str | None, Field(json_schema_extra={"enum": [*ENDINGS, None]})]
    ending_words: str | None
    opened_at: datetime
    changed_at: datetime
    closed_at: datetime | None
    replies: Annotated[int, Field(description="Number of the latest reply; numbers have no gaps.")]
    own: Annotated[bool, Field(description="It is of who asks.")]
    sees: list[Annotated[str, Field(json_schema_extra={"enum": list(FIELDS)})]]


class CaseReply(Told):
    """A reply. `body` is Markdown, null where the words are gone; `gone` says why."""

    number: int
    author: str | None
    roles: list[str]
    own: bool
    written_at: datetime
    edited_at: datetime | None
    body: str | None
    gone: Annotated[str | None, Field(json_schema_extra={"enum": ["deleted", "hidden", None]})]
    proposals: list[Proposed]


class NewCase(Asked):
    """A health problem opened for answers; nobody else sees it until it is shared on the desk."""

    problem: UUID
    title: Annotated[str, Field(min_length=1, max_length=TITLE_LIMIT)]
    category: Annotated[str, Field(json_schema_extra={"enum": list(CATEGORIES)})] = "injury"
    body: Annotated[str, Field(min_length=1, max_length=BODY_LIMIT, description="The first reply: Markdown.")]


class NewReply(Asked):
    """The words of a reply, and what it proposes to the runner."""

    body: Annotated[str, Field(min_length=1, max_length=BODY_LIMIT, description="Markdown.")]
    proposal: Annotated[
        NewProposal | None, Field(description="What the runner may accept; nobody proposes to herself.")
    ] = None


class Numbers(Asked):
    """Which replies."""

    since: Annotated[int, Field(ge=1, le=LAST_NUMBER, description="Number of the first one.")] = 1
    limit: Annotated[int, Field(ge=1, le=MOST_REPLIES)] = 50


@operation(router, "GET", "/cases", scope="read:cases", gives=list[Case], runner=False)
def list_cases(request: ApiRequest, page: Query[Page]) -> HttpResponse:
    """List one's own cases and those that were shared, latest change first.

    A page at a time: `X-Total-Count` says how many there are in all, `Link: <…>; rel="next"` where the next page is.
    """
    who = viewer_of(request.auth.account, request.runner.id if request.runner else None)
    cases = CasesSeen(who, timezone.now())
    found = cases.with_fields(slice(page.offset, page.offset + page.limit))
    some = [case_document(case, who, fields) for case, fields in found]
    return given_page(request, some, len(cases), page)


@operation(
    router, "POST", "/cases", scope="write:cases", gives=Case, status=201, also=(404,)
)  # fmt: skip
def begin_case(request: ApiRequest, told: NewCase) -> HttpResponse:
    """Open a case of a health problem."""
    runner, account = request.runner.id, request.auth.account
    try:
        find_problem(runner, told.problem)
    except UsageError:
        raise Http404 from None
    if not told.body.strip():
        raise Refused(422, "Write what you want to ask.")
    case = open_case(runner, told.problem, told.title, told.category, opened_by=account)
    add_reply(case.id, account, told.body)
    return given(_document(_seen(request, case.id)), 201)


@operation(router, "GET", "/cases/{uuid:case}", scope="read:cases", gives=Case, runner=False)
def read_case(request: ApiRequest, case: UUID) -> HttpResponse:
    """Read a case."""
    return given(_document(_seen(request, case)))


@operation(
    router, "GET", "/cases/{uuid:case}/replies", scope="read:cases", gives=list[CaseReply], runner=False
)
def read_replies(request: ApiRequest, case: UUID, numbers: Query[Numbers]) -> HttpResponse:
    """Read replies by their numbers, in order.

    A page at a time: `X-Total-Count` says how many there are in all; the next page begins behind the last number.
    """
    seen = _seen(request, case)
    last = min(numbers.since + numbers.limit - 1, LAST_NUMBER)
    found = told_replies(seen.case, seen.viewer, numbers.since, last)
    answer = given([reply_document(one) for one in found])
    answer.headers["X-Total-Count"] = str(seen.case.last_number)
    return answer


@operation(
    router, "POST", "/cases/{uuid:case}/replies", scope="write:cases", gives=CaseReply, status=201,
    runner=False, also=(409,),
)  # fmt: skip
def write_reply(request: ApiRequest, case: UUID, told: NewReply) -> HttpResponse:
    """Reply in a case, under the next number; a reply can carry a proposal to its runner."""
    seen = _seen(request, case)
    if not seen.can_reply:
        raise Refused(409, "The case is closed or hidden. It can be read, and not answered.")
    made = proposed(told.proposal, timezone.now().date()) if told.proposal else None
    if made and seen.hers:
        raise Refused(403, "Nobody proposes anything to herself. Say it in the reply.")
    added = add_reply(case, request.auth.account, told.body)
    if made:
        propose(added.id, request.auth.account, made, is_clinician=seen.viewer.is_clinician)
    note.enqueue(str(added.id))
    tell_all(case, "reply", request.auth.account, number=added.number)
    return given(reply_document(told_replies(seen.case, seen.viewer, added.number, added.number)[0]), 201)


def _seen(request: ApiRequest, case: UUID) -> Seen:
    """Return a case as who asks sees it; what was not shared is not there."""
    who = viewer_of(request.auth.account, request.runner.id if request.runner else None)
    found = seen_of(who, case, timezone.now())
    if found is None:
        raise Http404
    return Seen(found[0], who, found[1])


def _document(seen: Seen) -> dict[str, object]:
    return case_document(seen.case, seen.viewer, seen.fields)
