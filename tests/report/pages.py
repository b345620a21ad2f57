"""The report in every state it can be in, for the tests of words and the tests in the browser."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import polars as pl

from evengait.report.html import render_html
from made_up import factor, made_up_explanation, made_up_exposures, made_up_pain, made_up_sessions

GENERATED = date(2026, 11, 23)


def _crowded() -> tuple[dict[str, Any], pl.DataFrame]:
    """Return three factors standing out, many sources, several reasons: as full as a page gets."""
    explanation = made_up_explanation()
    source = explanation["sources"][0]
    explanation["sources"] += [source | {"id": f"more-{i}"} for i in range(18)]
    explanation["factors"][2] |= {"stands_out": True, "evidence": ["more-1", "more-2"]}
    explanation["factors"].append(
        factor(id="shoe_new", label="New shoes in 21 days", missing="No shoe is named.")
    )
    explanation["caveats"] += [
        "All earlier days were taken as free of pain. If there was an earlier problem, name it.",
        "The archive reaches back less than a year before the onset, so seasons cannot be told apart.",
    ]
    return explanation, made_up_exposures()


def _states() -> dict[str, tuple[dict[str, Any], pl.DataFrame, pl.DataFrame | None]]:
    full = made_up_exposures()
    bare = made_up_exposures(gap=False, balance=False, shoes=False)
    bare = bare.with_columns(paved_share=pl.lit(None, pl.Float64), climb_m=pl.lit(None, pl.Float64))
    short = made_up_exposures(days=62, gap=False)
    return {
        "stands_out": (made_up_explanation(), full, made_up_pain()),
        "nothing_unusual": (made_up_explanation("nothing_unusual"), full, None),
        "cannot_tell": (made_up_explanation("cannot_tell"), short, None),
        "no_gait_no_shoes": (made_up_explanation(gait=False, missing=False), bare, None),
        "crowded": (*_crowded(), made_up_pain()),
    }


STATES = ("stands_out", "nothing_unusual", "cannot_tell", "no_gait_no_shoes", "crowded")


@cache
def page(state: str, units: str = "mi") -> str:
    """Return the report in a state, rendered once."""
    explanation, exposures, pain = _states()[state]
    return render_html(explanation, exposures, made_up_sessions(exposures), pain, units, generated=GENERATED)
