"""Today: what to do and why, one tap and its undo, with a plan, without one, on a phone."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from planning import CALM, her, planned, today_of

from evengait.core.diary import DiaryEntry

if TYPE_CHECKING:
    from datetime import date

    from cast import Cast


def page(client: Any) -> str:
    return str(client.get("/").content.decode())


def tapped(client: Any, today: date, **told: str) -> Any:
    return client.post("/today/tap/", {"day": today.isoformat()} | told)


def test_the_page_says_what_today_is_for_and_why(cast: Cast) -> None:
    planned(cast)
    text = page(cast.client("owner"))
    assert "<h1>Today: 6 × (walk 4 min, run 1 min).</h1>" in text
    assert "stop and walk home if pain goes above" in text
    assert "What the plan decided last" in text
    assert "advance-gates" in text
    assert "Not reviewed by a clinician." in text
    assert "evengait plan" not in text
    assert "--" not in re.sub(r"<[^>]*>", "", text)


def test_a_plan_that_is_stopped_shows_no_run_and_says_who_comes_first(cast: Cast) -> None:
    planned(cast, findings=CALM["findings"] | {"cannot_bear_weight": True})
    text = page(cast.client("owner"))
    assert "No run today: a clinician comes first." in text
    assert "Did it" not in text
    assert "evengait plan" not in text


def test_one_tap_is_kept_and_undone(cast: Cast) -> None:
    from evengait.storage.records.diary import diary_of

    planned(cast)
    client, today = cast.client("owner"), today_of(cast)
    assert tapped(client, today, field="pain_during_nprs", value="3").headers["Location"] == "/"
    assert diary_of(her(cast).id, today, today) == [DiaryEntry(today, pain_during_nprs=3.0)]
    text = page(client)
    assert "Kept: 3 of 10 during the run or walk" in text
    assert "Kept: 3 of 10" not in page(client), "it is offered once"
    tapped(client, today, field="pain_during_nprs", value="4")
    undo = {"day": today.isoformat(), "field": "pain_during_nprs", "before": "3"}
    client.post("/today/undo/", undo)
    assert diary_of(her(cast).id, today, today)[0].pain_during_nprs == 3
    client.post("/today/undo/", undo | {"before": ""})
    assert diary_of(her(cast).id, today, today) == []


def test_did_it_and_skipped_it_are_marks_and_nothing_more(cast: Cast) -> None:
    from evengait.storage.records.marks import marks_of

    planned(cast)
    client, today = cast.client("owner"), today_of(cast)
    tapped(client, today, field="mark-run", value="done")
    text = page(client)
    assert "done, as you said" in text
    assert "<h1>Today is done.</h1>" in text
    tapped(client, today, field="mark-run", value="skipped")
    assert [mark.said for mark in marks_of(her(cast).id, today, today)] == ["skipped"]
    client.post("/today/undo/", {"day": today.isoformat(), "field": "mark-run", "before": ""})
    assert marks_of(her(cast).id, today, today) == []


def test_a_trial_asks_whether_it_was_used(cast: Cast) -> None:
    from evengait.actions.design_trial import design_trial
    from evengait.actions.keep_trial import keep_schedule
    from evengait.storage.records.diary import diary_of, keep_day

    planned(cast)
    today, runner = today_of(cast), her(cast).id
    keep_schedule(runner, design_trial("tape", "aid", today, seed=5)[0])
    keep_day(runner, DiaryEntry(today, aids=("belt",)))
    client = cast.client("owner")
    assert "As you are, without the tape" in page(client)
    tapped(client, today, field="aids", what="tape", value="yes")
    assert diary_of(runner, today, today)[0].aids == ("belt", "tape")
    tapped(client, today, field="aids", what="tape", value="no")
    tapped(client, today, field="aids", what="belt", value="no")
    assert diary_of(runner, today, today)[0].aids == ()
    client.post("/today/undo/", {"day": today.isoformat(), "field": "aids", "before": "belt,tape"})
    assert diary_of(runner, today, today)[0].aids == ("belt", "tape")


@pytest.mark.parametrize(
    "wrong",
    [
        {"field": "pain_daily_nprs", "value": "11"},
        {"field": "pain_daily_nprs", "value": "much"},
        {"field": "notes", "value": "3"},
        {"field": "mark-run", "value": "perhaps"},
        {"field": "aids", "value": "yes", "what": "my belt!"},
        {"field": "pain_daily_nprs", "value": "3", "day": "2999-01-01"},
    ],
)
def test_what_no_button_sends_is_refused(cast: Cast, wrong: dict[str, str]) -> None:
    from evengait.storage.records.diary import diary_of

    planned(cast)
    client, before = cast.client("owner"), diary_of(her(cast).id)
    assert tapped(client, today_of(cast), **wrong).status_code == 302
    assert diary_of(her(cast).id) == before
    assert "could not be kept" in page(client)
    undone = {"day": today_of(cast).isoformat(), "field": "pain_daily_nprs", "before": "many"}
    client.post("/today/undo/", undone)
    assert "could not be kept" in page(client)


def test_a_plan_whose_rules_are_not_here_is_told(cast: Cast) -> None:
    from evengait.storage.records.plans import active_plan, start_plan

    planned(cast)
    record = active_plan(her(cast).id)
    assert record is not None
    start_plan(her(cast).id, replace(record, progression_version="1999-01-01"))
    assert "not in this program" in page(cast.client("owner"))


@pytest.mark.browser
def test_a_tap_changes_the_page_without_a_reload_and_is_undone(tab: Any, cast: Cast) -> None:
    from evengait.storage.records.diary import diary_of

    planned(cast)
    page = tab("/", width=360)
    group = page.get_by_role("group", name="During today’s run")
    group.get_by_role("button", name="2", exact=True).click()
    page.get_by_text("Kept: 2 of 10").wait_for()
    pressed = page.get_by_role("group", name="During today’s run").get_by_role("button", name="2", exact=True)
    assert pressed.get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back.").wait_for()
    today = today_of(cast)
    assert diary_of(her(cast).id, today, today) == []
    assert not page.said
    assert not page.outside


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit_a_phone(tab: Any, cast: Cast, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    planned(cast)
    day = today_of(cast).isoformat()
    for path in ("/", "/more/", "/diary/", f"/diary/{day}/"):
        page = tab(path, width=360, scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        found = Axe().run(page)
        assert found.response["violations"] == [], (path, found.generate_report())
        assert not page.said
        assert not page.outside
