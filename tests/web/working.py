"""The worker of the desk, in this process, until nothing is left to do."""

from __future__ import annotations


def work() -> None:
    """Do every task that is waiting."""
    from django_tasks_db.management.commands.db_worker import Worker

    Worker(
        queue_names=["default"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id="test", excluded_queue_names=[],
    ).run()  # fmt: skip
