"""Ctrl-C, once: the import ends cleanly wherever it is, keeps what is in, and goes on from there the next time."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from evengait.actions import _import_run, read_member
from evengait.actions.check_archive import check_archive
from evengait.actions.import_archive import Progress, import_archive
from evengait.storage.archive import Archive
from evengait.storage.archive.writer import writing
from small_files import fit, zip_of

if TYPE_CHECKING:
    from pathlib import Path

    from evengait.core.recording import Recording

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are another thing there")


def command(home: Path, *words: object) -> list[str]:
    return [sys.executable, "-m", "evengait", "--home", str(home), "import", *map(str, words)]


def export(tmp_path: Path, runs: int = 30) -> Path:
    return zip_of(tmp_path / "e.zip", {f"{i}.fit": fit(i) for i in range(runs)})


@pytest.fixture(scope="module")
def bulk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    members = {"pad.bin": os.urandom(5 * 1024**2)} | {f"{i}.fit": fit(i, seconds=1500) for i in range(150)}
    return zip_of(tmp_path_factory.mktemp("bulk") / "e.zip", members)


def test_stopping_keeps_what_is_in_and_the_next_import_decodes_only_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded = 0
    read = read_member.read

    def counted(name: str, data: bytes) -> Recording:
        nonlocal decoded
        decoded += 1
        return read(name, data)

    monkeypatch.setattr(read_member, "read", counted)
    monkeypatch.setattr(_import_run, "_CHUNK_FILES", 4)
    monkeypatch.setattr(_import_run, "_COMMIT_EVERY_S", 0.0)
    told: list[Progress] = []
    report = import_archive(
        tmp_path / "home",
        [export(tmp_path)],
        workers=1,
        on_progress=told.append,
        stop=lambda: bool(told) and told[-1].done >= 12,
    )
    assert report.stopped
    assert report.counts["added"] == 12
    assert Archive(tmp_path / "home").sessions().height == 12
    assert check_archive(tmp_path, tmp_path / "home").sound
    decoded = 0
    again = import_archive(tmp_path / "home", [tmp_path / "e.zip"], workers=1)
    assert not again.stopped
    assert (again.counts["added"], again.counts["duplicate"], decoded) == (18, 12, 18)


@pytest.mark.parametrize(("asked", "workers"), [(signal.SIGINT, 1), (signal.SIGTERM, 2)])
def test_one_signal_is_enough_and_the_status_says_which(
    tmp_path: Path, workers: int, asked: signal.Signals, bulk: Path
) -> None:
    process = subprocess.Popen(
        command(tmp_path / "home", bulk, "--workers", workers, "--json"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not (tmp_path / "home/runners/me/files").exists():
        time.sleep(0.01)
    process.send_signal(asked)
    out, told = process.communicate(timeout=60)
    assert process.returncode == 128 + asked
    assert "Run the same command again to go on from here." in told
    assert "Traceback" not in told
    document = json.loads(out)
    assert document["stopped"] is True
    assert document["sessions"] == Archive(tmp_path / "home/runners/me").sessions().height
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_who_waits_for_another_import_can_be_stopped(tmp_path: Path) -> None:
    with writing(tmp_path / "home/runners/me"):
        process = subprocess.Popen(
            command(tmp_path / "home", export(tmp_path, 1)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr is not None
        assert "Ctrl-C stops waiting" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == "Nothing was taken in yet.\n"
    assert told.startswith("Stopped.")


def test_what_does_not_stop_by_itself_is_interrupted(tmp_path: Path) -> None:
    script = (
        "import sys, time\n"
        "import evengait.actions.import_archive as action\n"
        "from evengait.cli import _stopping, main\n"
        "_stopping.PATIENCE_S = 0.2\n"
        "action.import_archive = lambda *_, **__: print('ready', flush=True) or time.sleep(60)\n"
        f"sys.argv = ['evengait', '--home', {str(tmp_path)!r}, 'import', {str(tmp_path)!r}]\n"
        "main()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert told.strip().startswith("Stopped.")


def test_a_terminal_shows_files_rate_and_time_left(tmp_path: Path, bulk: Path) -> None:
    parent, child = pty.openpty()
    environment = os.environ | {"COLUMNS": "100", "TERM": "xterm"}
    process = subprocess.Popen(
        command(tmp_path / "home", bulk, "--workers", 1),
        stdout=subprocess.DEVNULL,
        stderr=child,
        env=environment,
    )
    os.close(child)
    shown = b""
    while True:
        try:
            block = os.read(parent, 1 << 16)
        except OSError:
            break
        if not block:
            break
        shown += block
    os.close(parent)
    assert process.wait(timeout=60) == 0
    text = shown.decode(errors="replace")
    assert "/151" in text
    assert "a second" in text
    assert "0:00:0" in text
