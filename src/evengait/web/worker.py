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

from evengait.core.errors import EvengaitError
from evengait.storage.backup.book import NOTE
from evengait.storage.home import default_home
from evengait.storage.uploads import discard, upload_folder, uploads_before
from evengait.storage.worker_locks import alive, forget_ended, is_alive
from evengait.web.opening import open_desk

if TYPE_CHECKING:
    from django_tasks_db.models import DBTaskResult

_MOST_TRIES = 50
"""So often a task is begun that ends its worker, or that the database fails: it would do so for ever."""

_LOOK_EVERY_S, _CLEAR_EVERY_S = 15.0, 3600.0

BEHIND_PAGES = 10
"""How far an import, with all its processes, stands back where a page wants the processor too."""


def main() -> None:
    """Take tasks from the queue until told to stop."""
    home = default_home()
    if hasattr(os, "nice"):
        os.nice(BEHIND_PAGES)
    open_desk(home)
    if "--until-stdin-ends" in sys.argv:
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    from evengait.web.work import DeskWorker, every_now_and_then

    token = secrets.token_hex(4)
    with alive(home, token):
        note = home / NOTE
        take_up_again(restored=note.exists())
        note.unlink(missing_ok=True)
        clear_away()
        # Another worker may end after this one has begun: its task is nobody's until somebody looks again.
        every_now_and_then((_LOOK_EVERY_S, take_up_again), (_CLEAR_EVERY_S, clear_away))
        worker = DeskWorker(f"{platform.node()[:30]}/{os.getpid()}/{token}")
        worker.configure_signals()
        worker.run()


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
    from django.db import transaction
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    from evengait.web.base.broken import CUT_OFF

    stopped = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, exception_class_path__in=CUT_OFF)
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    found = [*(task for task in stopped if len(task.worker_ids) < _MOST_TRIES)]
    found += [task for task in running if restored or _ended(task)]
    if not found:
        return 0
    again = 0
    with transaction.atomic():
        # Two workers may look at once: what one has put back, and another has taken since, is left alone.
        held = DBTaskResult.objects.select_for_update().in_bulk([task.pk for task in found])
        for task in found:
            now = held.get(task.pk)
            if now is None or (now.status, now.worker_ids) != (task.status, task.worker_ids):
                continue
            if now.status == TaskResultStatus.RUNNING and len(now.worker_ids) >= _MOST_TRIES:
                _give_up(now)
                continue
            now.status = TaskResultStatus.READY
            now.exception_class_path = now.traceback = ""
            now.finished_at = None
            now.save()
            again += 1
    return again


def _give_up(task: DBTaskResult[..., Any]) -> None:
    """Let a task fail that ended every worker which had it; who waits for it is told."""
    from django_tasks.signals import task_finished

    called = task.task  # whoever is to be told listens once the task's room is loaded
    task.set_failed(RuntimeError(f"It ended its worker {len(task.worker_ids)} times."))
    task_finished.send(sender=type(called.get_backend()), task_result=task.task_result)


def clear_away() -> None:
    """Remove what nobody needs any more: old sessions, tasks, shares and takeouts, uploads given up yesterday."""
    from django.core.management import call_command
    from django.utils import timezone

    from evengait.storage.records.grants import forget_expired
    from evengait.storage.records.import_jobs import forget_given_up, known_jobs
    from evengait.storage.records.sent import forget_sent
    from evengait.storage.records.takeouts import forget_takeouts

    call_command("clearsessions", verbosity=0)
    call_command("prune_db_task_results", min_age_days=7, verbosity=0)
    forget_takeouts(default_home(), expired_at=timezone.now())
    forget_expired(timezone.now())
    forget_sent(timezone.now())
    yesterday = timezone.now() - timedelta(days=1)
    for job in forget_given_up(yesterday):
        discard(upload_folder(default_home(), job))
    old = uploads_before(default_home(), yesterday.timestamp())
    for job in old.keys() - known_jobs(old):
        discard(old[job])
    forget_ended(default_home())


def _ended(task: DBTaskResult[..., Any]) -> bool:
    """Tell whether the worker that had this task is no more.

    Its lock in the home says so, whatever its computer was called and whoever has its number now; a worker of an
    earlier version has none, and is known by both.
    """
    node, _, rest = (task.worker_ids[-1] if task.worker_ids else "").partition("/")
    pid, _, token = rest.partition("/")
    lives = is_alive(default_home(), token)
    if lives is not None:
        return not lives
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
    try:
        main()
    except EvengaitError as problem:
        sys.exit(f"evengait: {problem}")
