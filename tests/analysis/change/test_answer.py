"""The answer as data: the contract's shape, nulls for the unknown, words that compare."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from days import LAST, steady

from evengait.analysis.change.answer import answer_of
from evengait.analysis.change.explain import explain
from evengait.knowledge import evidence, factor_book

CONTRACT = {
    "id", "window_days", "value", "unit", "usual", "usual_range", "percentile", "controls", "as_extreme_before",
    "stands_out", "missing", "evidence", "sentence",
}  # fmt: skip


def answer(units: str = "km", **columns: np.ndarray) -> dict:  # type: ignore[type-arg]
    found = explain(steady(**columns), LAST, factor_book())  # type: ignore[arg-type]
    return answer_of(found, factor_book(), evidence(), site="sacroiliac", side="left", units=units)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def shifted() -> dict:  # type: ignore[type-arg]
    left = np.random.default_rng(5).normal(50, 0.3, 760)
    left[-10:] -= 2
    return answer(balance_left_pct=left)


def test_it_is_json_with_the_contracts_keys(shifted: dict) -> None:  # type: ignore[type-arg]
    again = json.loads(json.dumps(shifted, allow_nan=False))
    assert {"onset", "site", "side", "coverage", "factors", "by_chance", "verdict", "gait", "caveats"} <= set(
        again
    )
    assert {"first", "last", "sessions", "controls", "share_with"} <= set(again["coverage"])
    assert set(again["coverage"]["share_with"]) == {"shoe", "surface", "elevation", "balance"}
    assert {"looked_at", "expected", "found", "p_any"} <= set(again["by_chance"])
    for factor in again["factors"]:
        assert set(factor) >= CONTRACT


def test_every_factor_of_the_book_is_answered_for(shifted: dict) -> None:  # type: ignore[type-arg]
    assert {f["id"] for f in shifted["factors"]} == {f.id for f in factor_book().factors}


def test_a_factor_that_cannot_be_judged_says_why_and_carries_no_number(shifted: dict) -> None:  # type: ignore[type-arg]
    shoe = next(f for f in shifted["factors"] if f["id"] == "shoe_age")
    assert shoe["missing"]
    assert shoe["sentence"] == shoe["missing"]
    assert [shoe[k] for k in ("value", "usual", "usual_range", "percentile", "score")] == [None] * 5
    assert shoe["stands_out"] is False
    assert shifted["factors"].index(shoe) > 0


def test_the_percentile_is_one_plus_the_extreme_over_n_plus_one(shifted: dict) -> None:  # type: ignore[type-arg]
    top = shifted["factors"][0]
    assert top["percentile"] == pytest.approx(
        1 - (1 + top["as_extreme_before"]) / (top["controls"] + 1), abs=1e-4
    )
    assert len(top["control_values"]) == top["controls"]


def test_every_source_shown_is_named_and_graded(shifted: dict) -> None:  # type: ignore[type-arg]
    shown = {s["id"]: s for s in shifted["sources"]}
    for factor in shifted["factors"]:
        for key in factor["evidence"]:
            assert shown[key]["grade"] in "ABCD"
            assert shown[key]["verified"] or shown[key]["grade"] == "D"


def test_miles_change_the_words_and_nothing_else() -> None:
    km, mi = answer("km"), answer("mi")
    strip = [{k: v for k, v in f.items() if k != "sentence"} for f in km["factors"]]
    assert strip == [{k: v for k, v in f.items() if k != "sentence"} for f in mi["factors"]]
    assert any("mi " in f["sentence"] for f in mi["factors"])


def test_one_onset_never_proves(shifted: dict) -> None:  # type: ignore[type-arg]
    assert any("cannot show a cause" in c for c in shifted["caveats"])


def test_the_words_never_diagnose_or_predict(shifted: dict) -> None:  # type: ignore[type-arg]
    text = json.dumps([shifted["answer"], shifted["caveats"], [f["sentence"] for f in shifted["factors"]]])
    assert not re.search(r"\brisk|diagnos|safe to run|caused by|because of your", text, re.IGNORECASE)
