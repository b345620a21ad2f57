"""``evengait cohort`` on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from evengait.cli import cli
from evengait.core.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, ["cohort", *map(str, words)])


def test_a_cohort_is_made_up_and_asked(tmp_path: Path) -> None:
    made = run("simulate", tmp_path / "made", "--runners", 150, "--json")
    truth = json.loads(made.stdout)
    assert (truth["made_up"], truth["runners"]) == (True, 150)
    page = tmp_path / "spikes.html"
    asked = run("spikes", tmp_path / "made", "--workers", 1, "--json", "--html", page)
    answer = json.loads(asked.stdout)
    assert set(answer["factors"]) == {"session_spike", "week_ratio", "acwr"}
    assert answer["sessions"] == truth["sessions"]
    assert "150 runners" in page.read_text("utf-8")
    told = run("spikes", tmp_path / "made", "--workers", 1).stdout
    assert "No threshold is meant" in told
    assert "compared with" in told


def test_the_prediction_table_is_made_up_and_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evengait.cohort.published.BAGS", 1)
    made = run("simulate", tmp_path / "made", "--for", "reproduce", "--share", 0.3, "--json")
    assert json.loads(made.stdout)["approaches"]["day"]["injuries"] == 175
    page = tmp_path / "table.html"
    words = ("--repetitions", 1, "--draws", 50, "--model", "ridge", "--workers", 1, "--html", page)
    told = run("reproduce", tmp_path / "made", "--approach", "week", *words).stdout
    for line in ("The week file", "172 injuries", "the paper: 0.678", "case-crossover", "ridge"):
        assert line in told
    assert "Nothing here may be used to predict" in page.read_text("utf-8")
    day = json.loads(run("reproduce", tmp_path / "made", "--approach", "day", *words[:-2], "--json").stdout)
    assert set(day["approaches"]) == {"day"}
    assert set(day["approaches"]["day"]["honest"]) == {
        "ridge", "exertion_yesterday", "total_km", "previous_injury",
    }  # fmt: skip
    assert "no model 'oracle'" in str(run("reproduce", tmp_path / "made", "--model", "oracle").exception)


def test_a_folder_without_a_cohort_and_one_that_has_one_are_said(tmp_path: Path) -> None:
    assert "sessions.parquet is not in that folder" in str(run("spikes", tmp_path).exception)
    (tmp_path / "sessions.parquet").write_bytes(b"not a table")
    assert "is no Parquet file" in str(run("spikes", tmp_path).exception)
    assert "a cohort in that folder already" in str(run("simulate", tmp_path).exception)


def test_a_missing_package_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from evengait.cohort.extra import needed

    monkeypatch.setitem(sys.modules, "lifelines", None)
    with pytest.raises(UsageError, match="pip install 'evengait"):
        needed("lifelines")
