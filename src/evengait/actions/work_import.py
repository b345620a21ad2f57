"""Do an import of the desk in the background: take what was received in, or take an import back."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from evengait.core.errors import EvengaitError
from evengait.core.language import speaking
from evengait.core.reasons import kept
from evengait.storage.home import runner_folder
from evengait.storage.records.import_jobs import change_job, job_and_folder
from evengait.storage.refused import refused
from evengait.storage.uploads import discard, received, upload_folder

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path
    from uuid import UUID

    from evengait.actions.import_archive import ImportReport, Progress

_TELL_EVERY_S = 0.5


def work_import(home: Path, job: UUID, today: date) -> None:
    """Do one import to its end and keep what came of it; doing it again after a crash goes on where it stopped.

    Parameters
    ----------
    home : Path
        The folder that keeps everything.
    job : UUID
        An import in the records that is waiting, or was cut off; any other is left alone.
    today : date
        For the demo runner's report alone.
    """
    found = job_and_folder(job)
    if found is None or not change_job(job, only_in=("waiting", "going"), state="going"):
        return
    told, name = found
    archive = runner_folder(home, name)
    try:
        if told.kind == "undo":
            with speaking("en"):  # a reason is kept in English, whoever asked
                came = _take_back(archive, told.batch)
        elif told.kind == "demo":
            from evengait.actions.work_demo import work_demo

            teller = Teller(job)
            came = outcome(work_demo(archive, told.runner, today, teller.tell, teller.made))
        else:
            with speaking("en"):
                came = _take_in(archive, upload_folder(home, job), job)
    except EvengaitError as error:
        came = {"state": "failed", "reason": str(error)}
    except OSError as error:
        came = {"state": "failed", "reason": refused(error)}
    change_job(job, **came)
    discard(upload_folder(home, job))


def _take_in(archive: Path, upload: Path, job: UUID) -> dict[str, Any]:
    from evengait.actions.import_archive import import_archive

    paths = received(upload)
    if not paths:
        return {"state": "failed", "reason": kept("No file arrived. Send them again.")}
    return outcome(import_archive(archive, paths, on_progress=Teller(job)))


def _take_back(archive: Path, batch: str) -> dict[str, Any]:
    from evengait.actions.undo_import import undo_import

    done = undo_import(archive, batch)
    return {"state": "done", "files_done": done.files, "sessions": done.sessions}


def outcome(report: ImportReport) -> dict[str, Any]:
    """Return what the records keep of a finished import."""
    nothing = report.counts["added"] + report.counts["duplicate"] + report.counts["not_a_session"] == 0
    return {
        "state": "failed" if nothing else "done",
        "reason": kept("No recording could be read from these files. Each file's reason is below.")
        if nothing
        else "",
        "batch": report.batch,
        "counts": report.counts,
        "files_done": len(report.files),
        "files_total": len(report.files),
        "sessions": report.sessions,
        "runs": report.runs,
        "distance_m": report.distance_m,
        "first": report.first,
        "last": report.last,
        "without_file": report.without_file,
        "problems": report.problems,
    }


class Teller:
    """Notes how far an import is, a few times a second at most.

    Parameters
    ----------
    job : UUID
    """

    def __init__(self, job: UUID) -> None:
        self._job = job
        self._told = 0.0

    def __call__(self, progress: Progress) -> None:
        """Note it."""
        self.tell(progress.done, progress.total, progress.sessions)

    def tell(self, done: int, total: int, sessions: int = 0) -> None:
        """Note files done, files in all and sessions so far."""
        now = time.monotonic()
        if now - self._told >= _TELL_EVERY_S or done == total:
            self._told = now
            change_job(self._job, files_done=done, files_total=total, sessions=sessions)

    def made(self, done: int, total: int) -> None:
        """Note how much of a made-up runner there is."""
        now = time.monotonic()
        if now - self._told >= _TELL_EVERY_S:
            self._told = now
            change_job(self._job, bytes_received=done, bytes_expected=total)
