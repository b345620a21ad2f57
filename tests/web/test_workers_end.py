"""Workers that end, databases that go away: every task is done in the end, and each by one worker at a time."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from working import work

from evengait.storage.archive import Archive
from evengait.storage.home import runner_folder
from evengait.storage.worker_locks import FOLDER, alive, forget_ended, is_alive
from small_files import fit

if TYPE_CHECKING:
    from pathlib import Path

    from cast import Cast


def upload(cast: Cast, day: int = 0) -> None:
    file = SimpleUploadedFile(f"run-{day}.fit", fit(day))
    assert cast.client("owner").post("/archive/begin/", {"piece": file}).status_code == 302


def task() -> Any:
    from django_tasks_db.models import DBTaskResult

    return DBTaskResult.objects.get()


def sessions(cast: Cast) -> int:
    return Archive(runner_folder(cast.home, "owner")).sessions().height


def test_a_lock_says_whether_a_worker_lives(tmp_path: Path) -> None:
    assert is_alive(tmp_path, "abcd") is None
    with alive(tmp_path, "abcd"):
        assert is_alive(tmp_path, "abcd") is True
    assert is_alive(tmp_path, "abcd") is False
    assert is_alive(tmp_path, "../abcd") is None
    forget_ended(tmp_path)
    assert is_alive(tmp_path, "abcd") is False  # a task of it may still be there
    os.utime(tmp_path / "workers" / "abcd", (1e9, 1e9))
    forget_ended(tmp_path)
    assert is_alive(tmp_path, "abcd") is None


def test_a_task_of_a_container_that_had_another_name_is_taken_up_again(cast: Cast) -> None:
    from evengait.web.worker import take_up_again

    upload(cast)
    known = task()
    known.status, known.worker_ids = "RUNNING", ["another-name/1/beef"]
    known.save()
    with alive(cast.home, "beef"):  # lives, though another process has its number here
        assert take_up_again() == 0
    assert take_up_again() == 1
    work()
    assert sessions(cast) == 1


def test_a_task_that_the_database_failed_is_taken_up_again_but_not_for_ever(cast: Cast) -> None:
    from evengait.web.worker import take_up_again

    upload(cast)
    known = task()
    known.status, known.exception_class_path = "FAILED", "django.db.utils.OperationalError"
    known.worker_ids = ["here/1/x"] * 50
    known.save()
    assert take_up_again() == 0
    known.worker_ids = ["here/1/x"]
    known.save()
    assert take_up_again() == 1
    work()
    assert sessions(cast) == 1
    assert task().status == "SUCCESSFUL"


def test_a_task_that_ends_every_worker_is_given_up_with_a_sentence(cast: Cast) -> None:
    from evengait.storage.records.models import ImportJob
    from evengait.web.worker import take_up_again

    upload(cast)
    known = task()
    known.status, known.worker_ids = "RUNNING", [f"{platform.node()[:30]}/999999999/x"] * 50
    known.save()
    assert take_up_again() == 0
    assert task().status == "FAILED"
    assert "Bring the files in again" in ImportJob.objects.exclude(pk=cast.ids["job"]).get().reason


def test_what_a_worker_had_in_its_hands_when_the_database_went_is_put_back_for_later(
    either_cast: Cast,
) -> None:
    from django.utils import timezone

    from evengait.web.work import put_back

    upload(either_cast)
    known = task()
    known.status, known.worker_ids = "RUNNING", ["here/1/x", "here/2/y"]
    known.save()
    assert put_back("here/1/x") == 0
    assert put_back("here/2/y") == 1
    known = task()
    assert known.status == "READY"
    assert 1 < (known.run_after - timezone.now()).total_seconds() <= 2


def test_an_import_that_breaks_in_the_program_ends_with_a_sentence(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from evengait.actions import work_import

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(work_import, "_take_in", broken)
    upload(cast)
    work()
    from evengait.storage.records.models import ImportJob

    job = ImportJob.objects.exclude(pk=cast.ids["job"]).get()
    assert job.state == "failed"
    assert "Bring the files in again" in job.reason
    assert not (cast.home / "uploads" / str(job.pk)).exists()
    assert task().status == "FAILED"


def test_an_answer_that_breaks_in_the_program_is_waited_for_no_more(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from uuid import UUID

    from evengait.storage.records.answers import await_answer, kept_answer
    from evengait.web.problems import tasks

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(tasks, "answer_problem", broken)
    runner, problem = UUID(cast.ids["runner"]), UUID(cast.ids["problem"])
    assert await_answer(problem, "key")
    tasks.work_out.enqueue(str(runner), str(problem), "key")
    work()
    told = kept_answer(runner, problem)
    assert told is not None
    assert (told.state, told.reason) == (
        "refused",
        "Something broke on our side. Nothing that was kept is lost.",
    )


def test_an_answer_that_is_out_of_date_before_its_turn_is_not_worked_out(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from uuid import UUID

    import evengait.actions.explain_onset as explain
    from evengait.storage.records.answers import await_answer, kept_answer
    from evengait.web.problems import tasks

    asked = []
    monkeypatch.setattr(explain, "explain_onset", lambda *_, **__: asked.append(1))
    runner, problem = UUID(cast.ids["runner"]), UUID(cast.ids["problem"])
    for key in ("before an import", "after it"):
        assert await_answer(problem, key)
    tasks.work_out.enqueue(str(runner), str(problem), "before an import")
    work()
    told = kept_answer(runner, problem)
    assert told is not None
    assert (told.key, told.state, asked) == ("after it", "waiting", [])


def test_uploads_without_an_import_are_cleared_away(cast: Cast) -> None:
    import uuid

    from evengait.web.worker import clear_away

    known, lost, fresh = (
        cast.home / "uploads" / name for name in (cast.ids["job"], str(uuid.uuid4()), str(uuid.uuid4()))
    )
    for folder in (known, lost, fresh):
        folder.mkdir(parents=True)
    for folder in (known, lost):
        os.utime(folder, (1e9, 1e9))
    clear_away()
    assert [folder.exists() for folder in (known, lost, fresh)] == [True, False, True]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is another thing there")
def test_a_worker_takes_up_what_another_left_while_it_runs(cast: Cast) -> None:
    """Two workers; the one that has the task is killed, and the other goes on with it without being started anew."""
    from evengait.web import worker

    hold = (
        "import sys, time, evengait.actions.work_import as a, evengait.web.worker as w;"
        "w._LOOK_EVERY_S = 0.3;"
        "sys.argv[1:] and setattr(a, 'work_import', lambda *_: time.sleep(600));"
        "w.main()"
    )
    env = os.environ | {"EVENGAIT_HOME": str(cast.home), "EVENGAIT_DATABASE_URL": ""}
    holding = subprocess.Popen([sys.executable, "-c", hold, "hold"], env=env)
    upload(cast)
    running = [holding]
    try:
        _until(lambda: task().status == "RUNNING")
        running.append(subprocess.Popen([sys.executable, "-c", hold], env=env))
        _until(lambda: len(list((cast.home / FOLDER).iterdir())) == 2)
        time.sleep(1)
        assert task().status == "RUNNING"
        holding.send_signal(signal.SIGKILL)
        _until(lambda: task().status == "SUCCESSFUL")
        assert sessions(cast) == 1
    finally:
        for one in running:
            one.kill()
            one.wait()
    assert worker.take_up_again() == 0


def _until(good: Any) -> None:
    until = time.monotonic() + 60
    while not good():
        assert time.monotonic() < until
        time.sleep(0.05)
