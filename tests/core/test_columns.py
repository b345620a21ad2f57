"""The tables of the house as data."""

from __future__ import annotations

import polars as pl
import pytest

from evengait.core.columns import polars_schema, table


def test_a_column_knows_its_unit_range_and_scale() -> None:
    altitude = table("samples")["altitude_m_x5"]
    assert (altitude.unit, altitude.scale, altitude.range) == ("m", 5, (-500, 9500))


def test_a_lists_inner_type_is_kept() -> None:
    assert polars_schema("sessions")["speed_hist_m"] == pl.List(pl.Float32)


def test_instants_are_in_utc() -> None:
    assert polars_schema("sessions")["start"] == pl.Datetime("us", "UTC")


def test_an_unknown_table_is_an_error() -> None:
    with pytest.raises(KeyError):
        table("nothing")
