"""Work in the background: ``python -m evengait.web.worker``, started by ``serve``, or by itself on a server.

Tasks are rows in the database. One that a worker was doing when it was ended, by a crash or by closing the desk, is
begun again: every task may be done twice.
"""

from __future__ import annotations

import os
import platform
import secrets
import signal
import sys
import threading
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from evengait.storage.backup.book import NOTE
from evengait.storage.home import default_home
from evengait.storage.uploads import discard, upload_folder
from evengait.web.opening import open_desk

if TYPE_CHECKING:
    from django_tasks_db.models import DBTaskResult

_INTERVAL_S = 0.5
_CUT_OFF = frozenset({"builtins.SystemExit", "builtins.KeyboardInterrupt"})


def main() -> None:
    """Take tasks from the queue until told to stop."""
    open_desk(default_home())
    if "--until-stdin-ends" in sys.argv:
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    from django.core.management import call_command

    note = default_home() / NOTE
    take_up_again(restored=note.exists())
    note.unlink(missing_ok=True)
    clear_away()
    name = f"{platform.node()[:30]}/{os.getpid()}/{secrets.token_hex(4)}"
    call_command("db_worker", interval=_INTERVAL_S, verbosity=0, startup_delay=False, worker_id=name)


def _end_with_stdin() -> None:
    """Wait until who started this worker is gone, then end; a task that is cut off is taken up again."""
    while os.read(0, 1024):
        pass
    signal.raise_signal(signal.SIGTERM)
    time.sleep(1)
    os._exit(0)


def take_up_again(*, restored: bool = False) -> int:
    """Put tasks back into the queue that were cut off on this computer, and return how many.

    Parameters
    ----------
    restored : bool
        Whether the records come from a backup: then no worker has any of them, wherever it ran.
    """
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    stopped = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, exception_class_path__in=_CUT_OFF)
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    again = [*stopped, *(task for task in running if restored or _ended(task))]
    for task in again:
        task.status = TaskResultStatus.READY
        task.exception_class_path = task.traceback = ""
        task.finished_at = None
        task.save()
    return len(again)


def clear_away() -> None:
    """Remove what nobody needs any more: old sessions, tasks, shares and takeouts, uploads given up yesterday."""
    from django.core.management import call_command
    from django.utils import timezone

    from evengait.storage.records.grants import forget_expired
    from evengait.storage.records.import_jobs import forget_given_up
    from evengait.storage.records.takeouts import forget_takeouts

    call_command("clearsessions", verbosity=0)
    call_command("prune_db_task_results", min_age_days=7, verbosity=0)
    forget_takeouts(default_home(), expired_at=timezone.now())
    forget_expired(timezone.now())
    for job in forget_given_up(timezone.now() - timedelta(days=1)):
        discard(upload_folder(default_home(), job))


def _ended(task: DBTaskResult[..., Any]) -> bool:
    """Tell whether the worker that had this task was on this computer and is no more."""
    node, _, rest = (task.worker_ids[-1] if task.worker_ids else "").partition("/")
    pid = rest.partition("/")[0]
    if node != platform.node()[:30] or not pid.isdigit():
        return False
    if int(pid) == os.getpid():
        return True  # the number was given anew
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


if __name__ == "__main__":
    main()
