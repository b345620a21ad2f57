"""My runners: each with what she shares and nothing else; what was taken back is gone from the list at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from evengait.core.diary import DiaryEntry

if TYPE_CHECKING:
    from cast import Cast


def _told(cast: Cast, last: float) -> None:
    """Let the owner tell pain 2 on ten days, and today's."""
    from django.utils import timezone

    from evengait.storage.records.diary import keep_day
    from evengait.storage.records.runners import runner_by_id

    runner = runner_by_id(UUID(cast.ids["runner"]))
    assert runner is not None
    today = runner.today(timezone.now())
    for days in range(1, 11):
        keep_day(runner.id, DiaryEntry(today - timedelta(days=days), pain_daily_nprs=2.0))
    keep_day(runner.id, DiaryEntry(today, pain_daily_nprs=last, notes="a-word-of-her-diary"))


def _piece(page: str, field: str) -> str:
    return page.partition(f'aria-labelledby="part-{field}"')[2].partition("</section>")[0]


def _list(cast: Cast) -> str:
    return str(cast.client("coach").get("/my-runners/").content.decode())


def test_a_row_tells_what_is_shared_and_says_what_is_not(cast: Cast) -> None:
    from working import work

    _told(cast, 5.0)
    assert "being looked up" in _list(cast)
    work()
    page = _list(cast)
    assert "usually 2: more than usual" in page
    assert "No run is in her archive" in page
    assert "No plan runs" in page
    assert "a-word-of-her-diary" not in page
    assert "not shared" not in page


@pytest.mark.parametrize("how", ["taken back", "less", "ended", "over"])
def test_what_was_taken_back_is_gone_from_the_list_at_once(cast: Cast, how: str) -> None:
    from working import work

    _told(cast, 5.0)
    _list(cast)
    work()
    owner, tie = cast.client("owner"), cast.ids["tie"]
    if how == "taken back":
        owner.post(f"/beside/{tie}/nothing/")
    elif how == "less":
        owner.post(f"/beside/{tie}/", {"sees": ["story"]})
    elif how == "ended":
        owner.post(f"/beside/{tie}/end/")
    else:
        from django.utils import timezone

        from evengait.storage.records.models import LastingGrant

        LastingGrant.objects.update(expires_at=timezone.now())
    page = _list(cast)
    for word in (": more than usual", "of 10 on", "more pain", "No run is in", "No plan runs", "as of"):
        assert word not in page
    assert page.count("not shared") == (0 if how == "ended" else 4)
    one = cast.client("coach").get(f"/my-runners/{tie}/")
    assert one.status_code == (404 if how == "ended" else 200)
    assert "usually 2" not in one.content.decode()


def test_one_runner_is_shown_with_what_she_shares_and_nothing_else(cast: Cast) -> None:
    _told(cast, 5.0)
    tie = cast.ids["tie"]
    page = cast.client("coach").get(f"/my-runners/{tie}/").content.decode()
    assert page.count(">not shared<") == 6
    assert "more than usual" in page
    assert "a-word-of-her-diary" not in page
    assert "a-story-that-is-hers" not in page
    assert "a-case-that-is-hers" in page  # shared with her coach, as a case
    cast.client("owner").post(f"/beside/{tie}/", {"sees": ["story"]})
    page = cast.client("coach").get(f"/my-runners/{tie}/").content.decode()
    assert "a-story-that-is-hers" in page
    assert "Left sacroiliac region" in page
    assert "usually" not in page
    assert "a-story-that-is-hers" in cast.client("owner").get(f"/beside/{tie}/look/").content.decode()


def test_pain_is_drawn_as_on_her_own_timeline_within_what_she_shares(cast: Cast) -> None:
    tie, coach = cast.ids["tie"], cast.client("coach")
    assert "pain-wide-t" not in coach.get(f"/my-runners/{tie}/").content.decode(), "nothing was said yet"
    _told(cast, 5.0)
    assert cast.client("owner").post(f"/beside/{tie}/", {"sees": ["diary"]}).status_code == 302
    page = coach.get(f"/my-runners/{tie}/").content.decode()
    assert page.count('aria-labelledby="pain-wide-t pain-wide-d"') == 1
    assert page.count('aria-labelledby="pain-narrow-t pain-narrow-d"') == 1
    assert page.index("pain-wide-t") < page.index("Pain from 0 to 10, day by day")
    assert "sacroiliac" not in _piece(page, "diary"), "what hurts is not shared"
    cast.client("owner").post(f"/beside/{tie}/", {"sees": ["diary", "problem"]})
    page = coach.get(f"/my-runners/{tie}/").content.decode()
    assert "left sacroiliac region" in _piece(page, "diary")
    assert "pain-wide-t" in cast.client("owner").get(f"/beside/{tie}/look/").content.decode()
    cast.client("owner").post(f"/beside/{tie}/", {"sees": ["problem"]})
    assert "pain-wide-t" not in coach.get(f"/my-runners/{tie}/").content.decode()


def test_who_waits_for_an_answer_comes_first(cast: Cast) -> None:
    from evengait.storage.records.replies import add_reply

    coach = cast.accounts["coach"].pk
    others(cast, 2)
    assert _list(cast).index("Runner 0") < _list(cast).index("Wilhelmina-owner")
    case = UUID(cast.ids["case"])
    add_reply(case, cast.accounts["owner"].pk, "And now?")
    page = _list(cast)
    assert "1 of 3 waits for your answer." in page
    assert page.index("Wilhelmina-owner") < page.index("Runner 0")
    add_reply(case, coach, "Rest.")
    assert "Nobody waits for your answer." in _list(cast)


def test_hundreds_of_runners_take_as_many_queries_as_three(cast: Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for more in (2, 200):
        others(cast, more)
        _list(cast)  # what has to be asked for is asked for
        with CaptureQueriesContext(connection) as asked:
            page = _list(cast)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert "1 to 25 of 203" in page


def others(cast: Cast, count: int) -> None:
    """Put the coach beside so many more runners."""
    from django.utils import timezone

    from evengait.storage.records.models import LastingGrant, Relation, Runner

    done = Runner.objects.filter(name__startswith="runner-").count()
    runners = Runner.objects.bulk_create(
        Runner(name=f"runner-{n}", display_name=f"Runner {n}") for n in range(done, done + count)
    )
    ties = Relation.objects.bulk_create(
        Relation(runner=one, account=cast.accounts["coach"], kind="coach", began_at=timezone.now())
        for one in runners
    )
    LastingGrant.objects.bulk_create(
        LastingGrant(relation=tie, field=field) for tie in ties for field in ("diary", "training")
    )


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_two_browsers_and_what_one_takes_back_the_other_sees_no_more(
    tab: Any, cast: Cast, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    _told(cast, 5.0)
    coach = tab("/my-runners/", "coach", width=360, scheme=scheme)
    assert ": more than usual" in coach.content()
    owner = tab("/beside/", "owner", width=360, scheme=scheme)
    owner.get_by_role("link", name="Change what Coach sees").click()
    owner.get_by_label("Pain: the diary").uncheck()
    owner.get_by_role("button", name="Keep").click()
    coach.reload()
    assert ": more than usual" not in coach.content()
    coach.get_by_role("link", name="Wilhelmina-owner").click()
    for page in (coach, owner):
        assert page.said == []
        assert page.outside == []
        found = Axe().run(page)
        assert found.response["violations"] == [], found.generate_report()
        room = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert room <= 0
