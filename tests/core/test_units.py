"""Values as people read them."""

from __future__ import annotations

from datetime import date

import pytest

from evengait.core import units as u
from evengait.core.errors import UsageError


@pytest.mark.parametrize(
    "read",
    [
        lambda v: u.number(v),
        lambda v: u.distance(v, "mi"),
        lambda v: u.elevation(v, "km"),
        lambda v: u.pace(v, "mi"),
        lambda v: u.share(v),
        lambda v: u.quantity(v, "weeks", "km"),
    ],
)
@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_what_is_not_known_says_so_and_is_never_zero(read, value) -> None:
    assert read(value) == "not known"


def test_a_true_zero_is_a_zero() -> None:
    assert u.distance(0.0, "mi") == "0.0\xa0mi"
    assert u.number(0.0) == "0"
    assert u.quantity(0.0, "share", "km") == "0%"


def test_a_mile_is_1609_metres_and_a_foot_a_third_of_one() -> None:
    assert u.distance(42_195, "mi") == "26.2\xa0mi"
    assert u.elevation(304.8, "mi") == "1,000\xa0ft"
    assert u.pace(1609.344 / 480, "mi") == "8:00\xa0/mi"


def test_a_pace_never_shows_sixty_seconds() -> None:
    assert u.pace(1000 / 299.6, "km") == "5:00\xa0/km"


def test_distances_lose_their_decimal_where_it_says_nothing() -> None:
    assert u.distance(99_940, "km") == "99.9\xa0km"
    assert u.distance(99_960, "km") == "100\xa0km"


def test_numbers_keep_three_digits_and_a_proper_minus() -> None:
    assert [u.number(v) for v in (0.0012345, 9.996, 123_456.7, -1.25)] == [
        "0.00123",
        "10",
        "123,457",
        "−1.25",
    ]


def test_climb_reads_in_feet_and_way_in_miles() -> None:
    assert u.quantity(1000.0, "m", "mi", height=True) == "3,281\xa0ft"
    assert u.quantity(1000.0, "m", "mi") == "0.6\xa0mi"
    assert u.quantity_range(900.0, 1000.0, "m", "mi", height=True) == "2,953–3,281\xa0ft"


def test_both_ends_of_a_range_have_the_same_decimals() -> None:
    assert u.quantity_range(80_000, 250_000, "m", "km") == "80–250\xa0km"
    assert u.quantity_range(172.96, 175.0, "steps/min", "km") == "173.0–175.0\xa0steps/min"
    assert u.quantity_range(235.4, 241.2, "ms", "km") == "235–241\xa0ms"


def test_half_a_range_is_no_range() -> None:
    assert u.quantity_range(None, 3.0, "weeks", "km") == "not known"
    assert u.quantity_range(float("nan"), 3.0, "m", "km") == "not known"


def test_dates_read_in_plain_english_whatever_the_locale() -> None:
    assert u.long_day(date(2026, 11, 8)) == "Sunday 8 November 2026"
    assert u.short_day(date(2026, 3, 1)) == "1 Mar"


def test_a_span_names_month_and_year_once_where_it_can() -> None:
    assert u.day_span(date(2026, 11, 8), date(2026, 11, 8)) == "8 November 2026"
    assert u.day_span(date(2025, 12, 28), date(2026, 1, 3)) == "28 December 2025 to 3 January 2026"


def test_only_two_units_are_read_in() -> None:
    assert u.checked("km") == "km"
    with pytest.raises(UsageError, match="mi or km"):
        u.checked("furlong")


def test_pace_dates_and_numbers_are_written_the_german_way() -> None:
    from datetime import date

    from evengait.core.language import speaking

    with speaking("de"):
        assert u.pace(1000 / 330, "km") == "5:30\xa0min/km"
        assert u.distance(12_345, "km") == "12,3\xa0km"
        assert u.distance(1_234_500, "km") == "1.234\xa0km"
        assert u.long_day(date(2026, 11, 26)) == "Donnerstag, 26. November 2026"
        assert u.quantity_range(0.37, 0.67, "share", "km") == "37–67\u00a0%"
