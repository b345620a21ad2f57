"""The command line on a desk elsewhere: a real server, the same JSON, and a token that nobody else reads."""

from __future__ import annotations

import json
import stat
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from evengait.cli._desk import checked_address
from evengait.core.errors import UsageError
from small_files import strava_zip

if TYPE_CHECKING:
    from collections.abc import Iterator

sys.path.append(str(Path(__file__).parents[1] / "web"))


@pytest.fixture
def desk(records_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Serve a desk; yields its address, its cast and a way to run a command there."""
    from cast import people
    from live_desk import running

    cast = people(records_home)
    monkeypatch.setenv("EVENGAIT_CONFIG", str(tmp_path / "config"))
    monkeypatch.delenv("EVENGAIT_DESK_TOKEN", raising=False)
    with running() as address:
        yield address, cast


def ran(*words: str, stdin: str | None = None) -> tuple[int, str, str]:
    """Run a command as a shell would; returns its exit status and what it printed."""
    import subprocess

    done = subprocess.run(
        [sys.executable, "-m", "evengait", *words],
        input=stdin or "",
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.returncode, done.stdout, done.stderr


def test_a_token_is_kept_for_its_owner_alone_and_speaks_for_the_runner(desk: Any, tmp_path: Path) -> None:
    address, cast = desk
    assert ran("--desk", address, "sessions")[0] == 2
    secret = cast.program("owner").secret
    status, told, _ = ran("desk", "login", address, stdin=secret + "\n")
    assert status == 0
    assert secret not in told
    assert "read:diary" in told
    file = tmp_path / "config" / "desk-tokens.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    status, told, _ = ran(
        "--desk", address, "log", "--date", "2026-11-09", "--pain-during", "2", "--no-belt", "--json"
    )
    assert status == 0
    day = json.loads(told)["days"][0]
    assert (day["pain_during_nprs"], day["aids"]) == (2, [])
    _, there, _ = ran("--desk", address, "log", "--show", "--date", "2026-11-09", "--json")
    _, here, _ = ran(
        "--home", str(cast.home), "--runner", "owner", "log", "--show", "--date", "2026-11-09", "--json"
    )
    assert json.loads(there) == json.loads(here)
    status, _, said = ran("--desk", address, "plan")
    assert (status, said.strip()) == (2, "evengait: No plan runs.")
    status, _, said = ran("--desk", address, "doctor")
    assert status == 2
    file.chmod(0o644)
    status, _, said = ran("--desk", address, "sessions")
    assert status == 2
    assert "Others can read" in said


def test_recordings_are_sent_taken_in_and_listed(
    desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from working import work

    address, cast = desk
    monkeypatch.setenv("EVENGAIT_DESK_TOKEN", cast.program("outsider").secret)
    export = strava_zip(tmp_path / "e.zip", [0, 1], extra={"activities/broken.fit": b"no"})
    came: list[Any] = []
    sending = threading.Thread(
        target=lambda: came.append(ran("--desk", address, "import", str(export), "--json"))
    )
    sending.start()
    while sending.is_alive():
        work()
        sending.join(0.5)
    status, told, _ = came[0]
    report = json.loads(told)
    assert status == 3
    assert report["counts"]["added"] == 2
    assert report["counts"]["failed"] == 1
    _, there, _ = ran("--desk", address, "sessions", "--json")
    _, here, _ = ran("--home", str(cast.home), "--runner", "outsider", "sessions", "--json")
    assert json.loads(there) == json.loads(here)
    assert len(json.loads(there)) == 2
    assert "running" in ran("--desk", address, "sessions")[1]


def test_a_token_is_sent_by_tls_or_within_this_computer() -> None:
    assert checked_address("http://localhost:8000/") == "http://localhost:8000"
    for unsafe in (
        "http://desk.example.org",
        "ftp://x",
        "https://me:word@desk.example.org",
        "desk.example.org",
    ):
        with pytest.raises(UsageError, match="https://"):
            checked_address(unsafe)


def test_a_desk_that_is_not_there_is_a_failure_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENGAIT_DESK_TOKEN", "evengait_nothing")
    status, _, said = ran("--desk", "http://127.0.0.1:9", "sessions")
    assert status == 1
    assert said.startswith("evengait: The desk could not be reached")
    assert "evengait_nothing" not in said


def test_cases_shoes_and_a_plan_on_a_desk_elsewhere(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    address, cast = desk
    monkeypatch.setenv("EVENGAIT_DESK_TOKEN", cast.program("owner").secret)
    case = cast.ids["case"]
    assert case in ran("--desk", address, "cases")[1]
    status, told, _ = ran("--desk", address, "cases", case, "--reply", stdin="It is *better*.\n")
    assert (status, told.strip()) == (0, "Kept as reply 3.")
    _, told, _ = ran("--desk", address, "cases", case)
    assert "#3  Owner, creator\nIt is *better*." in told
    assert "Proposes (open): What does the first step feel like?" in told
    _, told, _ = ran("--desk", address, "cases", case, "--since", "3", "--json")
    assert [one["number"] for one in json.loads(told)["numbered_replies"]] == [3]
    assert ran("cases")[0] == 2
    assert ran("--desk", address, "shoes", "--json")[1].strip() == "[]"
    assert "no shoe of this name" in ran("--desk", address, "shoes", "Blue", "--before", "10")[2]
    status, told, _ = ran(
        "--desk", address, "plan", "--problem", cast.ids["problem"], "--no-strength", "--json"
    )
    assert (status, json.loads(told)["site"]) == (0, "sacroiliac")
    assert ran("--desk", address, "plan", "--passed", "no such gate")[0] == 2
    assert ran("--desk", address, "plan", "--site", "knee")[0] == 2
    assert ran("--desk", address, "plan", "--end")[1].startswith("The plan is ended")
    assert ran("--desk", address, "plan")[0] == 2


def test_every_page_of_the_cases_is_read(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from evengait.cli import cases_
    from evengait.cli._desk import Desk
    from evengait.storage.records.cases import open_case
    from evengait.storage.records.models import Case

    address, cast = desk
    made = {
        str(open_case(cast.ids["runner"], cast.ids["problem"], f"Case {n}", "injury", opened_by=None).id)
        for n in range(6)
    }
    there = Desk(address, cast.program("owner").secret)
    monkeypatch.setattr(cases_, "_PAGE", 2)
    asked: list[dict[str, Any]] = []
    ask = there.ask

    def changing(method: str, path: str, **more: Any) -> Any:
        answer = ask(method, path, **more)
        if len(asked) == 1:  # the last one of the list comes to its front while it is read
            Case.objects.get(pk=Case.objects.order_by("changed_at")[0].pk).save()
        asked.append(more)
        return answer

    monkeypatch.setattr(there, "ask", changing)
    found = [one["id"] for one in cases_._all(there)]
    assert sorted(found) == sorted(made | {cast.ids["case"]})
    assert len(asked) >= 4
    there._client.close()


def test_something_is_proposed_listed_accepted_and_taken_back(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, cast = desk
    case = cast.ids["case"]
    monkeypatch.setenv("EVENGAIT_DESK_TOKEN", cast.program("coach").secret)
    reply = ("--desk", address, "cases", case, "--reply")
    assert ran("--desk", address, "cases", case, "--propose", "question")[0] == 2
    wrong = ran(*reply, "--propose", "one_sided_exercise", "--text", "Bridge", "--side", "left", stdin="Do.")
    assert (wrong[0], "verified by this desk" in wrong[2]) == (2, True)
    wish = ("--propose", "plan_change", "--text", "Walk on Sunday", "--every-days", "7")
    status, told, _ = ran(
        *reply,
        *wish,
        stdin="Take it easy.",
    )
    assert (status, told.strip()) == (0, "Kept as reply 3.")
    monkeypatch.setenv("EVENGAIT_DESK_TOKEN", cast.program("owner").secret)
    listed = ("--desk", address, "proposals")
    _, told, _ = ran(*listed, "--json")
    assert [one["text"] for one in json.loads(told)] == [
        "Walk on Sunday",
        "What does the first step feel like?",
    ]
    proposal = json.loads(told)[0]["id"]
    assert "accepted" in ran(*listed, proposal, "--accept")[1]
    assert "done" in ran(*listed, proposal, "--take-back")[1]
    question = cast.ids["proposal"]
    assert "done" in ran(*listed, question, "--answer", stdin="It eases.")[1]
    assert ran(*listed)[1].strip() == "Nothing that was proposed to you waits."
    assert len(ran(*listed, "--all")[1].splitlines()) == 2
    assert ran(*listed, question)[0] == 2
    assert ran("proposals")[0] == 2


def test_shoes_are_told_of_in_a_home(demo_home: Path, tmp_path: Path) -> None:
    import shutil

    home = tmp_path / "home"
    shutil.copytree(demo_home, home)
    here = ("--home", str(home), "--runner", "demo", "shoes")
    status, told, _ = ran(*here, "--json")
    assert status == 0
    one, other = json.loads(told)[:2]
    _, told, _ = ran(
        *here, one["name"], "--before", "10", "--units", "mi", "--retire", "2026-11-01", "--json"
    )
    now = next(pair for pair in json.loads(told) if pair["name"] == one["name"])
    assert (now["before_m"], now["retired_on"]) == (pytest.approx(16093.44), "2026-11-01")
    _, told, _ = ran(*here, other["name"], "--same-as", one["name"])
    assert f"also {other['name']}, retired since 2026-11-01" in told
    assert len(json.loads(ran(*here, other["name"], "--apart", "--json")[1])) == len(
        json.loads(ran(*here, "--json")[1])
    )
    assert ran(*here, "--before", "3")[0] == 2
    assert ran(*here, one["name"])[0] == 2
    assert ran(*here, one["name"], "--apart", "--same-as", other["name"])[0] == 2
