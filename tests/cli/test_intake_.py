"""``evengait intake`` as a runner types it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from evengait.actions.take_story import take_story
from evengait.cli import cli
from evengait.cli._confirm import confirm
from evengait.core.errors import UsageError
from evengait.core.intake import read_intake

if TYPE_CHECKING:
    from pathlib import Path

STORY = "My left shin hurts since Monday, one spot on the bone is tender. No fever. I limp."


def test_a_story_becomes_an_intake_that_screen_reads_back(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY, "utf-8")
    result = CliRunner().invoke(
        cli, ["intake", str(tmp_path / "story.txt"), "--date", "2026-11-25", "--json"]
    )
    document = json.loads(result.stdout)
    assert document["site"] == "shin"
    assert document["onset"]["date"] == "2026-11-23"
    assert document["findings"]["fever"] is False
    assert document["findings"]["night_pain"] is None
    reading = read_intake(document)
    assert reading.ignored == ()
    assert not reading.confirmed
    assert {"findings.limp", "findings.bony_tenderness"} <= {mark["field"] for mark in document["marks"]}


def test_for_people_every_value_stands_beside_its_words_and_nothing_is_confirmed(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY, "utf-8")
    result = CliRunner().invoke(
        cli, ["intake", str(tmp_path / "story.txt"), "--save", str(tmp_path / "intake.json")]
    )
    assert "“I limp”" in result.stdout or "“limp”" in result.stdout
    assert "Not confirmed yet" in result.stdout
    assert json.loads((tmp_path / "intake.json").read_text("utf-8"))["confirmed"] is False


def test_the_runner_confirms_or_leaves_out_each_value(monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date

    reading = take_story(STORY.encode(), told=date(2026, 11, 25))
    answers = iter(["n" if mark.field == "findings.limp" else "" for mark in reading.marks])
    monkeypatch.setattr("click.prompt", lambda *_a, **_k: next(answers))
    kept = confirm(reading)
    assert kept.intake.get("findings.limp") is None
    assert kept.intake.get("site") == "shin"
    monkeypatch.setattr("click.prompt", lambda *_a, **_k: "all")
    assert confirm(reading).intake == reading.intake


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"\xff\xfe\x00", "no plain text"), (b" ... \n", "no words"), (b"a " * 20_000, "longer")],
)
def test_what_is_no_story_is_one_sentence(tmp_path: Path, data: bytes, says: str) -> None:
    (tmp_path / "story.txt").write_bytes(data)
    result = CliRunner().invoke(cli, ["intake", str(tmp_path / "story.txt")])
    assert isinstance(result.exception, UsageError)
    assert says in str(result.exception)


def test_a_story_that_says_nothing_says_so(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("Hello there, lovely weather.", "utf-8")
    assert "Nothing could be read" in CliRunner().invoke(cli, ["intake", str(tmp_path / "story.txt")]).stdout


def test_an_intake_that_nobody_confirmed_is_screened_with_that_word(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY, "utf-8")
    intake = CliRunner().invoke(cli, ["intake", str(tmp_path / "story.txt"), "--json"]).stdout
    result = CliRunner().invoke(cli, ["screen", "-", "--json"], input=intake)
    assert json.loads(result.stdout)["running"] == "stop"
    assert "confirmed by nobody" in result.stderr
