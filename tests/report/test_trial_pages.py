"""The trial's pages: every verdict drawn, read aloud, on a phone and on paper."""

from __future__ import annotations

import io
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np
import pytest

from evengait.actions.analyse_trial import analyse_trial
from evengait.actions.design_trial import design_trial
from evengait.actions.gather_trial_days import GatheredDays
from evengait.analysis.trial.schedule import draw_schedule
from evengait.charts.export import to_svg
from evengait.charts.trial import trial
from evengait.core.trial import TrialDay
from evengait.knowledge import trial_rules
from evengait.report import trial_text
from evengait.report.trial import headline, render_agreement, render_trial
from evengait.simulation.trial import MadeUpPain, made_up_trial

if TYPE_CHECKING:
    from pathlib import Path

FIRST = date(2026, 9, 1)
STATES = ("helped", "no_reliable_change", "worse", "not_enough_data", "one_sided", "one_day", "long")


@cache
def answer(state: str) -> dict[str, Any]:
    """Return a trial's answer in one of the states it can be in."""
    plan = draw_schedule("belt", "aid", FIRST, 22 if state == "long" else 8, trial_rules(), seed=5)
    on = [bool(plan.assigned(FIRST + timedelta(days=i))) for i in range(plan.days)]
    pain = {
        "helped": MadeUpPain(effect=-3.5, missing=0.1),
        "worse": MadeUpPain(level=4, effect=4),
        "not_enough_data": MadeUpPain(sd=2.5, autocorrelation=0.6, missing=0.25),
    }.get(state, MadeUpPain(sd=0.8))
    days = made_up_trial(pain, on, FIRST, np.random.default_rng(3))
    if state == "one_sided":
        return analyse_trial(GatheredDays(tuple(days[:8])), plan)
    if state == "one_day":
        return analyse_trial(GatheredDays((TrialDay(FIRST),)))
    return analyse_trial(GatheredDays(tuple(days), ((9, "The date is not written as 2026-11-08."),)), plan)


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_drawn_by_a_valid_definition_and_said(state: str) -> None:
    told = answer(state)
    assert (
        state not in {"helped", "worse", "no_reliable_change", "not_enough_data"} or told["verdict"] == state
    )
    for compact in (False, True):
        alt.Chart.from_dict(trial(told, compact=compact).to_dict(validate=True), validate=True)
        assert to_svg(trial(told, compact=compact)).startswith("<svg")
    page = render_trial(told, generated=date(2026, 11, 25))
    text = trial_text.render_answer(told)
    for shown in (page, text):
        assert "nan" not in shown
        assert "None" not in shown
    assert headline(told) in " ".join(text.split())


def test_a_design_is_said_in_the_terminal_with_every_block() -> None:
    _, told = design_trial("belt", "aid", FIRST, seed=5)
    text = trial_text.render_design(told)
    assert text.count(" days ") >= len(told["blocks"])
    assert "usual diary" in text


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["helped", "not_enough_data", "one_sided", "agreement"])
def test_the_pages_are_accessible_and_keep_inside_a_phone(
    chromium: Any, tmp_path: Path, scheme: str, state: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    file = tmp_path / "page.html"
    if state == "agreement":
        page = render_agreement(design_trial("belt", "aid", FIRST, seed=5)[1], generated=FIRST)
    else:
        page = render_trial(answer(state), generated=FIRST)
    file.write_text(page, "utf-8")
    context = chromium.new_context(viewport={"width": 360, "height": 800}, color_scheme=scheme, offline=True)
    tab = context.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.goto(file.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
    # axe puts its own script in, which the page's policy forbids on purpose.
    context = chromium.new_context(
        viewport={"width": 1000, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    tab = context.new_page()
    tab.goto(file.as_uri())
    found = Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()
    context.close()
    assert not said


@pytest.mark.browser
def test_each_page_prints_on_at_most_two_sheets(chromium: Any, tmp_path: Path) -> None:
    import pypdf

    pages = {
        "answer": (render_trial(answer("helped"), generated=FIRST), 1),
        "agreement": (render_agreement(design_trial("belt", "aid", FIRST, seed=5)[1], generated=FIRST), 1),
    }
    for name, (page, most) in pages.items():
        (tmp_path / f"{name}.html").write_text(page, "utf-8")
        tab = chromium.new_page()
        tab.goto((tmp_path / f"{name}.html").as_uri())
        pdf = tab.pdf(format="A4")
        tab.close()
        assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) <= most, name
