"""Knowledge files: every factor stands on known columns and sources, every source says what it says."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from evengait.core.columns import polars_schema, table
from evengait.core.errors import RuleError
from evengait.core.factor import Factor
from evengait.knowledge import _build, evidence, factor_book

CONTRACT_IDS = {
    "session_spike", "week_distance", "week_rise", "weeks_since_down_week", "climb", "descent", "fast_distance",
    "paved_share", "shoe_age", "shoe_new", "step_rate", "contact_time", "balance",
}  # fmt: skip


def factors() -> list[Factor]:
    return list(factor_book().factors)


def test_the_contracts_factors_are_all_there() -> None:
    assert {f.id for f in factors()} >= CONTRACT_IDS


@pytest.mark.parametrize("factor", factors(), ids=lambda f: f.id)
def test_a_factor_names_columns_that_exist_and_words_for_people(factor: Factor) -> None:
    schema = polars_schema("exposures")
    assert factor.column in schema
    assert factor.weight is None or factor.weight in schema
    assert factor.within is None or factor.within in schema
    assert factor.unit == ("ratio" if factor.aggregate == "rise" else table("exposures")[factor.column].unit)
    assert factor.window_days in {1, 7, 21, 28}
    assert factor.resolution > 0
    assert "{value}" in factor.more
    assert "{value}" in factor.brief
    assert (factor.direction == "both") == bool(factor.less)
    assert factor.needs
    assert factor.ask.endswith("?")


def test_ids_stand_once() -> None:
    ids = [f.id for f in factors()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("key", sorted(evidence()))
def test_evidence_says_its_source_its_level_and_a_sentence(key: str) -> None:
    item = evidence()[key]
    assert item.says.endswith(".")
    assert item.source
    assert item.level in {"V", "V2", "U"}
    assert item.grade in {"A", "B", "C", "D"}
    assert item.level != "V" or item.shown_grade == item.grade
    assert item.level == "V" or item.shown_grade == "D"


def test_a_dated_file_names_its_state_and_reviewers() -> None:
    data = tomllib.loads(files("evengait.knowledge").joinpath("factors.toml").read_text("utf-8"))
    assert data["status"] in {"draft", "reviewed", "retired"}
    assert data["review_due"] > data["version"]
    assert (data["status"] == "reviewed") == bool(data["reviewed_by"])


def test_an_unknown_key_is_an_error_that_names_it() -> None:
    with pytest.raises(RuleError, match="'colour'"):
        _build(Factor, {"id": "x", "colour": "red"}, "factors.toml")


def test_a_missing_key_is_an_error_that_names_the_entry() -> None:
    with pytest.raises(RuleError, match="x"):
        _build(Factor, {"id": "x"}, "factors.toml")


def test_every_column_has_a_dtype_a_unit_and_a_meaning() -> None:
    for name in ("samples", "sessions", "files", "exposures", "strength_sets", "diary"):
        polars_schema(name)
        for column in table(name).values():
            assert column.meaning.endswith("."), column.name
            suffix = re.search(r"_x(\d+)$", column.name)
            assert (int(suffix.group(1)) if suffix else 1) == column.scale
