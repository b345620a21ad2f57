"""Sessions, a page at a time."""

from datetime import date, datetime
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from evengait.actions.list_sessions import list_sessions, sessions_document
from evengait.storage.home import runner_folder
from evengait.web.api.interface import given_page, operation, room
from evengait.web.api.keys import ApiRequest
from evengait.web.api.shapes import Day, Page, row_of

MOST = 1000
router = room("Training")


class Session(row_of("sessions")):  # type: ignore[misc] # made from columns.toml
    """One session, with `surfaces`: the metres by ground, null = not looked at."""

    session: str
    start: datetime
    local_date: date
    surfaces: dict[str, Any] | None = None


class Sessions(Page):
    """Which sessions, and how many at once."""

    since: Day | None = None
    until: Day | None = None
    sport: Annotated[str | None, Field(max_length=32, description="In the words of the column sport.")] = None
    limit: Annotated[int, Field(ge=1, le=MOST)] = 100


@operation(router, "GET", "/sessions", scope="read:training", gives=list[Session])
def list_all_sessions(request: ApiRequest, page: Query[Sessions]) -> HttpResponse:
    """List sessions, oldest first.

    A page at a time: `X-Total-Count` says how many there are in all, `Link: <…>; rel="next"` where the next page is.
    """
    folder = runner_folder(settings.HOME, request.runner.name)
    found = list_sessions(folder, since=page.since, until=page.until, sport=page.sport)
    some = sessions_document(found.slice(page.offset, page.limit))
    return given_page(request, some, found.height, page)
