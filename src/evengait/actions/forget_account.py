"""Forget a person: the account, the runner, the archive and everything kept beside it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from evengait.analysis.story.text import forget_words
from evengait.storage.archive.kept import forget_frames
from evengait.storage.home import runner_folder
from evengait.storage.records.import_jobs import jobs_of
from evengait.storage.records.runners import runner_by_name, runner_of
from evengait.storage.uploads import upload_folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from uuid import UUID

    from evengait.core.runner import RunnerProfile


def forget_account(home: Path, account: UUID, *, also: Iterable[str] = ()) -> None:
    """Delete an account with everything that is this person's, at once and for good.

    Parameters
    ----------
    home : Path
    account : UUID
    also : iterable of str
        Names of further runners that are hers alone, such as the made-up one she looked at.

    Raises
    ------
    OSError
        A file of the archive cannot be deleted; the records are gone already, and running it again finishes.
    """
    from evengait.storage.records.belongings import forget_rows
    from evengait.storage.records.erasing import erase_traces
    from evengait.storage.records.takeouts import forget_takeouts

    hers = [runner_of(account), *(runner_by_name(name) for name in also)]
    folders = [folder for runner in hers if runner for folder in _folders(home, runner)]
    forget_takeouts(home, account=account)
    for runner in hers:
        forget_rows(runner.id if runner else None, None)
    forget_rows(None, account)
    for folder in folders:
        if folder.exists():
            shutil.rmtree(folder)
        forget_frames(folder)
    forget_words()
    erase_traces()


def _folders(home: Path, runner: RunnerProfile) -> list[Path]:
    """Return the folders of a runner."""
    return [*(upload_folder(home, job.id) for job in jobs_of(runner.id)), runner_folder(home, runner.name)]
