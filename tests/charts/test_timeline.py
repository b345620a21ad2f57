"""The timeline: valid, honest about what is missing, the same in every theme."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import polars as pl
import pytest

from evengait.charts.canvas import canvas
from evengait.charts.export import to_png, to_svg
from evengait.charts.palette import DARK, LIGHT
from evengait.charts.timeline import timeline, windows_by_panel
from evengait.core.errors import UsageError
from made_up import ONSET, factor, made_up_explanation, made_up_exposures, made_up_pain, made_up_sessions


@pytest.fixture(scope="module")
def exposures() -> pl.DataFrame:
    return made_up_exposures()


def words(svg: str) -> list[str]:
    """Return every text of a drawing, lines of one label apart."""
    return [re.sub(r"<[^>]+>", "", found) for found in re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", svg)]


def draw(exposures, explanation=None, **more) -> str:
    return to_svg(timeline(exposures, explanation or made_up_explanation(), **more), "page")


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("units", ["mi", "km"])
def test_it_is_valid_vega_lite_whole(exposures, compact, units) -> None:
    chart = timeline(
        exposures, made_up_explanation(), made_up_sessions(exposures), made_up_pain(), units, compact=compact
    )
    assert chart.to_dict(validate=True)["vconcat"]


def test_it_is_valid_with_every_factor_standing_out(exposures) -> None:
    explanation = made_up_explanation()
    explanation["factors"] = [f | {"stands_out": True, "missing": None} for f in explanation["factors"]]
    chart = timeline(exposures, explanation, compact=False)
    assert chart.to_dict(validate=True)["vconcat"]
    told = words(to_svg(chart, "page"))
    assert {"Climb", "Descent", "Faster than threshold", "Step rate", "Ground contact"} <= set(told)


def test_the_pain_strip_appears_only_with_a_score(exposures) -> None:
    nothing = pl.DataFrame(
        {"date": [ONSET], "pain_during_nprs": [None]}, schema_overrides={"pain_during_nprs": pl.Float64}
    )
    assert "Pain while running" in words(draw(exposures, pain=made_up_pain()))
    assert "Pain while running" not in words(draw(exposures, pain=nothing))
    assert "Pain while running" not in words(draw(exposures))


def test_a_day_without_an_answer_about_pain_draws_nothing_while_a_zero_does(exposures) -> None:
    pain = made_up_pain()
    chart = timeline(exposures, made_up_explanation(), pain=pain).to_dict()
    drawn = next(rows for rows in chart["datasets"].values() if rows and "score" in rows[0])
    assert len(drawn) == pain["pain_during_nprs"].count() < pain.height
    assert 0.0 in [row["score"] for row in drawn]


def test_a_gap_is_named_and_hatched_and_never_drawn_as_rest(exposures) -> None:
    whole = made_up_exposures(gap=False)
    assert "no data" in words(draw(exposures))
    assert "no data" not in words(draw(whole))
    chart = timeline(exposures, made_up_explanation()).to_dict()
    weeks = next(
        rows for rows in chart["datasets"].values() if rows and "amount" in rows[0] and "week" in rows[0]
    )
    assert "14 Sep" not in {row["week"] for row in weeks}, "a week without any known day has no bar"


def test_strips_without_data_are_left_out_not_left_empty() -> None:
    bare = made_up_exposures(balance=False, shoes=False).with_columns(paved_share=pl.lit(None, pl.Float64))
    told = words(draw(bare, made_up_explanation(gait=False)))
    assert not {"Left foot’s share", "Shoes", "Ground"} & set(told)
    assert {"Kilometres a week", "Single runs"} <= set(told)


def test_the_onset_is_named_once(exposures) -> None:
    assert words(draw(exposures)).count("pain began 8 Nov") == 1


def test_only_windows_that_stand_out_are_shaded(exposures) -> None:
    base = canvas(exposures["date"][0], exposures["date"][-1], ONSET, "km")
    assert set(windows_by_panel(made_up_explanation(), base)) == {"runs", "balance"}
    assert not windows_by_panel(made_up_explanation("nothing_unusual"), base)


def test_missing_down_weeks_are_shaded_as_long_as_they_are(exposures) -> None:
    base = canvas(exposures["date"][0], exposures["date"][-1], ONSET, "km")
    explanation = made_up_explanation()
    window = [ONSET.isoformat(), ONSET.isoformat()]
    explanation["factors"] = [factor(id="weeks_since_down_week", unit="weeks", value=9.0, window=window)]
    assert windows_by_panel(explanation, base)["week"][0].first == ONSET - timedelta(days=63)


def test_a_factor_without_a_strip_of_its_own_does_no_harm(exposures) -> None:
    explanation = made_up_explanation()
    explanation["factors"].insert(0, factor(id="something_new", unit="moons"))
    assert draw(exposures, explanation)


def test_distances_are_in_the_runners_units(exposures) -> None:
    assert "Miles a week" in words(draw(exposures, units="mi"))
    with pytest.raises(UsageError):
        timeline(exposures, made_up_explanation(), units="leagues")


def test_the_answer_stands_over_a_picture_that_stands_alone(exposures) -> None:
    explanation = made_up_explanation()
    alone = " ".join(words(to_svg(timeline(exposures, explanation), "light")))
    assert explanation["answer"] in alone
    assert explanation["answer"] not in " ".join(words(draw(exposures, headline=False)))


def test_a_short_archive_is_drawn_from_its_own_first_week() -> None:
    short = made_up_exposures(days=30, gap=False)
    base = canvas(short["date"][0], short["date"][-1], ONSET, "km")
    assert base.start == date(2026, 10, 5)
    assert draw(short, made_up_explanation("cannot_tell"))


def test_an_onset_on_the_archives_last_day_leaves_room_after_the_line() -> None:
    table = made_up_exposures().filter(pl.col("date") <= ONSET)
    assert canvas(table["date"][0], ONSET, ONSET, "km").end > ONSET
    assert draw(table)


def test_the_same_input_gives_the_same_drawing(exposures) -> None:
    assert draw(exposures) == draw(exposures)


def test_dark_is_the_same_drawing_in_other_colours(exposures) -> None:
    chart = timeline(exposures, made_up_explanation())
    light, dark = to_svg(chart, "light"), to_svg(chart, "dark")
    assert words(light) == words(dark)
    assert DARK["paper"] in dark
    assert "#fcfaf5" not in dark


def test_a_png_is_made_in_both_themes_and_in_no_other(exposures) -> None:
    chart = timeline(exposures, made_up_explanation())
    light, dark = to_png(chart, "light", 1.0), to_png(chart, "dark", 1.0)
    assert light[:8] == dark[:8] == b"\x89PNG\r\n\x1a\n"
    assert light != dark
    with pytest.raises(KeyError):
        to_png(chart, "page")


def test_a_page_drawing_brings_no_fonts_no_namespaces_and_whole_words(exposures) -> None:
    svg = draw(exposures)
    assert "font-family" not in svg
    assert "xmlns" not in svg
    assert "1.60×; usually 0.40–1.08×" in svg, "numbers in words keep their digits"


def test_names_of_shoes_cannot_break_out_of_the_drawing(exposures) -> None:
    sessions = made_up_sessions(exposures).with_columns(shoe=pl.lit('</text><b onload="x">'))
    svg = draw(exposures, sessions=sessions)
    assert "<b onload" not in svg


def test_the_spec_asks_for_nothing_from_the_network(exposures) -> None:
    spec = json.dumps(timeline(exposures, made_up_explanation()).to_dict() | {"$schema": None})
    assert "http" not in spec
    assert '"url"' not in spec


def test_gravel_is_drawn_only_where_a_map_told_it() -> None:
    plain = made_up_exposures()
    told = plain.with_columns(gravel_share=(1 - pl.col("paved_share")).clip(0, 1) / 2)
    drawn = [json.dumps(timeline(days, made_up_explanation()).to_dict()) for days in (plain, told)]
    assert ["from below: paved," in text for text in drawn] == [False, True]
    assert [LIGHT["gravel"] in text for text in drawn] == [False, True]
