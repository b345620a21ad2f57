"""A case from its opening to its end, in two browsers at once: the runner's and a physio's."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cast import Cast

TODAY = datetime.now(UTC).date()
FIELDS = ("The story, as it was told", "Pain in the diary")


@pytest.mark.browser
def test_a_runner_asks_a_physio_answers_and_what_was_shared_is_taken_back(tab: Any, cast: Cast) -> None:
    from evengait.core.diary import DiaryEntry
    from evengait.storage.records.diary import keep_day
    from evengait.storage.records.proposals import agenda_of

    owner: Any = cast.ids["runner"]
    keep_day(owner, DiaryEntry(TODAY, pain_during_nprs=7.0))
    hers = tab(f"/hurts/{cast.ids['problem']}/")
    hers.get_by_role("link", name="Open it for answers").click()
    hers.get_by_label("Title").fill("Does the left one work?")
    hers.get_by_label("What do you want to ask?").fill("It hurts where I sit.")
    hers.get_by_role("button", name="Open the case").click()
    hers.get_by_role("heading", name="Does the left one work?").wait_for()
    at = hers.url

    physios = tab("/cases/", "clinician")
    assert physios.get_by_text("Does the left one work?").count() == 0

    hers.get_by_role("link", name="Who sees this").click()
    for field in FIELDS:
        hers.get_by_role("checkbox", name=re.compile(f"^{field}")).check()
    hers.get_by_label("Every clinician verified by this desk").check()
    hers.get_by_role("button", name="See what they will see").click()
    hers.get_by_role("button", name="Share exactly this").click()
    hers.get_by_text("Shared. You can take it back").wait_for()

    physios.reload()
    physios.get_by_role("link", name="Does the left one work?").click()
    shared = physios.get_by_role("complementary", name="Shared with you")
    assert [text.strip() for text in shared.locator("summary").all_inner_texts()] == [
        "The story, as it was told", "Pain in the diary, the last six weeks",
    ]  # fmt: skip
    assert shared.get_by_text("a-story-that-is-hers").is_visible()
    physios.get_by_label("Your reply").fill("Let us see what it can do.")
    physios.get_by_text("Propose something she can accept").click()
    physios.get_by_label("What do you propose?").select_option("A one-sided exercise")
    physios.get_by_label("In one or two sentences").fill("Bridge on the left, ten times")
    physios.get_by_label("For a one-sided exercise: which side").select_option("Left")
    physios.get_by_label("Every so many days").fill("1")
    physios.get_by_role("button", name="Send").click()
    physios.get_by_text("waits for the runner").wait_for()

    hers.goto(at)
    hers.get_by_role("button", name="Accept").click()
    hers.get_by_text("Accepted. It stands in your calendar").wait_for()
    found = [(i.date, i.text, i.side, i.by, i.by_clinician) for i in agenda_of(owner, TODAY, TODAY)]
    assert found == [(TODAY, "Bridge on the left, ten times", "left", "Clinician", True)]

    hers.goto("/calendar/")
    assert hers.get_by_text("Bridge on the left, ten times").first.is_visible()

    hers.goto(at)
    hers.get_by_role("link", name="Who sees this").click()
    hers.get_by_role("button", name=re.compile("^Take back Pain in the diary")).click()
    hers.get_by_text("Taken back. It is not there any more.").wait_for()
    physios.reload()
    assert shared.locator("summary").all_inner_texts() == ["The story, as it was told"]
    hers.get_by_role("button", name="Take everything back").click()
    hers.get_by_text("The case is yours alone.").wait_for()
    assert physios.reload().status == 404
    assert physios.get_by_text("a-story-that-is-hers").count() == 0
    assert len(agenda_of(owner, TODAY, TODAY)) == 1
    assert [said for page in (hers, physios) for said in page.said if "404" not in said] == []
