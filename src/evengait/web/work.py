"""The worker's own loop: tasks one after the other, through times without a database, until told to stop."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

INTERVAL_S = 0.5
_LOG = logging.getLogger(__name__)
_LATER = timedelta(minutes=5)
"""The longest that a task waits which the database has failed again and again."""


class DeskWorker(Worker):
    """Goes on where a worker of the package ends: when the database does not answer, or the disk is full.

    Parameters
    ----------
    name : str
        Of this worker; stands with every task that it takes.
    """

    def __init__(self, name: str) -> None:
        super().__init__(
            queue_names=["default"], interval=INTERVAL_S, batch=False, backend_name="default", startup_delay=False,
            max_tasks=None, worker_id=name, excluded_queue_names=[],
        )  # fmt: skip
        for name_of_log in ("django_tasks", "django_tasks_db"):
            logging.getLogger(name_of_log).setLevel(logging.CRITICAL)

    def run(self) -> None:
        """Take tasks until told to stop."""
        while self.running:
            try:
                super().run()
            except (DatabaseError, InterfaceError):
                self._wait()

    def _wait(self) -> None:
        """Wait until the database answers again; what was being done then is put back into the queue."""
        _LOG.warning("The database does not answer, or its disk is full. Waiting; the task is begun again.")
        while self.running:
            time.sleep(1)
            with suppress(DatabaseError, InterfaceError):
                connection.close()
                put_back(self.worker_id)
                return


def put_back(worker: str) -> int:
    """Put the tasks back that a worker had in its hands and has no more; each waits longer than the time before."""
    from django.db import transaction
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    with transaction.atomic():
        running = DBTaskResult.objects.select_for_update().filter(status=TaskResultStatus.RUNNING)
        mine = [task for task in running if task.worker_ids and task.worker_ids[-1] == worker]
        for task in mine:
            wait = min(timedelta(seconds=2 ** min(len(task.worker_ids) - 1, 10)), _LATER)
            task.status, task.run_after = TaskResultStatus.READY, timezone.now() + wait
            task.save(update_fields=["status", "run_after"])
    return len(mine)


def every_now_and_then(*duties: tuple[float, Callable[[], Any]]) -> threading.Thread:
    """Do duties beside the tasks, each again after so many seconds; without a database they wait.

    Parameters
    ----------
    duties : pairs of seconds and callable
    """

    def go() -> None:
        due = [time.monotonic() + seconds for seconds, _ in duties]
        while True:
            time.sleep(max(0.1, min(due) - time.monotonic()))
            for n, (seconds, duty) in enumerate(duties):
                if time.monotonic() < due[n]:
                    continue
                with suppress(DatabaseError, InterfaceError, OSError):
                    duty()
                with suppress(DatabaseError, InterfaceError):
                    connection.close()
                due[n] = time.monotonic() + seconds

    thread = threading.Thread(target=go, daemon=True)
    thread.start()
    return thread
