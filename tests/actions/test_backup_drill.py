"""The drill: backups one after another while an import and the desk write, each put back and looked through."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

from evengait.actions.back_up import back_up
from evengait.actions.check_archive import check_archive
from evengait.actions.import_archive import import_archive
from evengait.actions.restore_home import restore_home
from evengait.core.diary import DiaryEntry
from evengait.storage.archive import Archive
from small_files import strava_zip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

RUNS = 40
BACKUPS = 3
FIRST = date(2026, 1, 1)
IMPORT = """
import sys
import time
from pathlib import Path
import evengait.actions._import_run as run
from evengait.actions.import_archive import import_archive
run._CHUNK_FILES = 2
run._COMMIT_EVERY_S = 0.0  # as many commits as can be

def hold(progress):  # on no machine is it done before the first backup
    time.sleep(0.03)
    while progress.done > progress.total // 2 and not Path(sys.argv[3]).exists():
        time.sleep(0.01)

import_archive(Path(sys.argv[1]), [Path(sys.argv[2])], workers=1, on_progress=hold)
"""


def sessions(home: Path) -> set[str]:
    return set(Archive(home / "runners" / "me").sessions()["session"].to_list())


def days_in(home: Path) -> list[date]:
    import sqlite3

    connection = sqlite3.connect(home / "desk.sqlite3")
    rows = connection.execute("SELECT date FROM records_diaryentry ORDER BY date").fetchall()
    connection.close()
    return [date.fromisoformat(row[0]) for row in rows]


def test_backups_of_a_home_in_full_use_hold_everything_that_was_saved_before_them(
    records_home: Path, tmp_path: Path
) -> None:
    from evengait.storage.records.diary import keep_day
    from evengait.storage.records.runners import runner_named

    runner = runner_named(records_home, "me")
    export = strava_zip(tmp_path / "e.zip", range(RUNS))
    archive = records_home / "runners" / "me"
    saved = 0
    stop = threading.Event()

    def write() -> None:
        nonlocal saved
        while not stop.is_set():
            keep_day(runner.id, DiaryEntry(FIRST + timedelta(days=saved), pain_daily_nprs=saved % 10))
            saved += 1
            time.sleep(0.002)
        from django.db import connections

        connections.close_all()

    desk = threading.Thread(target=write)
    desk.start()
    importing = subprocess.Popen(
        [sys.executable, "-c", IMPORT, *map(str, (archive, export, tmp_path / "0.zip"))]
    )
    taken = []
    try:
        while not sessions(records_home):  # backups begin with runs in the archive, and more to come
            assert importing.poll() is None
            time.sleep(0.01)
        while importing.poll() is None and len(taken) < BACKUPS:
            before = saved, sessions(records_home)
            back_up(records_home, tmp_path / f"{len(taken)}.zip")
            taken.append(before)
    finally:
        stop.set()
        desk.join()
        importing.kill()
        importing.wait()
    assert taken
    import_archive(archive, [export], workers=1)
    whole = sessions(records_home)
    assert len(whole) == RUNS
    seen = []
    for number, (days, runs) in enumerate(taken):
        other = tmp_path / "other" / f"{number}"
        restore_home(other, tmp_path / f"{number}.zip")
        # Every day that was saved before, and none without the one before it.
        came = days_in(other)
        assert came == [FIRST + timedelta(days=day) for day in range(len(came))]
        assert len(came) >= days
        assert runs <= sessions(other) <= whole
        found = check_archive(other, other / "runners" / "me")
        assert (found.damaged, found.leftovers) == ([], 0)
        seen.append(len(sessions(other)))
    assert seen == sorted(seen)
    assert 0 < seen[0] < RUNS
    # The import that was cut off by the loss goes on where the backup stands.
    other = tmp_path / "other" / "0"
    report = import_archive(other / "runners" / "me", [export], workers=1)
    assert report.counts["failed"] == 0
    assert sessions(other) == whole


def opened(home: Path) -> AbstractContextManager[None]:
    """Open the records of another home for a while."""
    from contextlib import contextmanager

    from django.db import connections

    from evengait.storage.records.opening import open_records

    @contextmanager
    def here() -> Iterator[None]:
        connections.close_all()
        open_records(home)
        yield
        connections.close_all()

    return here()


def test_the_database_alone_is_lost(records_home: Path, migrated: Path, tmp_path: Path) -> None:
    """Put back from an older backup beside newer runs; without one, the runs and their answers are all there."""
    from evengait.storage.records.diary import diary_of, keep_day
    from evengait.storage.records.runners import runner_named
    from evengait.web.accounts.owner import owner_at_home

    archive = records_home / "runners" / "me"
    import_archive(archive, [strava_zip(tmp_path / "a.zip", [0, 1])], workers=1)
    owner = owner_at_home()
    keep_day(runner_named(records_home, "me").id, DiaryEntry(FIRST, pain_daily_nprs=2))
    back_up(records_home, tmp_path / "b.zip")
    import_archive(archive, [strava_zip(tmp_path / "b2.zip", [5])], workers=1)
    from django.db import connections

    connections.close_all()
    for path in records_home.glob("desk.sqlite3*"):
        path.unlink()
    restore_home(records_home, tmp_path / "b.zip", what="records")
    with opened(records_home):
        assert owner_at_home().pk == owner.pk
        assert [day.pain_daily_nprs for day in diary_of(runner_named(records_home, "me").id)] == [2]
    assert len(sessions(records_home)) == 3
    for path in records_home.glob("desk.sqlite3*"):
        path.unlink()
    shutil.copy(migrated / "desk.sqlite3", records_home)  # as `serve` makes it anew
    with opened(records_home):
        from evengait.storage.records.runners import runner_of

        new = runner_of(owner_at_home().pk)
        assert new is not None
        assert (new.name, diary_of(new.id)) == ("me", [])
    assert len(sessions(records_home)) == 3
    assert check_archive(records_home, archive).sound


def test_the_archives_alone_are_lost(records_home: Path, tmp_path: Path) -> None:
    """Put back from a backup, or imported again: the same sessions under the same names."""
    archive = records_home / "runners" / "me"
    export = strava_zip(tmp_path / "a.zip", [0, 1])
    import_archive(archive, [export], workers=1)
    before = sessions(records_home)
    back_up(records_home, tmp_path / "b.zip")
    shutil.rmtree(records_home / "runners")
    restore_home(records_home, tmp_path / "b.zip", what="archives")
    assert sessions(records_home) == before
    shutil.rmtree(records_home / "runners")
    import_archive(archive, [export], workers=1)
    assert sessions(records_home) == before


def test_work_that_was_under_way_on_the_lost_machine_is_taken_up(records_home: Path, tmp_path: Path) -> None:
    """An import that the backup has as going on, and whose files are not in it, ends with a sentence."""
    from django.conf import settings
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    from evengait.storage.records.import_jobs import begin_job, job
    from evengait.storage.records.runners import runner_named
    from evengait.web.imports.tasks import bring_in
    from evengait.web.worker import take_up_again

    runner = runner_named(records_home, "me")
    going = begin_job(runner.id, "upload", "going", label="e.zip")
    bring_in.enqueue(str(going.id))
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, worker_ids=["another-machine/1/abcd"])
    back_up(records_home, tmp_path / "b.zip")
    other = tmp_path / "other"
    restore_home(other, tmp_path / "b.zip")
    with opened(other):
        assert other == settings.HOME
        assert take_up_again() == 0
        assert take_up_again(restored=(other / ".restored").exists()) == 1
        task = DBTaskResult.objects.get()
        assert task.status == TaskResultStatus.READY
        from evengait.actions.work_import import work_import

        work_import(other, going.id, FIRST)
        told = job(runner.id, going.id)
        assert (told.state, told.reason) == ("failed", "No file arrived. Send them again.")
