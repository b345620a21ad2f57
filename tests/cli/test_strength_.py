"""``evengait strength`` as a stranger types it: a block, its log, its sheet, and what goes wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from evengait.cli import cli

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).parents[1] / "ingest" / "strength_csv" / "samples"


@pytest.fixture
def run(records_home: Path) -> Callable[..., Result]:
    def call(*words: str, ok: bool = True) -> Result:
        got = CliRunner().invoke(
            cli, ["--home", str(records_home), "strength", *words], standalone_mode=False
        )
        if ok and got.exception:
            raise got.exception
        return got

    return call


def said(got: Result) -> Any:
    return json.loads(got.stdout)


def test_a_block_from_start_to_the_next_load(run: Any, tmp_path: Path) -> None:
    first = said(
        run("start", "--equipment", "gym", "--day", "mon", "--day", "thu", "--from", "2026-11-02", "--json")
    )
    assert (first["session"], first["total"]) == (0, 12)
    assert first["days"][0]["prescription"]["exercises"][0]["id"] == "barbell_squat"
    for day in ("2026-11-16", "2026-11-19", "2026-11-23"):
        run("add", "Squat (Barbell)", "12,12,12", "--load", "60", "--reserve", "4", "--date", day)
    days = said(run("next", "--json"))["days"]
    squat = days[0]["prescription"]["exercises"][0]
    assert squat["load_kg"] is not None
    assert days[0]["prescription"]["session"] == 4
    assert "sessions of it are done" in str(run("start", "--equipment", "gym", ok=False).exception)
    sheet = tmp_path / "gym.html"
    text = run("next", "--sheet", str(sheet)).output
    assert "Strength, session 4 of 12" in text
    assert "not reviewed by a clinician" in text
    assert "Barbell squat" in sheet.read_text("utf-8")
    run("start", "--change", "--hurts", "squat", "--weights", "lb")
    after = said(run("next", "--json"))["days"][0]["prescription"]
    assert after["session"] == 4
    assert "barbell_squat" not in [e["id"] for e in after["exercises"]]
    assert "has ended" in run("stop").output


def test_sets_go_in_by_hand_by_file_and_out_again(run: Any, tmp_path: Path) -> None:
    got = said(run("add", "side_plank", "6,6", "--hold", "10", "--date", "2026-11-24", "--json"))
    assert [(s["set_number"], s["reps"], s["hold_s"], s["load_kg"]) for s in got["sets"]] == [
        (1, 6, 10.0, None),
        (2, 6, 10.0, None),
    ]
    run("add", "carry", "0,0", "--hold", "30", "--load", "88", "--weights", "lb", "--date", "2026-11-24")
    got = run("import", str(SAMPLES / "hevy.csv"), "--json")
    assert said(got)["added"] == 3
    assert run("pain", "2", "--date", "2026-11-24").output == "Written on 7 sets.\n"
    shown = run("show").output
    assert "Farmer's carry: 30 s × 40" in shown
    assert "(pain 2)" in shown
    out = tmp_path / "sets.csv"
    run("export", str(out), "--format", "hevy", "--weights", "lb")
    again = said(run("import", str(out), "--json"))
    assert (again["added"], again["changed"], again["same"]) == (0, 0, 7)
    assert run("export", "-", "--format", "evengait").stdout.startswith("date,exercise,set_number")


def test_bad_rows_are_told_and_the_rest_is_in(run: Any, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text((SAMPLES / "hevy.csv").read_text("utf-8").replace(",60,12", ",sixty,12"), "utf-8")
    got = run("import", str(bad))
    assert got.return_value == 3
    assert "Line 3: weight is no number" in got.stderr
    assert "Took in 2 sets" in got.output
    assert "sixty" not in got.output


def test_the_library_is_listed_and_explained(run: Any) -> None:
    bands = run("exercises", "--equipment", "bands", "--movement", "squat").output
    assert "band_squat" in bands
    assert "barbell" not in bands
    how = run("exercises", "Bird Dog").output
    assert "1. Kneel on hands and knees" in how
    assert len(said(run("exercises", "--json"))["exercises"]) >= 39


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["next"], "No strength block runs"),
        (["stop"], "No strength block runs"),
        (["start", "--equipment", "rocks"], "Equipment is named by"),
        (["start", "--day", "t"], "Weekdays are named by"),
        (["start", "--hurts", "everything"], "No exercise of the library"),
        (["add", "moonwalk", "3"], "No exercise of the library"),
        (["add", "bird_dog", "six"], "whole numbers"),
        (["add", "bird_dog", "6", "--load", "heavy"], "for all sets or one for each"),
        (["add", "bird_dog", "6", "--pain", "11"], "0 to 10"),
        (["import", "nowhere.csv"], "could not be read"),
        (["import", str(SAMPLES / "strong.csv")], "--weights kg"),
    ],
)
def test_mistakes_are_one_sentence(run: Any, words: list[str], says: str) -> None:
    got = run(*words, ok=False)
    assert got.exception is not None
    assert says in str(got.exception)
    assert "\n" not in str(got.exception)


def test_the_plan_takes_strength_along_to_calendar_watch_and_paper(
    records_home: Path, run: Any, tmp_path: Path
) -> None:
    from icalendar import Calendar

    run("start", "--equipment", "gym")
    ics, fit, page = tmp_path / "plan.ics", tmp_path / "watch", tmp_path / "plan.html"
    words = [
        "--ics",
        str(ics),
        "--at",
        "06:30",
        "--title",
        "strength=Gym",
        "--fit",
        str(fit),
        "--html",
        str(page),
    ]
    got = CliRunner().invoke(
        cli, ["--home", str(records_home), "plan", "--json", *words], standalone_mode=False
    )
    assert got.exception is None, got.exception
    assert said(got)["strength"]["total"] == 12
    events = Calendar.from_ical(ics.read_bytes()).walk("VEVENT")
    assert {str(e["summary"]) for e in events} == {"Gym"}
    assert [f.suffix for f in fit.iterdir()] == [".fit"]
    assert "Strength block" in page.read_text("utf-8")
    for bad in (["--ics", str(ics), "--at", "soon"], ["--ics", str(ics), "--title", "swim=Pool"]):
        wrong = CliRunner().invoke(cli, ["--home", str(records_home), "plan", *bad], standalone_mode=False)
        assert "--at" in str(wrong.exception) or "--title" in str(wrong.exception)
