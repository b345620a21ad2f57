import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evengait.cli import cli
from evengait.storage.archive import Archive
from small_files import fit, strava_zip, zip_of


def run(home: Path, *words: object) -> Result:
    return CliRunner().invoke(cli, ["--home", str(home), *map(str, words)], standalone_mode=False)


def whole(home: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """Run as a user does, in a process of its own: with the exit status and both streams."""
    return subprocess.run(
        [sys.executable, "-m", "evengait", "--home", str(home), *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_document_is_as_the_contract_has_it(tmp_path: Path) -> None:
    export = strava_zip(tmp_path / "e.zip", [0, 1], extra={"activities/a.gpx": b"<gpx>"})
    result = run(tmp_path / "home", "import", export, "--json")
    document = json.loads(result.stdout)
    assert result.return_value == 3
    assert document["counts"] == {"added": 2, "duplicate": 0, "not_a_session": 2, "failed": 1}
    assert document["batch"]
    assert document["bytes"] > 0
    assert document["seconds"] > 0
    file = next(file for file in document["files"] if file["source"] == "e.zip!activities/100.fit.gz")
    session = Archive(tmp_path / "home" / "runners" / "me").sessions()["session"][0]
    assert file == {
        "source": file["source"],
        "verdict": "added",
        "reason": None,
        "session": session,
        "sessions": [session],
    }
    assert all(file["reason"] for file in document["files"] if file["verdict"] != "added")


def test_people_read_what_came_in_and_what_to_do_next(tmp_path: Path) -> None:
    result = run(tmp_path / "home", "import", strava_zip(tmp_path / "e.zip", [0, 1]), "--units", "mi")
    assert result.return_value == 0
    for words in (
        "Added 2 runs",
        "1 March 2026",
        "0.4\xa0mi",
        "Shoes: Pegasus, Speedgoat.",
        "typed in by hand",
        "undo",
    ):
        assert words in result.stdout
    again = run(tmp_path / "home", "import", tmp_path / "e.zip")
    assert again.return_value == 0
    assert again.stdout.startswith("Nothing new: 2 recordings are in the archive already.")


def test_another_recording_of_a_run_is_told_as_one_session(tmp_path: Path) -> None:
    from several_sources import WATCH, fit_of, gpx_of, run_of

    samples = run_of(1).recorded(1, columns=WATCH)
    for name, content in (("a.gpx", gpx_of(samples)), ("b.fit", fit_of(samples))):
        (tmp_path / name).write_bytes(content)
    run(tmp_path / "home", "import", tmp_path / "a.gpx")
    said = run(tmp_path / "home", "import", tmp_path / "b.fit").stdout
    assert said.startswith(
        "No new session; 1 session that was in already has what these recordings or lists add."
    )
    rows = json.loads(run(tmp_path / "home", "sessions", "--json").stdout)
    assert [row["sources"][0] for row in rows] == ["samples=b.fit"]
    assert len(rows[0]["recordings"]) == 2


def test_failed_files_are_grouped_by_reason_with_a_few_names(tmp_path: Path) -> None:
    extra = {f"activities/{i}.gpx": b"<gpx>" for i in range(5)} | {
        f"{i}.bin": bytes([i, 1, 2]) for i in range(3)
    }
    result = run(tmp_path / "home", "import", strava_zip(tmp_path / "e.zip", [0], extra=extra))
    assert "5 files could not be read: The file is cut short before its first point." in result.stdout
    assert "activities/2.gpx, …)" in result.stdout
    assert "3 × Not a recording of any known format" in result.stdout


@pytest.mark.parametrize(
    ("name", "content", "status", "says"),
    [
        ("e.zip", b"hello", 2, "e.zip could not be read: It is not a zip"),
        ("e.zip", b"PK\x03\x04 and no more", 2, "cut short"),
        ("1.fit", b"hello", 2, "its content is something else"),
        ("1.fit", b"", 2, "It is empty"),
        ("a.jpg", b"\xff\xd8\xff\xe0", 0, "No session was found in 1 file."),
    ],
)
def test_what_cannot_be_read_is_one_sentence(
    tmp_path: Path, name: str, content: bytes, status: int, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    result = run(tmp_path / "home", "import", tmp_path / name)
    assert result.return_value == status
    assert says in result.stdout


def test_an_empty_zip_and_an_empty_folder_are_one_sentence(tmp_path: Path) -> None:
    result = run(tmp_path / "home", "import", zip_of(tmp_path / "e.zip", {}))
    assert result.return_value == 2
    assert "It is an empty zip." in result.stdout
    (tmp_path / "folder").mkdir()
    result = run(tmp_path / "home", "import", tmp_path / "folder")
    assert result.return_value == 2
    assert "nothing to take in" in result.stdout


def test_a_zip_with_names_that_point_outside_is_taken_in_and_nothing_lands_outside(tmp_path: Path) -> None:
    result = run(tmp_path / "home", "import", zip_of(tmp_path / "e.zip", {"../../../evil.fit": fit()}))
    assert result.return_value == 0
    assert not list(tmp_path.parent.rglob("evil.fit"))


def test_a_missing_path_is_wrong_use_and_one_sentence(tmp_path: Path) -> None:
    done = whole(tmp_path, "import", tmp_path / "none.zip")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_home_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "1.fit").write_bytes(fit())
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "runners").write_text("in the way")
    done = whole(tmp_path / "home", "import", tmp_path / "1.fit")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="limits are another thing there")
@pytest.mark.parametrize("workers", [1, 2])
def test_a_full_disk_is_one_sentence_and_the_archive_stays_whole(tmp_path: Path, workers: int) -> None:
    import resource

    home = tmp_path / "home"
    run(home, "import", strava_zip(tmp_path / "a.zip", [500]))
    members = {"pad.bin": os.urandom(5 * 1024**2)} | {f"{i}.fit": fit(i) for i in range(100)}
    words = [
        "--home",
        str(home),
        "import",
        str(zip_of(tmp_path / "e.zip", members)),
        "--workers",
        str(workers),
    ]
    done = subprocess.run(
        [sys.executable, "-m", "evengait", *words],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.strip().count("\n") == 0
    assert 1 <= Archive(home / "runners" / "me").sessions().height < 101
    assert run(home, "import", tmp_path / "e.zip").return_value == 0
    assert Archive(home / "runners" / "me").sessions().height == 101


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another thing there")
def test_ctrl_c_keeps_what_is_in_and_leaves_no_process_behind(tmp_path: Path) -> None:
    export = zip_of(
        tmp_path / "e.zip", {"pad.bin": os.urandom(5 * 1024**2)} | {f"{i}.fit": fit(i) for i in range(150)}
    )
    command = [
        sys.executable,
        "-m",
        "evengait",
        "--home",
        str(tmp_path / "home"),
        "import",
        str(export),
        "--workers",
        "2",
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not (tmp_path / "home/runners/me/files").exists():
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told.strip() == "Stopped. What was in stays in. Run the same command again to go on from here."
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    result = run(tmp_path / "home", "import", export)
    assert result.return_value == 0
    assert Archive(tmp_path / "home/runners/me").sessions().height == 150


def test_a_second_import_waits_and_says_so(tmp_path: Path) -> None:
    from evengait.storage.archive.writer import writing

    (tmp_path / "1.fit").write_bytes(fit())
    command = [
        sys.executable,
        "-m",
        "evengait",
        "--home",
        str(tmp_path / "home"),
        "import",
        str(tmp_path / "1.fit"),
    ]
    with writing(tmp_path / "home/runners/me"):
        process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stderr is not None
        assert "waiting for it to finish" in process.stderr.readline()
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Added 1 run" in out


def test_progress_is_a_line_now_and_then_where_there_is_no_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from evengait.actions.import_archive import Progress
    from evengait.cli import import_

    monkeypatch.setattr(import_, "_PLAIN_EVERY_S", 0)
    with import_._progress() as tell:
        tell(Progress(96, 3000, 90))
    assert capsys.readouterr().err == "96 of 3,000 files, 90 sessions added\n"


def test_progress_is_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    from evengait.actions.import_archive import Progress
    from evengait.cli import import_

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with import_._progress() as tell:
        tell(Progress(0, 3000, 0))
        tell(Progress(96, 3000, 90))


def test_a_file_that_came_in_incomplete_is_told(tmp_path: Path) -> None:
    (tmp_path / "cut.fit").write_bytes(fit(0, seconds=900)[:-2000])
    done = run(tmp_path / "home", "import", tmp_path / "cut.fit")
    assert "1 file came in incomplete: " in " ".join(done.output.split())
