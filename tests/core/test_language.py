"""A sentence in the language that is spoken, and numbers, dates and units as that language writes them."""

from __future__ import annotations

from datetime import date
from threading import Thread

import pytest

from evengait.core import units as u
from evengait.core.language import LANGUAGES, OFFERED, figures, offered, say, say_many, speaking, spoken


def test_english_is_spoken_where_nobody_asked() -> None:
    assert spoken() == "en"
    assert say("A sentence that no catalogue has, {n}.", n=3) == "A sentence that no catalogue has, 3."


def test_what_a_catalogue_lacks_is_said_in_english() -> None:
    with speaking("de"):
        assert say("A sentence that no catalogue has.") == "A sentence that no catalogue has."
        assert say_many("{n} thing of old", "{n} things of old", 2) == "2 things of old"


def test_an_empty_text_is_never_the_catalogues_own_heading() -> None:
    with speaking("de"):
        assert say("") == ""


def test_a_language_that_is_not_known_is_english() -> None:
    with speaking("xx"):
        assert spoken() == "en"


def test_another_thread_speaks_its_own_language() -> None:
    heard = []
    with speaking("de"):
        thread = Thread(target=lambda: heard.append(spoken()))
        thread.start()
        thread.join()
    assert heard == ["en"]


@pytest.mark.parametrize(
    ("text", "german"), [("1,234.5", "1.234,5"), ("0.982", "0,982"), ("−0.5", "−0,5"), ("7:40", "7:40")]
)
def test_german_numbers_part_thousands_by_points(text: str, german: str) -> None:
    with speaking("de"):
        assert figures(text) == german


def test_distances_read_alike_in_both_languages_but_for_their_signs() -> None:
    with speaking("de"):
        assert u.distance(1_234_500, "km", 1) == "1.234,5\xa0km"
        assert u.distance(41_200, "mi") == "25,6\xa0mi"
        assert u.elevation(1234.4, "km") == "1.234\xa0m"
        assert u.pace(3.5, "mi") == "7:40\xa0min/mi"
    assert u.distance(1_234_500, "km", 1) == "1,234.5\xa0km"


def test_a_date_is_written_in_full_in_english() -> None:
    assert u.long_day(date(2026, 11, 26)) == "Thursday 26 November 2026"


@pytest.mark.parametrize("wanted", ["en-GB,en;q=0.9", "fr-CH, fr;q=0.9", "", "*", "de;q=0", "de;q=x"])
def test_what_is_not_on_offer_is_answered_in_english(wanted: str) -> None:
    assert offered(wanted) == "en"


def test_every_language_on_offer_is_known() -> None:
    assert set(OFFERED) <= set(LANGUAGES)
