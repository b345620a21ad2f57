"""Screening: the most urgent wins, unknown is not no, and every verdict says why."""

from __future__ import annotations

from datetime import date

import pytest

from evengait.analysis.screening.facts import Facts
from evengait.analysis.screening.screen import screen
from evengait.analysis.screening.truth import truth
from evengait.core.intake import Intake, read_intake
from evengait.core.red_flag import AtLeast, Finding
from evengait.knowledge.red_flag_book import red_flag_book
from vignette_files import Vignette, shared_vignettes, vignettes

BOOK = red_flag_book()
YES, NO, OPEN = (Finding(f"findings.{name}", "yes") for name in ("limp", "fever", "unwell"))
FACTS = Facts(read_intake({"findings": {"limp": True, "fever": False}}).intake)


def verdict_of(data: dict[str, object]):
    return screen(read_intake(data).intake, BOOK, date(2026, 11, 25))


@pytest.mark.parametrize(
    ("need", "parts", "value"),
    [
        (1, (YES, NO), True), (1, (NO, OPEN), None), (1, (NO, NO), False), (1, (YES, OPEN), True),
        (2, (YES, NO), False), (2, (YES, OPEN), None), (2, (NO, OPEN), False), (2, (YES, YES), True),
        (2, (YES, NO, OPEN), None), (3, (YES, NO, OPEN), False), (2, (OPEN, OPEN, NO), None),
    ],
)  # fmt: skip
def test_conditions_follow_kleenes_tables(need: int, parts: tuple[Finding, ...], value: bool | None) -> None:
    assert truth(AtLeast(need, parts), FACTS) is value


@pytest.mark.parametrize("vignette", [*vignettes(), *shared_vignettes()], ids=lambda v: v.name)
def test_a_vignette_comes_out_as_it_should(vignette: Vignette) -> None:
    verdict = screen(vignette.read(), BOOK, date(2026, 11, 25))
    assert verdict.level in vignette.levels
    assert verdict.running in vignette.running
    assert set(vignette.consider) <= set(verdict.consider)
    fired = {f.rule.id for f in verdict.fired}
    assert set(vignette.fires) <= fired
    assert not set(vignette.silent) & fired


def test_the_seeds_runner_is_told_to_stop_to_see_a_clinician_and_what_to_ask_about() -> None:
    seed = next(v for v in vignettes() if v.name == "the seed's runner")
    verdict = screen(seed.read(), BOOK)
    assert (verdict.level, verdict.running) == ("within_days", "stop")
    assert verdict.fired[0].rule.id == "possible-bone-stress-injury"
    assert verdict.consider[0] == "sacral_bone_stress_injury"
    assert "saddle_numbness" in [question.name for question in verdict.questions]


def test_nothing_known_is_not_self_care() -> None:
    verdict = screen(Intake(), BOOK)
    assert (verdict.level, verdict.running) == ("routine", "restrict")
    assert verdict.could_reach == "emergency"


def test_how_long_it_lasted_follows_from_its_date() -> None:
    intake = read_intake({"age": 40, "onset": {"date": "2026-11-20"}}).intake
    assert Facts(intake, date(2026, 11, 25)).value("duration_days") == 5
    assert Facts(intake).value("duration_days") is None
    assert Facts(intake, date(2026, 11, 1)).value("duration_days") is None
    assert Facts(intake, date(2026, 11, 25)).value("age_at_onset") == pytest.approx(39.986, abs=0.001)
