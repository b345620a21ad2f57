from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.analysis.exposures import exposures_by_day
from evengait.analysis.surface.paved_share import paved_share
from evengait.core.columns import table

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    import polars as pl

    Sessions = Callable[[list[dict[str, Any]]], pl.DataFrame]
    Day = Callable[[int], date]


@pytest.mark.parametrize(
    ("sub_sport", "distance_m", "dirt_m", "label", "expected"),
    [
        ("trail", 10_000.0, 2_500.0, "paved", (1.0, "label")),
        ("trail", 10_000.0, 2_500.0, 0.3, (0.3, "label")),
        ("treadmill", 10_000.0, None, "Paved ", (1.0, "label")),
        ("trail", 10_000.0, 2_500.0, None, (0.75, "dirt_distance")),
        ("generic", 10_000.0, 0.0, None, (1.0, "dirt_distance")),
        (None, 10_000.0, 12_000.0, None, (0.0, "dirt_distance")),
        ("trail", 10_000.0, 2_500.0, "lunar", (0.75, "dirt_distance")),
        ("trail", 10_000.0, 2_500.0, 7.0, (0.75, "dirt_distance")),
        ("trail", None, 2_500.0, None, (0.0, "sub_sport")),
        ("street", None, None, None, (1.0, "sub_sport")),
        ("generic", 10_000.0, None, None, (None, None)),
        ("track", 10_000.0, None, None, (None, None)),
        ("treadmill", 10_000.0, 0.0, None, (None, None)),
        (None, None, None, None, (None, None)),
        (None, 0.0, 0.0, None, (None, None)),
    ],
)
def test_the_most_telling_witness_speaks(
    sub_sport: str | None,
    distance_m: float | None,
    dirt_m: float | None,
    label: Any,
    expected: tuple[Any, Any],
) -> None:
    assert paved_share(sub_sport, distance_m, dirt_m, label) == expected


@given(
    st.sampled_from([None, "trail", "street", "treadmill", "x"]),
    st.none() | st.floats(0, 1e5),
    st.none() | st.floats(-10, 1e5),
    st.none() | st.sampled_from(["dirt", "mixed", "?"]) | st.floats(-1, 2),
)
def test_a_share_has_a_source_of_the_table_and_no_share_has_none(
    sub_sport: str | None, distance_m: float | None, dirt_m: float | None, label: Any
) -> None:
    share, source = paved_share(sub_sport, distance_m, dirt_m, label)
    assert (share is None) == (source is None)
    if share is not None:
        assert 0 <= share <= 1
        assert source in (table("sessions")["surface_source"].values or ())


def test_a_date_is_weighted_by_distance(sessions: Sessions, day: Day) -> None:
    rows = [{"day": 0, "km": 15.0, "paved_share": 1.0}, {"day": 0, "km": 5.0, "paved_share": 0.0}]
    assert exposures_by_day(sessions(rows), day(1))["paved_share"].to_list() == [0.75, None]


def test_a_date_known_for_under_half_of_its_distance_is_unknown(sessions: Sessions, day: Day) -> None:
    half = [{"day": 0, "km": 5.0, "paved_share": 1.0}, {"day": 0, "km": 5.0}]
    less = [{"day": 1, "km": 4.0, "paved_share": 1.0}, {"day": 1, "km": 5.0}]
    assert exposures_by_day(sessions([*half, *less]), day(1))["paved_share"].to_list() == [1.0, None]
