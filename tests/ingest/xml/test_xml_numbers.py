"""Numbers and instants as text."""

import math
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.ingest.xml._numbers import parse_number, parse_time


@given(st.decimals(-(10**9), 10**9, places=6))
def test_a_decimal_of_fifteen_digits_is_the_nearest_double(value: object) -> None:
    assert parse_number(str(value)) == float(str(value))


@given(st.floats(-1e15, 1e15))
def test_any_double_comes_back_within_its_last_digits(value: float) -> None:
    assert math.isclose(parse_number(repr(value)), value, rel_tol=1e-15, abs_tol=1e-25)


@pytest.mark.parametrize(
    "text", ["", " ", "-", ".", "e5", "NaN", "inf", "1_000", "1 2", "0x10", "1.2.3", "٣", "1e99"]
)
def test_what_is_no_number_is_nan(text: str) -> None:
    assert math.isnan(parse_number(text))


@given(st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 30)), st.integers(-840, 840))  # noqa: DTZ001
def test_an_instant_is_what_the_standard_library_says(local: datetime, minutes: int) -> None:
    text = local.replace(tzinfo=timezone(timedelta(minutes=minutes))).isoformat()
    us, offset = parse_time(text)
    assert us == (datetime.fromisoformat(text) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
        microseconds=1
    )
    assert offset == minutes * 60


@pytest.mark.parametrize(
    "text",
    ["2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T00:60:00Z", "2026-03-01",
     "1969-12-31T00:00:00Z", "2200-01-01T00:00:00Z", "2026-03-01T00:00:00+15:00", "0000-01-01T00:00:00Z", "x"],
)  # fmt: skip
def test_what_is_no_instant_is_nan(text: str) -> None:
    assert all(map(math.isnan, parse_time(text)))


def test_digits_past_microseconds_are_cut() -> None:
    assert parse_time("2026-03-01T08:00:00.1234567890Z")[0] == 1_772_352_000_123_456
