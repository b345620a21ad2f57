"""Pages for paper: the plan and the gym sheet, one page each, in a real browser, off the network."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from evengait.analysis.strength.plan import strength_plan
from evengait.core.errors import UsageError
from evengait.core.plan import Decision, Plan, PlanDay, RunDose
from evengait.core.strength_setup import OneSided, StrengthSetup, kit_of
from evengait.knowledge.strength_book import exercises, strength_block
from evengait.report.gym_sheet import gym_sheet
from evengait.report.plan_page import plan_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY = date(2026, 11, 26)
HIKE = OneSided("own:hip hike", "left", 3, 10, entered_by="clinician")
SETUP = StrengthSetup(kit_of(["gym"]), "foot", weekdays=(0, 3), one_sided=(HIKE,))
BLOCK = strength_plan(strength_block(), exercises(), SETUP, start=TODAY, today=TODAY)
RUNS = tuple(
    PlanDay(
        TODAY + timedelta(days=2 * i), "run", "Two runs inside the profile bring the next stage.",
        RunDose(6, 180, 120), "S2", provisional=i > 1,
    )
    for i in range(7)
)  # fmt: skip
DECISIONS = tuple(
    Decision(
        TODAY, word, ("Two runs stayed inside the profile, the mornings after were as usual.",), "r", "v"
    )
    for word in ("advance", "hold", "regress", "advance")
)
PLAN = Plan(
    TODAY, "running", "S2", (*RUNS, *BLOCK.days), DECISIONS, "walk_run", "2026-11-26", "draft",
    because=("Stage S2.",), ask=("How was the morning after?",), caveats=BLOCK.caveats,
)  # fmt: skip
BLOCKED = Plan(
    TODAY, "blocked", "", (), (), "walk_run", "2026-11-26", "draft", blocked_by="x", because=("A clinician first.",)
)  # fmt: skip
PAGES = {
    "plan": plan_page(PLAN, generated=TODAY),
    "strength_only": plan_page(replace(PLAN, days=BLOCK.days, decisions=(), progression=""), generated=TODAY),
    "blocked": plan_page(BLOCKED, generated=TODAY),
    "first_session": gym_sheet(BLOCK.days[0], pain_limit=2.0, caveats=BLOCK.caveats),
    "last_session": gym_sheet(BLOCK.days[-1], weights="lb", pain_limit=2.0, caveats=BLOCK.caveats),
}


def test_a_sheet_has_a_box_for_each_set_and_asks_for_pain_only_where_something_hurts() -> None:
    page = PAGES["first_session"]
    squat = page.split("<h2>Barbell squat")[1].split("</section>")[0]
    assert squat.count('class="box">kg<') == 3
    assert squat.count('class="box">reps<') == 3
    assert "find it" in page
    assert "more than 2 of 10" in page
    assert "Morning after" in page
    assert (
        "pain"
        not in gym_sheet(BLOCK.days[0]).replace("nothing hurts", "").split("<footer>")[0].split("<body")[1]
    )


def test_a_clinicians_exercise_says_its_side() -> None:
    assert "hip hike" in PAGES["first_session"]
    assert "left side only" in PAGES["first_session"]


def test_a_sheet_is_made_of_a_strength_day_alone() -> None:
    with pytest.raises(UsageError, match="strength day"):
        gym_sheet(RUNS[0])


def test_the_plan_shows_runs_sessions_reasons_and_the_signs_that_cannot_wait() -> None:
    text = re.sub(r"<[^>]+>", " ", PAGES["plan"]).replace("\N{NO-BREAK SPACE}", " ")
    for part in ("6 × (walk 3 min, run 2 min)", "Strength 12", "Signs that cannot wait", "not reviewed by a clinician",
                 "regress", "How was the morning after?", "not a diagnosis"):  # fmt: skip
        assert part in text, part
    assert "No run is planned until this is cleared" in PAGES["blocked"]


def test_what_others_wrote_is_escaped() -> None:
    bad = replace(PLAN, because=("<script>alert(1)</script>",))
    assert "<script>" not in plan_page(bad, generated=TODAY)


@pytest.fixture
def opened(chromium: Any, tmp_path: Path) -> Iterator[Any]:
    """Return a function that opens one of the pages from a file, without any network."""
    contexts = []

    def open_page(name: str, *, width: int = 1000, scheme: str = "light") -> Any:
        file = tmp_path / f"{name}.html"
        file.write_text(PAGES[name], "utf-8")
        context = chromium.new_context(
            viewport={"width": width, "height": 820}, color_scheme=scheme, offline=True
        )
        contexts.append(context)
        tab = context.new_page()
        tab.said = []
        tab.on("console", lambda message: tab.said.append(message.text))
        tab.goto(file.as_uri())
        return tab

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.browser
@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("name", PAGES)
def test_it_prints_on_one_page(opened: Any, name: str, size: str) -> None:
    from pypdf import PdfReader

    pdf = PdfReader(io.BytesIO(opened(name, scheme="dark").pdf(format=size)))
    assert len(pdf.pages) == 1
    assert "not a diagnosis" in pdf.pages[0].extract_text()


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_wrong_and_nothing_scrolls_sideways(opened: Any, name: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for width, scheme in ((1000, "light"), (1000, "dark"), (360, "light")):
        tab = opened(name, width=width, scheme=scheme)
        found = Axe().run(tab)
        assert found.response["violations"] == [], found.generate_report()
        room = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert tab.evaluate(room) <= 0
        assert tab.said == []
