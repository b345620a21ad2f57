import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from evengait.actions.import_archive import import_archive
from evengait.cli import cli
from evengait.core.columns import polars_schema
from evengait.core.errors import UsageError
from small_files import fit, strava_zip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    extra = {"activities/s.fit": fit(4, sport="strength")}
    import_archive(
        tmp_path / "runners" / "me", [strava_zip(tmp_path / "e.zip", [0, 1, 2], extra=extra)], workers=1
    )
    return tmp_path


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--home", str(home), "sessions", *words], standalone_mode=False)


def test_the_table_is_for_people(home: Path) -> None:
    lines = run(home, "--units", "mi").stdout.splitlines()
    assert lines[0].split() == ["date", "sport", "distance", "time", "pace", "climb", "shoe", "name"]
    assert len(lines) == 5
    assert lines[1].startswith("2026-03-01  running")
    assert "0:02:00" in lines[1]
    assert "Speedgoat" in lines[1]


def test_an_empty_archive_says_what_to_do(tmp_path: Path) -> None:
    assert "evengait import PATH" in run(tmp_path).stdout


def test_json_has_every_column(home: Path) -> None:
    rows = json.loads(run(home, "--json").stdout)
    assert list(rows[0]) == [*polars_schema("sessions"), "surfaces"]
    assert rows[0]["start"] == "2026-03-01T06:30:00+00:00"
    assert rows[0]["local_date"] == "2026-03-01"


def test_csv_has_every_column_and_lists_as_words(home: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(home, "--format", "csv", "--sport", "running").stdout)))
    assert len(rows) == 3
    columns = list(polars_schema("sessions"))
    assert list(rows[0])[: len(columns)] == columns
    assert "surfaces_paved" in rows[0]
    assert rows[0]["start"] == "2026-03-01T06:30:00Z"
    assert len(rows[0]["speed_hist_m"].split(" ")) == 40


def test_parquet_goes_to_a_file_only(home: Path) -> None:
    with pytest.raises(UsageError, match="--output"):
        raise run(home, "--format", "parquet").exception or AssertionError
    run(home, "--format", "parquet", "--output", str(home / "s.parquet"), "--since", "2026-03-02")
    assert pl.read_parquet(home / "s.parquet").height == 3


def test_a_table_can_be_written_to_a_file(home: Path) -> None:
    result = run(home, "--output", str(home / "s.txt"), "--until", "2026-03-01")
    assert result.stdout == ""
    assert len((home / "s.txt").read_text("utf-8").splitlines()) == 2
