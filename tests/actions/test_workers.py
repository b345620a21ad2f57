import os
import subprocess
import sys
from pathlib import Path

import pytest

from evengait.actions import _workers
from evengait.actions.import_archive import import_archive
from evengait.core.errors import EvengaitError
from evengait.storage.archive import Archive
from small_files import fit, zip_of


def a_big_zip(tmp_path: Path) -> Path:
    return zip_of(tmp_path / "e.zip", {"pad.bin": os.urandom(5 * 1024**2), "1.fit": fit(), "2.fit": fit(1)})


def test_a_worker_that_dies_is_one_sentence_and_the_next_import_completes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = _workers._start

    def stillborn() -> "subprocess.Popen[bytes]":
        process = start()
        process.kill()
        return process

    export = a_big_zip(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(_workers, "_start", stillborn)
        with pytest.raises(EvengaitError, match="stopped unexpectedly"):
            import_archive(tmp_path / "home", [export], workers=2)
    assert import_archive(tmp_path / "home", [export], workers=2).counts["added"] == 2


def test_what_a_worker_cannot_write_is_an_error_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import resource

    start = _workers._start

    def limited() -> "subprocess.Popen[bytes]":
        process = start()
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (100, 100))
        return process

    monkeypatch.setattr(_workers, "_start", limited)
    with pytest.raises(OSError, match="too large"):
        import_archive(tmp_path / "home", [a_big_zip(tmp_path)], workers=2)
    assert Archive(tmp_path / "home").sessions().is_empty()


def test_a_script_without_a_main_guard_can_import_with_workers(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path\n"
        "from evengait.actions.import_archive import import_archive\n"
        f"report = import_archive(Path({str(tmp_path / 'home')!r}), [Path({str(a_big_zip(tmp_path))!r})], workers=2)\n"
        "print(report.counts['added'])\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert done.stdout == "2\n"


DEADLY = """
import os
import evengait.actions._chunk as chunk
from evengait.actions._worker import work

examine = chunk.examine
chunk.examine = lambda member, *more: os._exit(9) if "deadly" in member.name else examine(member, *more)
work()
"""


def test_a_file_that_ends_its_reader_is_named_and_the_others_come_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start() -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-c", DEADLY]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    monkeypatch.setattr(_workers, "_start", start)
    members = {"pad.bin": os.urandom(5 * 1024**2), "deadly.fit": b"?"}
    members |= {f"{i}.fit": fit(i) for i in range(9)}
    export = zip_of(tmp_path / "e.zip", members)
    report = import_archive(tmp_path / "home", [export], workers=2)
    assert report.counts == {"added": 9, "duplicate": 0, "not_a_session": 1, "failed": 1}
    (failed,) = (file for file in report.files if file.verdict == "failed")
    assert failed.source.endswith("deadly.fit")
    assert "ended the program" in str(failed.reason)
    again = import_archive(tmp_path / "home", [export], workers=2)
    assert again.counts["duplicate"] == 9
    assert Archive(tmp_path / "home").files().filter(verdict="failed").height == 1


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is another thing there")
def test_workers_whose_parent_is_killed_end_without_a_word(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from evengait.actions.import_archive import import_archive\n"
        "die = lambda progress: os.kill(os.getpid(), signal.SIGKILL)\n"
        "import_archive(Path(sys.argv[1]), [Path(sys.argv[2])], workers=2, on_progress=die)\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "home"), str(a_big_zip(tmp_path))]
    # Standard error is closed only when the last worker has ended.
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == -9
    assert done.stderr == ""
