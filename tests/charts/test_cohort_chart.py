"""A cohort's pictures: valid charts of what the answer holds, and none where there is nothing to draw."""

from __future__ import annotations

import altair as alt
import pytest

from evengait.charts.cohort import incidence, ratios
from evengait.charts.export import to_svg

NONE = {"state": "none", "hazard_ratio": 1.0, "interval": None}
SMALL = {"state": "small", "hazard_ratio": 1.64, "interval": [1.3, 2.1]}
HIDDEN = {"state": "large", "hazard_ratio": None, "interval": None, "why": "too few"}
DAYS = [
    {"days": 30, "share": 0.036, "interval": [0.031, 0.041]},
    {"days": 90, "share": 0.106, "interval": [0.097, 0.114]},
]


@pytest.mark.parametrize("compact", [False, True])
def test_every_state_with_a_ratio_stands_in_the_picture_and_no_other(compact: bool) -> None:
    chart = ratios([NONE, SMALL, HIDDEN], compact=compact)
    assert chart is not None
    alt.VConcatChart.from_dict(chart.to_dict())  # against the whole schema
    svg = to_svg(chart)
    assert all(f">{word}<" in svg for word in ("none", "small", "0.5", "1", "2"))
    assert ">large<" not in svg


def test_an_interval_beyond_the_usual_ratios_is_drawn_whole() -> None:
    wide = {"state": "small", "hazard_ratio": 3.0, "interval": [0.1, 30.0]}
    chart = ratios([NONE, wide])
    assert chart is not None
    scale = chart.to_dict()["vconcat"][0]["layer"][0]["encoding"]["x"]["scale"]
    assert scale["domain"] == [0.1, 30.0]


def test_nothing_is_drawn_where_no_state_has_an_interval() -> None:
    assert ratios([NONE, HIDDEN]) is None
    assert ratios([]) is None


@pytest.mark.parametrize("compact", [False, True])
def test_the_share_by_day_begins_at_none_and_names_its_days(compact: bool) -> None:
    chart = incidence(DAYS, compact=compact)
    assert chart is not None
    alt.VConcatChart.from_dict(chart.to_dict())
    svg = to_svg(chart)
    assert all(f">{word}<" in svg for word in ("30", "90", "0 %", "10 %"))
    assert incidence(DAYS[:1]) is None
