"""Incidence, burden and prevalence: worked on paper, small cells hidden."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl
import pytest
from click.testing import CliRunner

from evengait.cli import cli
from evengait.cohort.burden import burden_report
from evengait.cohort.lake import KINDS, Lake
from evengait.core.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

FIRST = date(2026, 1, 5)


def tables(
    runners: int = 10, hurt: int = 6, sites: tuple[str, ...] = ("shin",)
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Ten weeks with an hour of running a week; the first runners are hurt in the third week for fourteen days."""
    runs = [
        {
            "runner": f"r{who:02d}",
            "local_date": FIRST + timedelta(weeks=week),
            "sport": "running",
            "moving_s": 3600.0,
        }
        for who in range(runners)
        for week in range(10)
    ]
    onset = FIRST + timedelta(weeks=2)
    pains = [
        {"runner": f"r{who:02d}", "onset": onset, "site": sites[who % len(sites)], "mode": "gradual",
         "returned_on": onset + timedelta(days=14)}
        for who in range(hurt)
    ]  # fmt: skip
    return pl.DataFrame(runs, schema=KINDS["sessions"]), pl.DataFrame(pains, schema=KINDS["problems"])


def test_a_worked_example_comes_out_as_on_paper() -> None:
    found = burden_report(*tables())
    assert (found["runners"], found["hours"], found["injuries"]) == (10, 100, 6)
    # 6 injuries and 84 days in 100 hours; 6 runners with a pain in 3 of 10 weeks.
    assert found["measures"]["incidence"]["value"] == pytest.approx(60)
    assert found["measures"]["incidence"]["interval"] == pytest.approx([22.02, 130.59], abs=0.01)
    assert found["measures"]["burden"]["value"] == pytest.approx(840)
    assert found["measures"]["prevalence"]["value"] == pytest.approx(18)
    for one in found["measures"].values():
        assert one["interval"][0] < one["value"] < one["interval"][1]


def test_few_injuries_few_runners_and_few_at_a_site_are_hidden() -> None:
    few = burden_report(*tables(hurt=4))
    assert (few["injuries"], few["measures"]) == (None, None)
    assert [one["injuries"] for one in few["sites"]] == [None]
    by_site = burden_report(*tables(30, 24, ("shin", "shin", "shin", "knee", "knee", "calf")))["sites"]
    assert {one["site"]: one["injuries"] for one in by_site} == {"shin": 12, "knee": None, "calf": None}
    with pytest.raises(UsageError, match="would give them away"):
        burden_report(*tables(4, 0))


def test_an_end_that_is_not_known_loses_no_days_and_is_counted() -> None:
    sessions, problems = tables(hurt=10)
    found = burden_report(sessions, problems.with_columns(returned_on=pl.lit(None, pl.Date)))
    assert found["measures"]["burden"]["value"] == 0
    assert found["ends_unknown"] == 10


def test_the_command_writes_the_page_and_the_tables_for_r(tmp_path: Path) -> None:
    sessions, problems = tables()
    lake = Lake(str(tmp_path / "lake"))
    lake.put("sessions", "00", "home", sessions)
    lake.put("problems", "00", "home", problems)
    words = [tmp_path / "lake", "--json", "--html", tmp_path / "page.html", "--injurytools", tmp_path / "r"]
    done = CliRunner().invoke(cli, ["cohort", "report", *map(str, words)], catch_exceptions=False)
    assert json.loads(done.stdout)["injuries"] == 6
    assert "60.0 (22.0 to 130.6)" in (tmp_path / "page.html").read_text("utf-8")
    injuries = (tmp_path / "r" / "injuries.csv").read_text("utf-8").splitlines()
    assert injuries[0].startswith("person_id,date_injured,date_recovered")
    assert injuries[1] == "r00,2026-01-19,2026-02-02,shin,NA,gradual"
    assert (tmp_path / "r" / "exposures.csv").read_text("utf-8").splitlines()[1] == "r00,2026-01-05,1.0"
    plain = CliRunner().invoke(cli, ["cohort", "report", str(tmp_path / "lake")], catch_exceptions=False)
    assert "new injuries per 1,000 hours" in plain.output
