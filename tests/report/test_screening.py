"""A verdict as people see it: most urgent first, sources with grades, nothing that diagnoses or clears."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from evengait.actions.screen_intake import Screening, screen_intake
from evengait.core.intake import read_intake
from evengait.core.red_flag import LEVELS
from evengait.knowledge.red_flag_book import red_flag_book
from evengait.report.safety import safety_net
from evengait.report.screening import headline
from evengait.report.screening_text import render
from vignette_files import Vignette, vignettes

if TYPE_CHECKING:
    from evengait.core.red_flag import RuleBook

BOOK = red_flag_book()
FORBIDDEN = re.compile(
    r"safe to run|you have an? \w+ (injury|fracture|disease)|probab|risk of|% chance", re.IGNORECASE
)


def screened(vignette: Vignette) -> Screening:
    return screen_intake(vignette.read())


@pytest.mark.parametrize("vignette", vignettes()[::3], ids=lambda v: v.name)
def test_what_is_shown_starts_with_where_to_go_and_ends_with_what_it_is_not(vignette: Vignette) -> None:
    data = screened(vignette).data
    text = render(data)
    assert " ".join(text.split()).startswith(" ".join(data["headline"].split()))
    assert " ".join(text.split()).endswith(data["not_a_diagnosis"])
    assert "not reviewed by a clinician" in text
    assert not FORBIDDEN.search(text), FORBIDDEN.search(text)
    assert all(len(line) <= 80 for line in text.splitlines())
    for source in data["sources"].values():
        assert f"grade {source['grade']}" in " ".join(text.split())


@pytest.mark.parametrize("vignette", vignettes()[::3], ids=lambda v: v.name)
def test_the_document_is_json_and_gives_reasons_most_urgent_first(vignette: Vignette) -> None:
    data = json.loads(json.dumps(screened(vignette).data))
    levels = [reason["level"] for reason in data["reasons"]]
    assert levels == sorted(levels, key=LEVELS.index)
    assert all(reason["because"] and reason["evidence"] for reason in data["reasons"])
    assert all(
        sentence[0].isupper() and sentence.endswith(".") for r in data["reasons"] for sentence in r["because"]
    )
    assert len(data["safety_net"]) == sum(len(group.signs) for group in safety_net().groups)


def test_where_to_go_is_said_in_the_words_of_the_safety_net() -> None:
    for group in safety_net().groups:
        assert headline(group.level) == f"{group.when}: {group.where}"
    assert [group.level for group in safety_net().groups] == list(LEVELS[:3])


def test_in_an_emergency_the_ordinary_is_left_out_of_what_to_ask_about() -> None:
    intake = read_intake({"site": "lower_back", "findings": {"saddle_numbness": True}}).intake
    data = screen_intake(intake).data
    assert "low_back_pain" in data["consider"]
    assert data["ask_about"] == ["pressed nerves at the base of the spine (cauda equina)"]


def test_a_narrow_terminal_without_colour_and_typographic_signs_says_the_same() -> None:
    data = screened(vignettes()[0]).data
    wide, narrow = render(data, width=100), render(data, width=44, ascii_only=True)
    assert narrow.isascii()
    assert max(map(len, narrow.splitlines())) <= 44
    plain = [re.sub(r"[^A-Za-z0-9]+", " ", text).split() for text in (wide, narrow)]
    assert plain[0] == plain[1]
    assert "\x1b[" in render(data, colour=True)


def test_a_review_that_is_overdue_shows_in_the_same_way() -> None:
    rules = [
        replace(r, status="reviewed", reviewed_by=("Dr Own",), review_due="2027-05-25") for r in BOOK.rules
    ]
    book = replace(BOOK, rules=tuple(rules))
    intake = read_intake({"site": "knee", "findings": {"limp": True}}).intake

    def review(today: date | None, of: RuleBook = book) -> tuple[str, str]:
        data = screen_intake(intake, today=today, rules=of).data
        return data["rules"]["review"], data["reasons"][0]["review"]

    assert review(date(2027, 5, 25)) == ("reviewed", "reviewed")
    assert review(date(2027, 5, 26)) == ("reviewed, but due to be reviewed again",) * 2
    assert review(None) == ("reviewed", "reviewed")
    one_draft = replace(book, rules=(*book.rules[1:], BOOK.rules[0]))
    assert review(date(2027, 5, 25), one_draft)[0] == "not reviewed by a clinician"
