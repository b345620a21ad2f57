"""The small picture of one factor, and left and right over a year."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from evengait.charts.canvas import canvas
from evengait.charts.daily import own_noise
from evengait.charts.export import to_svg
from evengait.charts.gait import gait
from evengait.charts.ground import shoes
from evengait.charts.strip import strip
from made_up import ONSET, factor, made_up_explanation, made_up_exposures


def test_a_strip_holds_every_earlier_window_once() -> None:
    chart = strip(factor()).to_dict(validate=True)
    piles = [rows for rows in chart["datasets"].values() if rows and "y" in rows[0]]
    assert sum(row["y"] for row in piles[0]) == 84


@pytest.mark.parametrize(
    "changes",
    [
        {"control_values": None},
        {"control_values": []},
        {"control_values": [1.0, None, float("nan")]},
        {"usual_range": None},
        {"control_values": [1.6] * 30, "usual_range": [1.6, 1.6]},
    ],
)
def test_a_strip_is_drawn_with_what_there_is(changes) -> None:
    assert to_svg(strip(factor(**changes)), "page").startswith("<svg")


@pytest.mark.parametrize("changes", [{"value": None}, {"control_values": None, "usual_range": None}])
def test_without_a_value_or_anything_to_compare_there_is_no_strip(changes) -> None:
    assert strip(factor(**changes)) is None


def test_noise_is_made_of_the_last_sensors_days_before_the_change_alone() -> None:
    table = made_up_exposures(gap=False)
    older = (
        pl.when(pl.col("date") < date(2026, 3, 1)).then(pl.lit("Old strap")).otherwise(pl.col("gait_sensor"))
    )
    shifted = pl.when(pl.col("date") < date(2026, 3, 1)).then(60.0).otherwise(pl.col("balance_left_pct"))
    table = table.with_columns(gait_sensor=older, balance_left_pct=shifted)
    noise = own_noise(table, "balance_left_pct", date(2026, 10, 26))
    assert noise is not None
    assert noise.usual == pytest.approx(50.4, abs=0.1)
    assert 0.4 < noise.high - noise.usual < 0.8
    assert noise.first >= date(2026, 3, 1)


def test_a_watch_bought_after_the_onset_changes_nothing() -> None:
    table = made_up_exposures(gap=False)
    later = table.tail(10).with_columns(
        date=pl.col("date") + pl.duration(days=60), gait_sensor=pl.lit("Later"), balance_left_pct=pl.lit(55.0)
    )
    explanation = made_up_explanation()
    before, after = (to_svg(gait(t, explanation), "page") for t in (table, pl.concat([table, later])))
    assert "your usual" in after
    assert after.count("#e4eaee") == before.count("#e4eaee") > 0


def test_a_few_days_have_no_noise_band() -> None:
    table = made_up_exposures(gap=False)
    assert own_noise(table, "balance_left_pct", table["date"][15]) is None
    assert own_noise(made_up_exposures(balance=False), "balance_left_pct", ONSET) is None


@pytest.mark.parametrize("compact", [False, True])
def test_the_gait_picture_names_when_it_changed(compact) -> None:
    chart = gait(made_up_exposures(), made_up_explanation(), compact=compact)
    assert chart is not None
    assert chart.to_dict(validate=True)
    assert "changed 24 Oct to 28 Oct" in to_svg(chart, "page")


def test_without_a_change_nothing_is_named_and_without_data_nothing_is_drawn() -> None:
    table = made_up_exposures()
    quiet = gait(table, made_up_explanation("nothing_unusual"))
    assert quiet is not None
    assert "changed" not in to_svg(quiet, "page")
    assert gait(table, made_up_explanation(gait=False)) is None
    assert gait(made_up_exposures(balance=False), made_up_explanation()) is None


def test_shoes_come_in_order_of_first_use_with_all_they_have_run() -> None:
    day = [date(2026, 10, 1), date(2026, 10, 2), date(2025, 11, 1)]
    runs = pl.DataFrame(
        {
            "local_date": day,
            "shoe": ["New", "Old", "Old"],
            "distance_m": [1000.0, 2000.0, 3000.0],
            "sport": "running",
        }
    )
    table = made_up_exposures()
    ground = canvas(table["date"][0], table["date"][-1], ONSET, "km")
    worn = shoes(table, runs, ground)
    assert [(shoe.name, shoe.metres, len(shoe.days)) for shoe in worn] == [
        ("Old", 5000.0, 1),
        ("New", 1000.0, 1),
    ]
