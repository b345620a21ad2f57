"""The pictures of any span and of one run hold to Vega-Lite's schema, and draw nothing where nothing is known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

if TYPE_CHECKING:
    from pathlib import Path

FIRST = date(2026, 1, 5)


def periods(**changes: Any) -> pl.DataFrame:
    row = {
        "first": FIRST, "days": 7, "covered": 7, "runs": 4, "distance_m": 40_000.0, "climb_m": 300.0,
        "longest_run_m": 15_000.0, "paved_share": 0.6, "balance_left_pct": 50.4, "pain": 3.0,
    }  # fmt: skip
    rows = [row | {"first": FIRST + timedelta(days=7 * n)} for n in range(4)]
    rows[2] |= changes
    return pl.DataFrame(rows, infer_schema_length=None)


NOTHING = dict.fromkeys(
    ("distance_m", "climb_m", "longest_run_m", "paved_share", "balance_left_pct", "pain")
) | {"covered": 0, "runs": 0}


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("days", [28, 300, 3000])
def test_a_span_of_any_length_is_drawn_by_the_schema(days: int, compact: bool) -> None:
    from evengait.charts.export import to_svg
    from evengait.charts.history import history

    last = FIRST + timedelta(days=days - 1)
    hurts = [(FIRST + timedelta(days=20), last, "left knee"), (date(2020, 1, 1), date(2020, 2, 1), "shin")]
    chart = history(periods(**NOTHING), FIRST, last, hurts, "mi", compact=compact)
    chart.to_dict(validate=True)
    svg = to_svg(chart, "page")
    for word in ("Miles a week", "Worst pain", "left knee", "Ground", "Left foot"):
        assert word in svg
    assert "shin" not in svg


def test_what_is_not_known_has_no_strip_of_its_own() -> None:
    from evengait.charts.export import to_svg
    from evengait.charts.history import history

    bare = periods().with_columns(
        *(pl.lit(None, pl.Float64).alias(k) for k in ("pain", "paved_share", "balance_left_pct"))
    )
    svg = to_svg(history(bare, FIRST, FIRST + timedelta(days=27), per="day"), "page")
    for word in ("Worst pain", "Ground", "Left foot", "What hurt"):
        assert word not in svg
    empty = bare.with_columns(pl.lit(None, pl.Float64).alias("distance_m"))
    assert "Kilometres a day" in to_svg(history(empty, FIRST, FIRST + timedelta(days=27), per="day"), "page")


@pytest.mark.parametrize("compact", [False, True])
def test_pain_alone_is_drawn_where_it_was_said_and_nothing_else_is(compact: bool) -> None:
    from evengait.charts.export import to_svg
    from evengait.charts.history import pains

    last = FIRST + timedelta(days=41)
    said = pl.DataFrame(
        {"date": [FIRST - timedelta(days=3), FIRST, last], "pain": [9.0, 0.0, 4.0]},
        schema={"date": pl.Date, "pain": pl.Float64},
    )
    chart = pains(said, FIRST, last, [(FIRST + timedelta(days=9), last, "left knee")], compact=compact)
    assert chart is not None
    chart.to_dict(validate=True)
    svg = to_svg(chart, "page")
    assert "Worst pain" in svg
    assert "left knee" in svg
    for word in ("Kilometres", "Ground", "Left foot", "Shoes"):
        assert word not in svg
    assert pains(said.head(1), FIRST, last) is None
    assert pains(said.clear(), FIRST, last) is None


def test_what_hurt_is_tinted_through_every_strip_and_named_where_it_began() -> None:
    from evengait.charts.export import to_svg
    from evengait.charts.history import history
    from evengait.charts.palette import colour

    last = FIRST + timedelta(days=27)
    hurts = [(FIRST + timedelta(days=9), last, "left knee"), (FIRST + timedelta(days=10), last, "right shin")]
    svg = to_svg(history(periods(), FIRST, last, hurts), "light")
    assert svg.count(colour("pain-soft")) >= 5  # the head and four strips
    assert "14 Jan: left knee" in svg
    assert "15 Jan: right shin" in svg
    earlier = [(FIRST - timedelta(days=9), last, "left knee")]
    assert ": left knee" not in to_svg(history(periods(), FIRST, last, earlier), "light")


def test_a_down_week_is_drawn_lighter() -> None:
    from evengait.charts.export import to_svg
    from evengait.charts.history import history
    from evengait.charts.palette import colour

    last = FIRST + timedelta(days=27)
    assert colour("bar-light") not in to_svg(history(periods(), FIRST, last), "light")
    assert colour("bar-light") in to_svg(history(periods(distance_m=20_000.0), FIRST, last), "light")


def test_a_year_has_the_runners_own_noise_and_her_shoes(demo_home: Path) -> None:
    from evengait.actions.look_back import exposures_of
    from evengait.charts.export import to_svg
    from evengait.charts.history import history
    from evengait.storage.archive.kept import KeptArchive
    from evengait.storage.home import runner_folder

    archive = KeptArchive(runner_folder(demo_home, "demo"))
    sessions = archive.sessions()
    tables = (exposures_of(archive, date(2026, 11, 15)), sessions)
    svg = to_svg(history(periods(), FIRST, FIRST + timedelta(days=300), days=tables), "page")
    assert "your usual" in svg
    assert "Shoes" in svg
    assert "Shoes" not in to_svg(history(periods(), FIRST, FIRST + timedelta(days=700), days=tables), "page")


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("units", ["km", "mi"])
def test_a_run_is_drawn_with_the_tracks_it_has(units: Any, compact: bool) -> None:
    from evengait.charts.export import to_svg
    from evengait.charts.run import run

    seconds = [float(10 * n + 5) for n in range(120)]
    points = pl.DataFrame(
        {
            "second": seconds, "speed_m_s": [3.0 if n % 40 else None for n in range(120)],
            "heart_rate_bpm": [140.0] * 120, "altitude_m": [100.0 + n for n in range(120)],
            "step_rate_spm": [None] * 120, "balance_left_pct": [50.5] * 120,
        },
        schema_overrides={"step_rate_spm": pl.Float64},
    )  # fmt: skip
    chart = run(points, units, compact=compact)
    assert chart is not None
    chart.to_dict(validate=True)
    svg = to_svg(chart, "page")
    assert "Step rate" not in svg
    assert "Pace" in svg
    nothing = points.with_columns(pl.lit(None, pl.Float64).alias(name) for name in points.columns[1:])
    assert run(nothing, units) is None
