"""Real small disks, homes that may only be read, two imports at once: a sentence each, and all comes in after."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from evengait.actions.check_archive import check_archive
from evengait.actions.import_archive import import_archive
from evengait.storage.archive import Archive
from evengait.storage.archive.log import Log
from small_files import fit, zip_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from evengait.storage.archive.log import Part

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="disks and signals are another thing there")

SMALL_STEPS = """
import evengait.actions._import_run as run
from evengait.cli import main

run._CHUNK_FILES, run._COMMIT_EVERY_S = 4, 0
main()
"""


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    """Mount something at a folder; where this account may not, the test is skipped."""
    folder.mkdir(exist_ok=True)
    try:
        subprocess.run(["mount", *options, str(folder)], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this account may not mount a disk here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def start(home: Path, *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SMALL_STEPS, "--home", str(home), *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def refused(home: Path, *words: object) -> str:
    """Run a command that the system refuses; returns its one sentence."""
    process = start(home, *words)
    _, told = process.communicate(timeout=100)
    assert process.returncode == 1, told
    assert "Traceback" not in told
    (line,) = [line for line in told.splitlines() if "files, " not in line]
    return line


def archive_of(home: Path) -> Path:
    return home / "runners" / "me"


def whole(home: Path, sessions: int) -> None:
    found = Archive(archive_of(home)).sessions()["session"]
    assert (len(found), found.n_unique()) == (sessions, sessions)
    assert check_archive(home, archive_of(home)).sound


@pytest.mark.parametrize("kilobytes", [40, 200, 320])
def test_a_disk_that_fills_up_is_one_sentence_and_with_more_room_all_comes_in(
    tmp_path: Path, kilobytes: int
) -> None:
    export = zip_of(tmp_path / "e.zip", {f"{i}.fit": fit(i, seconds=600) for i in range(24)})
    disk = tmp_path / "disk"
    with mounted(disk, "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs"):
        home = disk / "home"
        told = refused(home, "import", export, "--workers", 1)
        assert told.startswith(
            f"evengait: The disk of {home} is full. Nothing that was in is lost. Free some"
        )
        before = Archive(archive_of(home)).sessions()["session"].to_list()
        assert len(before) < 24
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        import_archive(archive_of(home), [export], workers=1)
        assert set(before) <= set(Archive(archive_of(home)).sessions()["session"])
        whole(home, 24)


def test_a_disk_that_is_full_between_two_tables_of_one_commit_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = Log.commit

    def full(log: Log, add: list[Part] | tuple[()] = (), **more: object) -> int:
        if log.folder.name == "files":
            raise OSError(28, "No space left on device")
        return commit(log, add, **more)  # type: ignore[arg-type]

    export = zip_of(tmp_path / "e.zip", {"1.fit": fit(1), "2.fit": fit(2)})
    home = tmp_path / "home"
    with monkeypatch.context() as patch:
        patch.setattr(Log, "commit", full)
        with pytest.raises(OSError, match="No space left"):
            import_archive(archive_of(home), [export], workers=1)
    import_archive(archive_of(home), [export], workers=1)
    whole(home, 2)


@contextmanager
def only_read(folder: Path) -> Iterator[None]:
    """Let a folder be read only: root by another mount of it, anybody else by its permissions."""
    if os.geteuid() == 0:
        with mounted(folder, "--bind", str(folder)):
            subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
            yield
        return
    places = [folder, *(place for place in folder.rglob("*") if place.is_dir())]
    for place in places:
        place.chmod(0o555)
    try:
        yield
    finally:
        for place in places:
            place.chmod(0o755)


def test_a_home_that_may_only_be_read_can_be_looked_at_and_says_so_when_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    home = tmp_path / "home" / "mine"
    first, second = tmp_path / "1.fit", tmp_path / "2.fit"
    first.write_bytes(fit(1))
    second.write_bytes(fit(2))
    import_archive(archive_of(home), [first])
    with only_read(tmp_path / "home"):
        for words in (("import", second), ("plan",)):
            told = refused(home, *words)
            assert told.startswith(f"evengait: {home} may ")
            assert told.endswith(". Nothing that was in is lost. Make it writable, then do the same again.")
        looked = start(home, "sessions")
        assert "2026-03-02" in looked.communicate(timeout=100)[0]
        assert looked.returncode == 0
    import_archive(archive_of(home), [second])
    whole(home, 2)


def test_two_imports_at_once_bring_each_session_once(tmp_path: Path) -> None:
    one = zip_of(tmp_path / "one.zip", {f"{i}.fit": fit(i) for i in range(12)})
    other = zip_of(tmp_path / "other.zip", {f"again/{i}.fit": fit(i) for i in range(6, 18)})
    home = tmp_path / "home"
    both = [start(home, "import", path, "--workers", 1) for path in (one, other)]
    for process in both:
        _, told = process.communicate(timeout=100)
        assert process.returncode == 0, told
    whole(home, 18)
