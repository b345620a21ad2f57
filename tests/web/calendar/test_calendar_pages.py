"""The calendar: what was done, what is planned, what hurt; by keys, and as a list on a phone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from planning import her, planned, today_of

from evengait.core.diary import DiaryEntry

if TYPE_CHECKING:
    from cast import Cast


def page(client: Any, at: str = "/calendar/") -> str:
    return str(client.get(at).content.decode())


def filled(cast: Cast) -> date:
    from evengait.actions.import_archive import import_archive
    from evengait.core.day_mark import DayMark
    from evengait.core.strength import StrengthSet
    from evengait.storage.home import runner_folder
    from evengait.storage.records.diary import keep_day
    from evengait.storage.records.marks import keep_mark
    from evengait.storage.records.strength import keep_sets
    from small_files import fit

    file = cast.home / "run.fit"
    file.write_bytes(fit(0))
    import_archive(runner_folder(cast.home, her(cast).name), [file])
    planned(cast)
    today = today_of(cast)
    keep_day(her(cast).id, DiaryEntry(today - timedelta(days=1), pain_daily_nprs=0, pain_after_nprs=2.5))
    keep_mark(her(cast).id, DayMark(today - timedelta(days=1), "run", "skipped"))
    keep_sets(her(cast).id, [StrengthSet(today - timedelta(days=1), "bird_dog", 1, reps=6)])
    return today


def test_a_week_shows_what_was_done_said_tried_and_planned(cast: Cast) -> None:
    today = filled(cast)
    client = cast.client("owner")
    before = page(client, f"/calendar/week/{today - timedelta(days=1)}/")
    for said in (
        "Strength, 1 exercise",
        "pain 2.5",
        "run skipped, as you said",
        "Left knee",
    ):
        assert said in before, said
    assert "planned" in page(client, f"/calendar/week/{today}/")
    assert "the belt" in page(client, "/calendar/week/2026-11-10/")
    march = page(client, "/calendar/month/2026-03-01/")
    assert "Run " in march
    assert "pain" not in march.split("<main")[1].split("</main>")[0].replace("Pain", "")


def test_a_day_tells_everything_and_a_day_unsaid_is_not_no_pain(cast: Cast) -> None:
    today = filled(cast)
    client = cast.client("owner")
    day = page(client, f"/calendar/day/{today - timedelta(days=1)}/")
    assert "Pain of 10: 2.5 after, 0 everyday." in day
    assert "that is not no pain" in page(client, f"/calendar/day/{today - timedelta(days=2)}/")
    ahead = [page(client, f"/calendar/day/{today + timedelta(days=n)}/") for n in range(1, 8)]
    assert not [one for one in ahead if "Write it" in one]
    assert [one for one in ahead if "Planned" in one]
    assert "Nothing is planned for this day." in page(client, f"/calendar/day/{today + timedelta(days=900)}/")


def test_an_empty_month_says_so_and_no_year_is_too_far(cast: Cast) -> None:
    client = cast.client("outsider")
    assert "Nothing in this month." in page(client)
    assert "Nothing in this week." in page(client, "/calendar/week/2020-01-01/")
    for nonsense in ("month/0001-01-01", "week/9999-12-31", "day/1949-12-31", "month/2026-13-01"):
        assert client.get(f"/calendar/{nonsense}/").status_code == 404


@pytest.mark.browser
def test_the_keys_go_from_day_to_day_and_from_month_to_month(tab: Any, cast: Cast) -> None:
    filled(cast)
    page = tab("/calendar/month/2026-03-01/")
    page.locator('[data-day="2026-03-10"]').focus()
    for key, day in (("ArrowRight", "11"), ("ArrowDown", "18"), ("ArrowLeft", "17"), ("ArrowUp", "10")):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.dataset.day") == f"2026-03-{day}"
    page.keyboard.press("PageDown")
    page.get_by_role("heading", name="April 2026").wait_for()
    assert not page.said


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_calendar_is_accessible_and_a_list_on_a_phone(tab: Any, cast: Cast, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    today = filled(cast)
    for path in ("/calendar/", f"/calendar/week/{today}/", f"/calendar/day/{today - timedelta(days=1)}/"):
        page = tab(path, width=360, scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        found = Axe().run(page)
        assert found.response["violations"] == [], (path, found.generate_report())
        assert not page.said
        assert not page.outside
