"""The main pages ask the database the same number of times, however much there is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from planning import her, planned, today_of

from evengait.core.diary import DiaryEntry
from evengait.core.health_problem import HealthProblem
from evengait.core.sharing import Grant

if TYPE_CHECKING:
    from cast import Cast

OWNER = (
    "/", "/calendar/", "/timeline/", "/plan/", "/strength/", "/shoes/", "/cases/", "/cases/{case}/",
    "/cases/{case}/advice/", "/diary/", "/hurts/", "/notices/", "/archive/", "/beside/", "/trials/", "/strength/log/",
)  # fmt: skip
COACH = ("/", "/my-runners/", "/cases/", "/cases/{case}/", "/notices/")


def asked(cast: Cast) -> dict[tuple[str, str], int]:
    """Return how many queries each page makes."""
    found = {}
    for persona, paths in (("owner", OWNER), ("coach", COACH)):
        client = cast.client(persona)
        for path in paths:
            address = path.format(**cast.ids)
            assert client.get(address).status_code == 200, address  # what is kept of it is there now
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(address)
            found[persona, path] = len(queries)
        with CaptureQueriesContext(connection) as queries:
            client.post("/cases/search/", {"words": "shoes"})
        found[persona, "search"] = len(queries)
    return found


def more(cast: Cast, number: int) -> None:
    """Put another runner with a case for everybody on the desk, and more replies, days and notices for the owner."""
    from evengait.core.proposal import ProposalRecord
    from evengait.storage.records.cases import open_case
    from evengait.storage.records.diary import keep_day
    from evengait.storage.records.grants import share
    from evengait.storage.records.models import Account
    from evengait.storage.records.notices import tell
    from evengait.storage.records.problems import keep_problem
    from evengait.storage.records.proposals import propose
    from evengait.storage.records.relations import follow, invite
    from evengait.storage.records.replies import add_reply
    from evengait.storage.records.runners import claim_runner

    now, today = timezone.now(), today_of(cast)
    account = Account.objects.create_user(f"more{number}@example.org", display_name=f"More {number}")
    runner = claim_runner(f"more{number}", account.pk).id
    problem = keep_problem(runner, HealthProblem(today, "sacroiliac", "left")).id
    assert problem is not None
    case = open_case(runner, problem, f"About shoes {number}", "injury", opened_by=account.pk).id
    share(runner, case, [Grant("case", role="everybody")], {})
    add_reply(case, account.pk, "Which shoes?")
    tell(case, "reply", account.pk, now, to=cast.accounts["coach"].pk)
    keep_day(runner, DiaryEntry(today, pain_daily_nprs=2.0))
    fields: Any = ("training", "diary", "plan")
    follow(invite(runner, "coach", now, fields=fields).id, cast.accounts["coach"].pk, now)
    follow(invite(her(cast).id, "coach", now).id, account.pk, now)
    own = UUID(cast.ids["case"])
    share(her(cast).id, own, [Grant("case", role="everybody")], {})
    reply = add_reply(own, account.pk, f"Other shoes, as I said, {number}.")
    propose(
        reply.id,
        account.pk,
        ProposalRecord("question", "What does the first step feel like?"),
        is_clinician=False,
    )
    tell(own, "reply", account.pk, now)
    keep_day(her(cast).id, DiaryEntry(today - timedelta(days=number), pain_daily_nprs=2.0))


def test_queries_do_not_grow_with_runners_cases_replies_and_days(cast: Cast) -> None:
    from evengait.storage.records.models import Account

    planned(cast)
    for number in range(2):
        more(cast, number)
    few = asked(cast)
    for number in range(2, 9):
        more(cast, number)
    many = asked(cast)
    assert {page: (count, many[page]) for page, count in few.items() if many[page] > count} == {}
    assert max(many.values()) < 60, many
    assert Account.objects.count() > 10


def test_telling_many_of_a_reply_asks_no_more_than_telling_few(cast: Cast) -> None:
    from evengait.storage.records.notices import tell

    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            tell(UUID(cast.ids["case"]), "reply", cast.accounts["participant"].pk, timezone.now())
        return len(made)

    few = queries()
    for number in range(6):
        more(cast, number)
    assert queries() <= few
