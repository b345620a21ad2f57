"""``evengait plan`` as a runner uses it: begin, answer, walk, run, log, look again."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from evengait.actions.import_archive import import_archive
from evengait.cli import cli
from evengait.core.errors import UsageError
from walks_and_runs import ladder, recording

if TYPE_CHECKING:
    from pathlib import Path

START = date(2026, 11, 16)
KNEE = ["--site", "knee", "--side", "left", "--onset", "2026-11-08"]
CALM = {
    "age": 34, "site": "knee", "side": "left", "onset": {"date": "2026-11-08", "mode": "gradual"},
    "pain": {"rest": 0, "walking": 1, "running": 3, "night": 0}, "worse_with": ["stairs"],
}  # fmt: skip
STOP = {
    "sex": "female", "site": "sacroiliac", "side": "left", "onset": {"date": "2026-11-08", "mode": "gradual"},
    "pain": {"running": 7, "walking": 1}, "worse_with": ["landing", "running"],
    "findings": {"limp": True, "insidious": True},
}  # fmt: skip


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--home", str(home), *words], standalone_mode=False)


def plan(home: Path, n: int, *words: str) -> dict[str, Any]:
    result = run(home, "plan", "--json", "--today", (START + timedelta(n)).isoformat(), *words)
    assert result.exception is None, result.exception
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def answers(folder: Path, intake: dict[str, Any], name: str = "intake.json") -> str:
    file = folder / name
    file.write_text(json.dumps(intake), "utf-8")
    return str(file)


def log(home: Path, n: int, *words: str) -> None:
    assert run(home, "log", "--date", (START + timedelta(n)).isoformat(), *words).exception is None


@pytest.fixture
def begun(records_home: Path, tmp_path: Path) -> Path:
    """Return a home with a plan whose gates are all met on the first day."""
    plan(records_home, 0, *KNEE, "--intake", answers(tmp_path, CALM))
    words = [w for gate in ("daily_activity", "brisk_walk", "impact") for w in ("--passed", gate)]
    assert plan(records_home, 0, *words)["state"] == "running"
    return records_home


def ran(home: Path, folder: Path, n: int, walk: int, minutes: int) -> None:
    file = recording(folder, ladder(walk, minutes), START + timedelta(n))
    import_archive(home / "runners" / "me", [file], workers=1)


def test_without_a_plan_the_next_step_is_said(records_home: Path) -> None:
    error = run(records_home, "plan").exception
    assert isinstance(error, UsageError)
    assert "evengait plan --site" in str(error)


def test_before_the_questions_nothing_is_planned_and_nobody_is_told_to_hop(records_home: Path) -> None:
    document = plan(records_home, 0, *KNEE)
    assert (document["state"], document["blocked_by"], document["stage"]) == ("preparing", None, "S0")
    assert {day["kind"] for day in document["days"]} == {"rest"}
    assert [question.split(":")[0] for question in document["ask"]] == ["The red-flag questions come first"]


def test_a_screening_that_says_stop_blocks_every_run(records_home: Path, tmp_path: Path) -> None:
    document = plan(records_home, 0, "--intake", answers(tmp_path, STOP))
    assert document["state"] == "blocked"
    assert document["blocked_by"] == "possible-bone-stress-injury"
    assert document["profile"] == "bone_high"
    assert {day["kind"] for day in document["days"]} == {"rest"}
    assert document["decisions"][-1]["decision"] == "refer"
    assert "hop" not in " ".join(document["ask"])
    error = run(records_home, "plan", "--passed", "clinician").exception
    assert "--by clinician" in str(error)


def test_a_clinicians_word_opens_the_gates_and_the_bone_profile_stays(
    records_home: Path, tmp_path: Path
) -> None:
    plan(records_home, 0, "--intake", answers(tmp_path, STOP))
    document = plan(records_home, 20, "--passed", "clinician", "--by", "clinician")
    assert document["state"] == "preparing"
    assert document["profile"] == "bone_high"
    assert [gate["id"] for gate in document["gates"] if gate["met"]] == ["screening", "clinician"]
    assert {day["kind"] for day in document["days"]} == {"walk", "strength", "rest"}


def test_strength_days_stand_beside_the_runs_at_least_two_days_apart(begun: Path, tmp_path: Path) -> None:
    document = plan(begun, 0)
    lifts = [date.fromisoformat(day["date"]) for day in document["days"] if day["kind"] == "strength"]
    assert len(lifts) >= 3
    assert all((b - a).days >= 2 for a, b in pairwise(lifts))
    assert all(day["prescription"]["exercises"] for day in document["days"] if day["kind"] == "strength")
    rests = {day["date"] for day in document["days"] if day["kind"] == "rest"}
    assert not rests & {lift.isoformat() for lift in lifts}
    page = tmp_path / "plan.html"
    assert run(begun, "plan", "--today", START.isoformat(), "--html", str(page)).exception is None
    assert "On the way back" in page.read_text("utf-8")
    assert "stop and walk home if pain goes above 2 out of 10" in page.read_text("utf-8")


def test_a_plan_can_do_without_strength(records_home: Path, tmp_path: Path) -> None:
    document = plan(records_home, 0, *KNEE, "--intake", answers(tmp_path, CALM), "--no-strength")
    assert "strength" not in {day["kind"] for day in document["days"]}


def test_a_strength_block_that_runs_goes_on_beside_a_new_plan(records_home: Path, tmp_path: Path) -> None:
    words = ["--equipment", "dumbbells", "--day", "tue", "--from", START.isoformat()]
    assert run(records_home, "strength", "start", *words).exception is None
    document = plan(records_home, 0, *KNEE, "--intake", answers(tmp_path, CALM))
    assert "strength" in {day["kind"] for day in document["days"]}


def test_a_ladder_run_and_logged_leads_upwards_and_nothing_logged_does_not(
    begun: Path, tmp_path: Path
) -> None:
    document = plan(begun, 0)
    first = next(day for day in document["days"] if day["kind"] == "run")
    assert (first["date"], first["stage"]) == (START.isoformat(), "S1")
    assert {k: first["prescription"][k] for k in ("repeats", "walk_s", "run_s")} == {
        "repeats": 6, "walk_s": 240, "run_s": 60,
    }  # fmt: skip
    for n in (0, 2):
        ran(begun, tmp_path, n, 4, 1)
    silent = plan(begun, 4)
    assert silent["stage"] == "S1"
    assert [d["decision"] for d in silent["decisions"]] == ["advance", "hold", "hold"]
    assert any("--pain-during" in question for question in silent["ask"])
    for n in (0, 2):
        log(begun, n, "--pain-during", "0", "--pain-next-morning", "0")
    told = plan(begun, 4)
    assert told["stage"] == "S2"
    assert told["decisions"][-1]["rule"] == "advance-sessions"
    assert told["decisions"][-1]["evidence"]


def test_pain_above_the_profile_leads_back_and_a_correction_takes_it_away(
    begun: Path, tmp_path: Path
) -> None:
    for n in (0, 2):
        ran(begun, tmp_path, n, 4, 1)
        log(begun, n, "--pain-during", "0", "--pain-next-morning", "0")
    ran(begun, tmp_path, 4, 3, 2)
    log(begun, 4, "--pain-during", "5")
    assert plan(begun, 4)["stage"] == "S1"
    assert plan(begun, 4)["decisions"][-1]["decision"] == "regress"
    log(begun, 4, "--pain-during", "1")
    assert plan(begun, 4)["stage"] == "S2"


def test_what_was_really_run_counts_not_what_was_planned(begun: Path, tmp_path: Path) -> None:
    for n in (0, 2):
        import_archive(
            begun / "runners" / "me", [recording(tmp_path, [("run", 1500)], START + timedelta(n))], workers=1
        )
        log(begun, n, "--pain-during", "0", "--pain-next-morning", "0")
    document = plan(begun, 3)
    assert document["stage"] == "S1"
    assert document["decisions"][-1]["rule"] == "hold-more"
    assert "25 min of 6 min" in document["decisions"][-1]["because"][0]


def test_a_run_that_looks_like_walking_is_asked_about(begun: Path, tmp_path: Path) -> None:
    import_archive(
        begun / "runners" / "me", [recording(tmp_path, [("walk", 1500)], START + timedelta(1))], workers=1
    )
    document = plan(begun, 2)
    assert document["decisions"][-1]["rule"] == "advance-gates"
    assert any("looks like walking" in question for question in document["ask"])


def test_a_recorded_walk_passes_its_gate(records_home: Path, tmp_path: Path) -> None:
    plan(records_home, 0, *KNEE, "--intake", answers(tmp_path, CALM), "--passed", "impact")
    for n in range(3):
        log(records_home, n, "--pain-daily", "1", "--pain-next-morning", "0")
    file = recording(tmp_path, [("walk", 1900)], START + timedelta(2), sport="walking")
    import_archive(records_home / "runners" / "me", [file], workers=1)
    assert plan(records_home, 3)["state"] == "preparing", "how the walk felt is not known"
    log(records_home, 2, "--pain-during", "1")
    document = plan(records_home, 3)
    assert document["state"] == "running"
    assert "A brisk walk of 30 minutes went well." in document["decisions"][-1]["because"]


def test_log_and_import_say_where_the_plan_stands(begun: Path, tmp_path: Path) -> None:
    today = date.fromisoformat(json.loads(run(begun, "plan", "--json").stdout)["today"])
    result = run(begun, "log", "--pain-daily", "0")
    assert "Plan, running, stage S1" in result.stdout
    assert "plan" in json.loads(run(begun, "log", "--pain-daily", "0", "--json").stdout)
    file = recording(tmp_path, ladder(4, 1), today)
    result = run(begun, "import", str(file), "--workers", "1")
    assert "Plan, running, stage S1" in result.stderr


def test_words_for_people_lead_with_today(begun: Path) -> None:
    text = run(begun, "plan", "--today", START.isoformat(), "--units", "mi").stdout
    assert text.index("Today, Monday 16 November 2026") < text.index("The coming days")
    assert "6 × (walk 4 min, run 1 min)" in text
    assert "not reviewed by a clinician" in text
    assert "at most 2 out of 10" in text


def test_calendar_and_workouts_are_written(begun: Path, tmp_path: Path) -> None:
    result = run(
        begun,
        "plan",
        "--today",
        START.isoformat(),
        "--ics",
        str(tmp_path / "plan.ics"),
        "--fit",
        str(tmp_path / "fit"),
    )
    assert result.exception is None
    assert b"BEGIN:VEVENT" in (tmp_path / "plan.ics").read_bytes()
    files = sorted((tmp_path / "fit").iterdir())
    assert files
    assert files[0].name == f"{START}-run.fit"


def test_the_former_week_can_be_told_later_and_the_plan_goes_on(begun: Path) -> None:
    before = plan(begun, 0)
    assert before["former_week"] is None
    assert any("--former-week" in caveat for caveat in before["caveats"])
    after = plan(begun, 0, "--former-week", "60", "--former-runs", "5")
    assert after["former_week"] == {"distance_m": 60000, "runs": 5}
    assert (after["id"], after["state"]) == (before["id"], "running")


def test_the_same_words_again_go_on_with_the_plan_that_runs(begun: Path) -> None:
    before = plan(begun, 0)
    again = plan(begun, 3, *KNEE)
    assert (again["id"], again["state"], again["started_on"]) == (before["id"], "running", START.isoformat())
    assert isinstance(run(begun, "plan", "--side", "right").exception, UsageError)


def test_another_profile_begins_anew_and_after_a_stop_for_a_bone_a_clinician_chooses_it(
    begun: Path, tmp_path: Path
) -> None:
    document = plan(begun, 0, "--profile", "achilles")
    assert (document["profile"], document["site"], document["state"]) == ("achilles", "knee", "preparing")
    plan(
        begun,
        1,
        "--intake",
        answers(tmp_path, STOP, "stop.json"),
        "--site",
        "sacroiliac",
        "--onset",
        "2026-11-08",
    )
    error = run(begun, "plan", "--today", "2026-11-18", "--profile", "unspecified").exception
    assert "clinician" in str(error)
    document = plan(begun, 2, "--profile", "unspecified", "--by", "clinician")
    assert (document["profile"], document["state"]) == ("unspecified", "blocked")


def test_a_plan_ends_and_another_begins_at_the_newest_version(begun: Path) -> None:
    assert "ended" in run(begun, "plan", "--end").stdout
    assert isinstance(run(begun, "plan").exception, UsageError)
    document = plan(begun, 9, "--site", "achilles", "--onset", "2026-11-20", "--former-week", "40")
    assert (document["profile"], document["former_week"]) == ("achilles", {"distance_m": 40000, "runs": 3})


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--site", "knee"], "--onset"), (["--onset", "2026-11-08"], "--site"),
        ([*KNEE[:4], "--onset", "2999-01-01"], "future"), ([*KNEE, "--profile", "heart"], "profile"),
        ([*KNEE, "--progression", "moon"], "progression"), ([*KNEE, "--former-week", "9000"], "400"),
        (["--former-week", "50"], "--site"), ([*KNEE, "--former-runs", "4"], "--former-week"),
        (["--passed", "impact"], "No plan runs"), (["--end"], "No plan runs"),
        ([*KNEE, "--passed", "luck"], "gates are"), ([*KNEE, "--passed", "impact", "--on", "2999-01-01"], "future"),
        (["--intake", "nothing.json"], "could not be read"),
    ],
)  # fmt: skip
def test_wrong_use_is_one_sentence(records_home: Path, words: list[str], says: str) -> None:
    error = run(records_home, "plan", "--today", START.isoformat(), *words).exception
    assert isinstance(error, UsageError), error
    assert says in str(error)


def test_the_former_week_comes_from_the_archive(demo_home: Path, tmp_path: Path, records_home: Path) -> None:
    import shutil

    shutil.copytree(demo_home / "runners" / "demo", records_home / "runners" / "me")
    document = plan(records_home, 0, *KNEE)
    assert 100_000 < document["former_week"]["distance_m"] < 135_000
    assert document["former_week"]["runs"] == 6
