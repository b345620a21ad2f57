"""``cohort`` and ``doctor`` in German: the same numbers, and no line that English has too."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from english_words import english_in
from evengait.actions.import_archive import import_archive
from evengait.cli import cli
from small_files import strava_zip

if TYPE_CHECKING:
    from pathlib import Path

WORD = re.compile(r"\b[a-zäöüß]{4,}\b")
COMMAND = re.compile(r"evengait [\w -]+|--\w+|\S+[/._]\S+|'\w+'")


def told(home: Path, language: str, *words: object) -> str:
    asked = ["--home", str(home), "--language", language, *map(str, words)]
    done = CliRunner().invoke(cli, asked, standalone_mode=False)
    return done.output if done.exception is None else done.output + str(done.exception)


def german_alone(home: Path, *words: object) -> str:
    """Run a command in both languages; no line that has words may be the same."""
    german, english = told(home, "de", *words), told(home, "en", *words)
    lines = {line for line in german.splitlines() if WORD.search(COMMAND.sub("", line))}
    assert lines & set(english.splitlines()) == set()
    assert english_in(german) == []
    return german


def page_words(page: Path) -> str:
    text = re.sub(r"<style.*?</style>", "", page.read_text("utf-8"), flags=re.DOTALL)
    return "\n".join(re.findall(r">([^<>]+)<", text))


def test_spikes_read_german_and_their_json_is_the_same(tmp_path: Path) -> None:
    made = told(tmp_path, "de", "cohort", "simulate", tmp_path / "made", "--runners", 300)
    assert "300 Läuferinnen mit" in made
    page = tmp_path / "spikes.html"
    said = german_alone(tmp_path, "cohort", "spikes", tmp_path / "made", "--workers", 1)
    assert re.search(r"Hazard Ratio \d,\d\d \(\d,\d\d bis \d+,\d\d\)", said)
    assert "bis 0,80" in said
    words = ("cohort", "spikes", tmp_path / "made", "--workers", 1, "--json", "--html", page)
    answers = [told(tmp_path, language, *words).partition("\n}")[0] + "}" for language in ("en", "de")]
    assert answers[0] == answers[1]
    json.loads(answers[0])
    assert english_in(page_words(page)) == []
    assert "moderate" not in page_words(page)
    assert "Was sich nicht sagen lässt" in page_words(page)


def test_the_prediction_table_reads_german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evengait.cohort.published.BAGS", 1)
    told(tmp_path, "de", "cohort", "simulate", tmp_path / "made", "--for", "reproduce", "--share", 0.3)
    page = tmp_path / "table.html"
    words = ("--repetitions", 1, "--draws", 50, "--model", "ridge", "--workers", 1, "--html", page)
    said = told(tmp_path, "de", "cohort", "reproduce", tmp_path / "made", "--approach", "week", *words)
    assert "Die Datei der Wochen: 74 Sportlerinnen" in said
    assert "frühere Verletzung" in said
    assert english_in(said) == []
    assert english_in(page_words(page)) == []


def test_a_report_of_a_lake_reads_german() -> None:
    from evengait.core.language import speaking
    from evengait.report.cohort_text import burden_lines

    measure = {"value": 5.25, "interval": [3.1, 1234.5], "unit": "new injuries per 1,000 hours of running"}
    answer = {
        "runners": 31, "hours": 2345, "injuries": 12, "measures": {"incidence": measure}, "spikes": None,
        "sites": [{"site": "lower_back", "injuries": 7}, {"site": "rest", "injuries": 5}],
        "no_spikes_why": "follow-up is known of fewer than five runners",
        "caveats": ["A health problem is what a runner wrote down; what she did not write down is not here."],
    }  # fmt: skip
    english = list(burden_lines(answer))
    assert "  incidence   5.2 (3.1 to 1234.5) new injuries per 1,000 hours of running" in english
    with speaking("de"):
        german = list(burden_lines(answer))
    assert "neue Verletzungen je 1.000 Stunden Laufen" in "\n".join(german)
    assert set(german) & set(english) == {""}


def test_consent_and_what_is_wrong_read_german(tmp_path: Path) -> None:
    for words in (
        ("cohort", "consent"),
        ("--runner", "anna", "cohort", "consent", "--agree"),
        ("cohort", "build", tmp_path / "lake"),
        ("cohort", "spikes", tmp_path),
        ("cohort", "report", tmp_path / "lake"),
        ("cohort", "reproduce", tmp_path),
    ):
        assert german_alone(tmp_path, *words)


@pytest.mark.parametrize("harm", ["original", "samples", "log", "sums", "form", "leftover"])
def test_a_doctor_says_damage_in_german(tmp_path: Path, harm: str) -> None:
    folder = tmp_path / "runners" / "me"
    import_archive(folder, [strava_zip(tmp_path / "e.zip", [0, 1])], workers=1)
    if harm == "original":
        next((folder / "originals").iterdir()).unlink()
    elif harm == "samples":
        part = next((folder / "samples").glob("*.parquet"))
        part.write_bytes(part.read_bytes()[:-9])
    elif harm == "log":
        next((folder / "sessions" / "_delta_log").glob("*.json")).write_bytes(b"{")
    elif harm == "sums":
        (folder / "SHA256SUMS").write_bytes(b"\x00")
    elif harm == "form":
        (folder / "archive.json").write_bytes(b"{}")
    else:
        (folder / "samples" / "part-x-0001.parquet").write_bytes(b"x")
    said = german_alone(tmp_path, "doctor")
    assert ("BESCHÄDIGT: " in said) == (harm != "leftover")
    repaired = told(tmp_path, "de", "doctor", "--repair")
    assert english_in(repaired) == []
    assert not re.search(r"\b(?:anew|missing|damaged|written)\b", COMMAND.sub("", repaired))
