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
