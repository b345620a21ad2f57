"""Which witness of the ground speaks."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from evengait.analysis.surface.ground_metres import by_profile
from evengait.analysis.surface.told import ground_of, with_ground
from evengait.core.columns import polars_schema
from evengait.knowledge.ground_rules import ground_rules


def sessions(*rows: dict[str, Any]) -> pl.DataFrame:
    schema = polars_schema("sessions")
    return pl.DataFrame([dict.fromkeys(schema) | row for row in rows], schema=schema)


def surfaces(*rows: dict[str, Any]) -> pl.DataFrame:
    schema = polars_schema("surfaces")
    zero = {f"{name}_m": 0.0 for name in ("paved", "gravel", "trail", "other", "unknown")}
    return pl.DataFrame(
        [dict.fromkeys(schema) | zero | {"source": "map", "sure": 0.9} | row for row in rows], schema=schema
    )


MAP = {"session": "a", "paved_m": 600.0, "gravel_m": 200.0, "trail_m": 200.0, "unknown_m": 500.0}


@pytest.mark.parametrize(
    ("before", "told", "share", "source"),
    [
        ((None, None), MAP, 0.6, "map"),
        ((0.9, "dirt_distance"), MAP, 0.6, "map"),
        ((0.0, "sub_sport"), MAP, 0.6, "map"),
        ((0.3, "label"), MAP, 0.3, "label"),
        ((0.9, "dirt_distance"), MAP | {"unknown_m": 1100.0}, 0.9, "dirt_distance"),
        ((0.9, "dirt_distance"), MAP | {"other_m": 1100.0}, 0.9, "dirt_distance"),
        ((0.0, "sub_sport"), MAP | {"sure": 0.5}, 0.0, "sub_sport"),
        ((0.0, "sub_sport"), MAP | {"source": "sub_sport"}, 0.0, "sub_sport"),
        ((None, None), MAP | {"sure": None}, None, None),
        ((None, None), MAP | {"session": "b"}, None, None),
        ((None, None), {"session": "a"}, None, None),
        ((None, None), {"session": "a", "paved_m": None, "source": None}, None, None),
    ],
)
def test_label_then_map_then_export_then_profile(
    before: tuple[Any, Any], told: dict[str, Any], share: float | None, source: str | None
) -> None:
    row = sessions({"session": "a", "paved_share": before[0], "surface_source": before[1]})
    found = with_ground(row, surfaces(told)).row(0, named=True)
    assert (found["paved_share"], found["surface_source"]) == (share, source)
    by_map = source == "map"
    assert (found["gravel_share"], found["trail_share"]) == ((0.2, 0.2) if by_map else (None, None))
    assert found["surface_sure"] == (0.9 if by_map else None)


def test_rows_keep_their_order_and_columns() -> None:
    rows = sessions(*({"session": name} for name in "cab"))
    found = with_ground(rows, surfaces(MAP))
    assert found["session"].to_list() == ["c", "a", "b"]
    assert found.schema == rows.schema


def test_the_four_shares_add_up_and_a_running_track_is_unknown() -> None:
    found = ground_of(surfaces(MAP | {"other_m": 500.0}, {"session": "b"}))["surfaces"].to_list()
    parts = [found[0][name] for name in ("paved", "gravel", "trail", "unknown")]
    assert parts == pytest.approx([0.3, 0.1, 0.1, 0.5])
    assert found[1]["paved"] is None


@pytest.mark.parametrize(
    ("sub_sport", "on"),
    [
        ("trail", "trail_m"),
        ("street", "paved_m"),
        ("treadmill", "other_m"),
        ("track", "other_m"),
        (None, "unknown_m"),
        ("generic", "unknown_m"),
    ],
)
def test_without_positions_the_watchs_profile_tells(sub_sport: str | None, on: str) -> None:
    found = by_profile(sub_sport, 8000.0, ground_rules())
    assert found is not None
    assert getattr(found, on) == 8000.0
    assert (found.sure is None) == (on == "unknown_m")
    assert by_profile(sub_sport, None, ground_rules()) is None
