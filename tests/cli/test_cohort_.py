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
