"""Incidence, burden and prevalence: worked on paper, small cells hidden."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl
import pytest
from click.testing import CliRunner

from evengait.cli import cli
from evengait.cohort.burden import burden_report, injurytools_tables
from evengait.cohort.lake import KINDS, Lake
from evengait.core.errors import UsageError
from evengait.simulation.cohort import simulate_cohort

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
    assert few["sites"] == []
    by_site = burden_report(*tables(30, 24, ("shin", "shin", "shin", "knee", "knee", "calf")))["sites"]
    assert {one["site"]: one["injuries"] for one in by_site} == {"shin": 12, "rest": 12}
    with pytest.raises(UsageError, match="would give them away"):
        burden_report(*tables(4, 0))


def test_one_runners_many_injuries_at_a_site_do_not_name_it() -> None:
    sessions, problems = tables(30, 12, ("shin", "knee"))
    again = problems.filter(pl.col("runner") == "r00").with_columns(site=pl.lit("calf"))
    later = [again.with_columns(pl.col("onset") + timedelta(days=7 * i)) for i in range(6)]
    found = burden_report(sessions, pl.concat([problems, *later]))
    assert {one["site"]: one["injuries"] for one in found["sites"]} == {"shin": 6, "rest": 12}
    alone = burden_report(sessions, pl.concat(later))
    assert (alone["injuries"], alone["measures"], alone["sites"]) == (None, None, [])


def test_an_end_that_is_not_known_loses_no_days_and_is_counted() -> None:
    sessions, problems = tables(hurt=10)
    ended = pl.when(pl.int_range(pl.len()) < 5).then("returned_on")
    found = burden_report(sessions, problems.with_columns(returned_on=ended))
    assert found["measures"]["burden"]["value"] == pytest.approx(5 * 14 / 0.1)
    assert found["ends_unknown"] == 5
    nobody = burden_report(sessions, problems.with_columns(returned_on=pl.lit(None, pl.Date)))
    assert "burden" not in nobody["measures"]


def test_the_tables_for_r_are_as_injurytools_takes_them() -> None:
    """``prepare_inj`` stops at a missing or early recovery; ``prepare_all`` cuts what lies outside the exposures."""
    sessions, problems = tables()
    odd = problems.with_columns(
        returned_on=pl.when(pl.col("runner") == "r01").then(None).otherwise("returned_on"),
        onset=pl.when(pl.col("runner") == "r02").then(date(2030, 1, 1)).otherwise("onset"),
    )
    stranger = problems.head(1).with_columns(runner=pl.lit("nobody"))
    injuries, exposures = injurytools_tables(sessions, pl.concat([odd, stranger]))
    assert injuries.schema.names()[:3] == ["person_id", "date_injured", "date_recovered"]
    assert exposures.schema == {"person_id": pl.String, "date": pl.Date, "time_expo": pl.Float64}
    assert injuries.schema["date_recovered"] == pl.Date
    assert injuries["person_id"].to_list() == ["r00", "r01", "r03", "r04", "r05"]
    assert injuries["date_recovered"].null_count() == exposures["time_expo"].null_count() == 0
    assert (injuries["date_recovered"] >= injuries["date_injured"]).all()
    assert injuries.row(1)[2:4] == (FIRST + timedelta(weeks=9), False)
    span = exposures.group_by("person_id").agg(first=pl.col("date").min(), last=pl.col("date").max())
    inside = injuries.join(span, on="person_id")
    assert inside["date_injured"].is_between(inside["first"], inside["last"]).all()
    untimed = sessions.with_columns(moving_s=pl.lit(None, pl.Float64))
    assert len(injurytools_tables(untimed, problems)[1]) == 0


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
    assert injuries[1] == "r00,2026-01-19,2026-02-02,true,shin,NA,gradual"
    assert (tmp_path / "r" / "exposures.csv").read_text("utf-8").splitlines()[1] == "r00,2026-01-05,1.0"
    plain = CliRunner().invoke(cli, ["cohort", "report", str(tmp_path / "lake")], catch_exceptions=False)
    assert "new injuries per 1,000 hours" in plain.output
    assert "No session spikes: follow-up is known of fewer than five runners" in plain.output


def test_the_page_holds_injuries_spikes_and_the_table(tmp_path: Path) -> None:
    made = simulate_cohort(200, seed=2, days=120, injured=0.7)
    lake = Lake(str(tmp_path / "lake"))
    shaped = made.sessions.with_columns(sport=pl.lit("running"), moving_s=pl.lit(2_000.0))
    lake.put(
        "sessions", "00", "home", pl.concat([pl.DataFrame(schema=KINDS["sessions"]), shaped], how="diagonal")
    )
    lake.put("runners", "00", "home", made.runners)
    hurt = made.runners.filter("injured").select(
        "runner", onset="ended", site=pl.lit("shin"), mode=pl.lit("gradual")
    )
    lake.put(
        "problems", "00", "home", pl.concat([pl.DataFrame(schema=KINDS["problems"]), hurt], how="diagonal")
    )
    told = {"value": 0.6, "interval": [0.5, 0.7]}
    table = {
        "approaches": {
            "day": {
                "rows": 1, "injuries": 583, "athletes": 74,
                "as_published": {"auc": 0.7, "auc_in_the_paper": 0.724, "sensitivity": 0.5, "specificity": 0.7},
                "honest": {"ridge": {"auc": told, "average_precision": told, "calibration_slope": told}},
                "case_crossover": {"cases": 500, "referents": 9_000, "odds_ratios": {"km": told}},
            }
        },
        "caveats": ["Of the table."],
    }  # fmt: skip
    (tmp_path / "table.json").write_text(json.dumps(table), "utf-8")
    words = ["--workers", "1", "--table", str(tmp_path / "table.json"), "--html", str(tmp_path / "page.html")]
    done = CliRunner().invoke(
        cli, ["cohort", "report", str(tmp_path / "lake"), *words], catch_exceptions=False
    )
    page = (tmp_path / "page.html").read_text("utf-8")
    for part in (
        "Incidence, burden, prevalence",
        "longest of the 30 days",
        "the day file",
        "Of the table.",
        "Where",
    ):
        assert part in page
    assert "compared with" in done.stdout
    (tmp_path / "table.json").write_text("[]", "utf-8")
    again = CliRunner().invoke(cli, ["cohort", "report", str(tmp_path / "lake"), *words])
    assert "holds no answer" in str(again.exception)
