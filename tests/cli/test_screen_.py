"""``evengait screen`` as a stranger uses it: files good and broken, JSON, questions on a real terminal, own rules."""

from __future__ import annotations

import json
import os
import pty
import select
import shutil
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

SEED = {
    "sex": "female", "site": "sacroiliac", "side": "left", "onset": {"mode": "gradual"}, "quality": ["sharp"],
    "pain": {"running": 7, "walking": 1}, "worse_with": ["landing", "running"], "duration_days": 7,
    "findings": {"limp": True, "insidious": True}, "tried": [{"what": "rest", "days": 3, "helped": False}],
}  # fmt: skip


def run(*args: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "evengait", "screen", *args],
        capture_output=True, text=True, check=False, input=stdin,
    )  # fmt: skip


@pytest.fixture
def intake(tmp_path: Path) -> Any:
    """Return a function that writes an intake and returns its path."""

    def write(data: Any) -> str:
        file = tmp_path / "intake.json"
        file.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
        return str(file)

    return write


def test_the_seeds_case_reads_calmly_and_says_where_to_go_first(intake: Any) -> None:
    done = run(intake(SEED))
    assert done.returncode == 0
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[0] == "Within days: See a doctor or sports physiotherapist."
    for words in (
        "Do not run until a clinician", "bone stress injury of the sacrum", "Do not test it by\nhopping",
        "Worse with landing", "Signs that cannot wait", "not reviewed by a clinician", "not a diagnosis",
    ):  # fmt: skip
        assert words in done.stdout, words
    assert max(map(len, lines)) <= 80


def test_json_is_the_contracts_document(intake: Any) -> None:
    done = run(intake(SEED), "--json")
    data = json.loads(done.stdout)
    assert (data["level"], data["running"]) == ("within_days", "stop")
    assert data["reasons"][0]["rule"] == "possible-bone-stress-injury"
    assert set(data["reasons"][0]) >= {"rule", "because", "evidence", "grade"}
    assert "sacral_bone_stress_injury" in data["consider"]
    assert data["ask"][0] == "saddle_numbness"
    assert "fever" in data["ask"]
    assert data["safety_net"][0].startswith("Now: Numbness")
    assert data["not_a_diagnosis"]
    assert data["rules"]["review"] == "not reviewed by a clinician"
    assert set(data["sources"]) == {key for reason in data["reasons"] for key in reason["evidence"]}


def test_an_emergency_stands_first_and_leaves_the_ordinary_out(intake: Any) -> None:
    out = run(intake({"site": "lower_back", "findings": {"bladder_change": True}})).stdout
    assert out.startswith("Now: Call your local emergency number")
    assert "ordinary low back pain" not in out


def test_nothing_known_is_said_to_be_nothing_known() -> None:
    out = run("-", stdin="{}").stdout
    assert "fits no pattern known here" in out
    assert "Signs that cannot wait" in out


def test_unknown_keys_are_warned_of_and_left_out(intake: Any) -> None:
    done = run(intake({"site": "knee", "shoe": 42, "findings": {"limpp": True}}), "--json")
    assert done.returncode == 0
    assert "shoe, findings.limpp" in done.stderr
    json.loads(done.stdout)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"site": "elbow"}',
        '{"findings": {"limp": "yes"}}',
        '{"age": 400}',
        "\x00",
        "[" * 100_000,
    ],
)
def test_an_invalid_intake_is_one_sentence_and_status_2(intake: Any, text: str) -> None:
    done = run(intake(text))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("evengait: ")
    assert "Traceback" not in done.stderr
    assert "elbow" not in done.stderr
    assert "400" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_file_that_is_not_there_and_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    assert run(str(tmp_path / "none.json")).returncode == 2
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00{")
    done = run(str(tmp_path / "bytes.json"))
    assert (done.returncode, "valid JSON" in done.stderr) == (2, True)


def test_a_clinics_own_rules_take_the_place_of_ours(intake: Any, tmp_path: Path) -> None:
    ours = Path(str(files("evengait.knowledge").joinpath("red_flags")))
    own = tmp_path / "own"
    own.mkdir()
    for name in ("limping.toml", "_terms.toml", "_conditions.toml"):
        shutil.copy(ours / name, own)
    text = (own / "limping.toml").read_text("utf-8")
    (own / "limping.toml").write_text(text.replace('"self_care"', '"same_day"'), "utf-8")
    done = run(intake(SEED), "--json", "--rules", str(own))
    assert "None of these rules is for an emergency" in done.stderr
    data = json.loads(done.stdout)
    assert (data["level"], data["rules"]["count"]) == ("same_day", 1)
    (own / "limping.toml").write_text(text.replace("level", "levle"), "utf-8")
    done = run(intake(SEED), "--rules", str(own))
    assert done.returncode == 2
    assert "limping.toml: levle" in done.stderr
    assert run(intake(SEED), "--rules", str(tmp_path / "nowhere")).returncode == 2


def test_asking_needs_a_terminal(intake: Any) -> None:
    done = run(intake(SEED), "--ask", stdin="")
    assert (done.returncode, "needs a terminal" in done.stderr) == (2, True)


class Terminal:
    """A real terminal with ``evengait screen`` on it."""

    def __init__(self, *args: str) -> None:
        self.pid, self.end = pty.fork()
        if self.pid == 0:
            os.environ["NO_COLOR"] = "1"
            os.execv(sys.executable, [sys.executable, "-m", "evengait", "screen", *args])  # noqa: S606 - our own program
        self.seen = ""

    def wait_for(self, words: str) -> None:
        until = time.monotonic() + 20
        while words not in self.seen:
            assert time.monotonic() < until, self.seen
            if select.select([self.end], [], [], 0.2)[0]:
                try:
                    self.seen += os.read(self.end, 65536).decode()
                except OSError:
                    break
        assert words in self.seen, self.seen
        self.seen = self.seen.split(words, 1)[1]

    def say(self, words: str) -> None:
        os.write(self.end, f"{words}\n".encode())

    def close(self) -> int:
        status = os.waitpid(self.pid, 0)[1]
        os.close(self.end)
        return os.waitstatus_to_exitcode(status)


def test_it_asks_the_most_telling_first_until_the_answer_is_an_emergency(intake: Any, tmp_path: Path) -> None:
    saved = tmp_path / "answered.json"
    terminal = Terminal(intake(SEED), "--ask", "--save", str(saved))
    terminal.wait_for("where a saddle would touch?")
    terminal.say("perhaps")
    terminal.wait_for("That does not fit: y/n")
    terminal.say("n")
    terminal.wait_for("urine")
    terminal.say("")
    terminal.wait_for("stool")
    terminal.say("y")
    terminal.wait_for("Now: Call your local emergency number")
    assert terminal.close() == 0
    findings = json.loads(saved.read_text("utf-8"))["findings"]
    assert (findings["saddle_numbness"], findings["bladder_change"], findings["bowel_change"]) == (
        False,
        None,
        True,
    )


def test_questions_can_be_stopped(intake: Any) -> None:
    terminal = Terminal(intake(SEED), "--ask")
    terminal.wait_for("saddle would touch?")
    terminal.say("stop")
    terminal.wait_for("Within days")
    assert terminal.close() == 0
