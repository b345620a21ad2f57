"""The words of the report: a training log's, never a verdict on a body."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from pages import STATES, page

from evengait.report import words
from evengait.report.terminal import render
from made_up import made_up_explanation

FORBIDDEN = re.compile(
    r"\brisk|diagnos|safe to run|\bcaused by\b|\d+\s?% (?:chance|probability|likel)", re.IGNORECASE
)
ROOM = Path(str(files("evengait.report")))


def seen(html: str) -> str:
    """Return what a person reads: no style, no tags, no drawing."""
    return re.sub(r"\s+", " ", re.sub(r"<style.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL))


@pytest.mark.parametrize("state", STATES)
def test_the_page_never_speaks_of_risk_or_clears_anybody(state) -> None:
    text = seen(page(state)).replace(words.NOT_A_DIAGNOSIS, "")
    assert FORBIDDEN.findall(text) == []


@pytest.mark.parametrize("verdict", ["stands_out", "nothing_unusual", "cannot_tell"])
def test_the_terminal_never_does_either(verdict) -> None:
    text = " ".join(render(made_up_explanation(verdict)).split()).replace(words.NOT_A_DIAGNOSIS, "")
    assert FORBIDDEN.findall(text) == []


def test_no_template_and_no_sentence_in_the_room_does() -> None:
    for path in [*ROOM.rglob("*.html"), *ROOM.rglob("*.toml"), *ROOM.rglob("*.py")]:
        text = path.read_text("utf-8")
        text = (
            text.replace("This is not a diagnosis", "")
            .replace("not_a_diagnosis", "")
            .replace("NOT_A_DIAGNOSIS", "")
        )
        assert FORBIDDEN.findall(text) == [], path.name


@pytest.mark.parametrize("state", STATES)
def test_every_page_says_that_it_is_no_diagnosis_and_proves_no_cause(state) -> None:
    text = seen(page(state))
    assert words.NOT_A_DIAGNOSIS in text
    assert "One onset cannot prove a cause." in text
    assert "Signs that cannot wait" in text
    assert "Not reviewed by a clinician." in text


def test_how_sure_is_told_in_the_runners_own_dates() -> None:
    assert words.how_sure(made_up_explanation()).startswith("At 2 of 76 of your own pain-free dates")
    assert words.how_sure(made_up_explanation("nothing_unusual")).startswith("At 41 of 76 ")


def test_no_date_at_all_is_none_not_zero() -> None:
    explanation = made_up_explanation()
    explanation["by_chance"]["p_any"] = 1 / 77
    assert words.how_sure(explanation).startswith("At none of 76 ")


def test_cannot_tell_gives_no_count_of_dates() -> None:
    told = words.how_sure(made_up_explanation("cannot_tell"))
    assert "11 of the 20" in told
    assert "pain-free dates" not in told


def test_gait_is_told_as_a_change_from_the_runners_own_usual() -> None:
    told = words.gait(made_up_explanation())
    assert "Since 26 October 2026 (nine chances in ten: from 24 Oct to 28 Oct) your left foot" in told
    assert "imbalance" not in told


def test_no_change_of_gait_says_how_small_a_change_could_be_seen() -> None:
    assert "(0.6 points)" in words.gait(made_up_explanation("nothing_unusual"))


def test_without_a_sentence_that_answers_a_plain_one_stands_in() -> None:
    for verdict in words.STATES:
        assert "8 November" in words.answer(made_up_explanation(verdict) | {"answer": None})


def test_a_date_in_the_answer_stays_on_one_line() -> None:
    assert "8\xa0November" in words.answer(made_up_explanation())
