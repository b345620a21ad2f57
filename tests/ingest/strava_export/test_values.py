import pytest

from evengait.ingest.strava_export.values import dirt_known, number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1\u202f234,5", 1234.5),
        ("1'234.5", 1234.5),
        ("1.234.567", 1234567.0),
        ("1,234,567", 1234567.0),
        ("-3,5", -3.5),
        ("1.5e3", 1500.0),
        ("", None),
        ("fast", None),
        ("12 km", None),
        ("1.5e", None),
        ("1e999", None),
    ],
)
def test_numbers_are_read_in_any_language(text: str, value: float | None) -> None:
    assert number(text) == value


def test_blank_stays_unknown() -> None:
    assert dirt_known([None, None, 5.0]) == [None, None, 5.0]


def test_a_zero_counts_only_near_a_run_with_some_dirt() -> None:
    metres: list[float | None] = [0.0] * 60 + [10.0] + [0.0] * 60
    known = dirt_known(metres)
    assert known[9] is None
    assert known[10] == 0.0
    assert known[110] == 0.0
    assert known[111] is None


def test_nothing_but_zeros_is_unknown_not_paved() -> None:
    assert dirt_known([0.0] * 10) == [None] * 10


def test_a_negative_distance_is_unknown() -> None:
    assert dirt_known([-1.0, 4.0]) == [None, 4.0]
