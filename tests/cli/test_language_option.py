"""The command line in German: sentences, reports and questions; ids, keys and numbers for programs stay."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from english_words import english_in
from evengait.cli import cli

if TYPE_CHECKING:
    from pathlib import Path

INTAKE = {
    "site": "sacroiliac", "side": "left", "onset": {"mode": "gradual", "date": "2026-11-08"},
    "pain": {"running": 7, "walking": 1}, "worse_with": ["landing"], "findings": {"limp": True},
}  # fmt: skip


def in_german(home: Path, *words: object, **more: Any) -> Any:
    told = ["--home", str(home), "--language", "de", *map(str, words)]
    return CliRunner().invoke(cli, told, standalone_mode=False, **more)


def german(home: Path, *words: object) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"EVENGAIT_LANGUAGE": "de", "EVENGAIT_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-m", "evengait", *map(str, words)],
        capture_output=True, text=True, check=False, env=env,
    )  # fmt: skip


@pytest.fixture
def intake(tmp_path: Path) -> Path:
    file = tmp_path / "intake.json"
    file.write_text(json.dumps(INTAKE), "utf-8")
    return file


def test_a_verdict_reads_german_and_its_json_has_the_same_ids(tmp_path: Path, intake: Path) -> None:
    told = in_german(tmp_path, "screen", intake)
    assert told.output.startswith("Binnen Tagen: Geh zu")
    assert english_in(told.output) == []
    one = json.loads(in_german(tmp_path, "screen", intake, "--json").stdout)
    other = json.loads(
        CliRunner().invoke(cli, ["screen", str(intake), "--json"], standalone_mode=False).stdout
    )
    assert one.keys() == other.keys()
    for key in ("level", "running", "consider", "ask"):
        assert one[key] == other[key], key
    assert [reason["rule"] for reason in one["reasons"]] == [reason["rule"] for reason in other["reasons"]]
    assert one["safety_net"] != other["safety_net"]


def test_a_plan_and_strength_work_read_german(tmp_path: Path, intake: Path) -> None:
    begun = in_german(
        tmp_path, "plan", "--site", "knee", "--onset", "2026-11-08", "--former-week", 40, "--former-runs", 4,
        "--today", "2026-11-26",
    )  # fmt: skip
    assert "Heute, Donnerstag, 26. November 2026" in begun.output
    assert english_in(begun.output) == []
    logged = in_german(tmp_path, "log", "--pain-during", 2, "--no-limp", "--sleep", 7.5)
    assert "7,5 h geschlafen" in logged.output
    assert english_in(logged.output) == []
    assert english_in(in_german(tmp_path, "strength", "start", "--equipment", "dumbbells").output) == []
    assert english_in(in_german(tmp_path, "strength", "exercises", "--movement", "hinge").output) == []
    designed = in_german(tmp_path, "trial", "design", "--what", "tape")
    assert re.search(r"\d,\d Punkte", designed.output)
    assert english_in(designed.output) == []
    assert english_in(in_german(tmp_path, "doctor").output) == []


def test_an_import_says_in_german_what_it_left_out_and_keeps_it_in_english(tmp_path: Path) -> None:
    from evengait.storage.archive import Archive
    from evengait.storage.home import runner_folder

    files = tmp_path / "files"
    files.mkdir()
    (files / "a.fit").write_bytes(b"no fit at all")
    (files / "b.pdf").write_bytes(b"%PDF-1.7 of something")
    told = in_german(tmp_path / "home", "import", files)
    assert "1 Datei ließ sich nicht lesen: Sie heißt wie eine FIT-Aufzeichnung" in told.output
    assert "1 × Ein PDF" in told.output
    assert english_in(told.output) == []
    kept = Archive(runner_folder(tmp_path / "home", "me")).files()["reason"].drop_nulls().to_list()
    assert "A PDF, not a recording." in kept


def test_wrong_use_is_told_in_german_with_the_same_status(tmp_path: Path) -> None:
    for words, said in (
        (("serv",), "Einen Befehl 'serv' gibt es nicht."),
        (("explain",), "Es fehlt die Option '--onset'."),
        (("explain", "--onset", "2026-13-01"), "schreib das Datum als 2026-11-08"),
        (("import", tmp_path / "gone.zip"), "Prüf den Pfad"),
    ):
        done = german(tmp_path, *words)
        assert done.returncode == 2, words
        assert said in done.stderr, words
        assert "Error" not in done.stderr


def test_without_being_told_it_speaks_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    done = CliRunner().invoke(cli, ["--home", str(tmp_path), "sessions"], standalone_mode=False)
    assert done.output.startswith("No session to show")


def test_numbers_and_quotes_are_written_as_german_writes_them(tmp_path: Path) -> None:
    diary, story = tmp_path / "diary.csv", tmp_path / "story.txt"
    rows = [
        f"2026-0{8 + day // 30}-{1 + day % 30:02d},{2 + day * 7 % 4},{day // 5 % 2},8" for day in range(60)
    ]
    diary.write_text("\n".join(["date,pain,treated,load", *rows]) + "\n", "utf-8")
    judged = in_german(tmp_path, "trial", "analyse", diary)
    assert re.search(r"Schmerz ohne +\d,\d", judged.output)
    assert re.search(r"Veränderung +[+−]\d,\d Punkte", judged.output)
    assert not re.search(r"\d\.\d", judged.output)
    story.write_text("Seit drei Wochen tut mir links das ISG weh, beim Laufen 6 von 10.", "utf-8")
    assert "„6 von 10“" in in_german(tmp_path, "intake", story).output
