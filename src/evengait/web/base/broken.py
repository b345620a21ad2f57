"""What to do when a task fails by a fault of the program: whoever waits for it is told, and waits no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_finished

from evengait.core.language import marked

if TYPE_CHECKING:
    from collections.abc import Callable

CUT_OFF = frozenset(
    {
        "builtins.SystemExit",
        "builtins.KeyboardInterrupt",
        "django.db.utils.InterfaceError",
        "django.db.utils.OperationalError",
    }
)
"""How a task fails that is begun again: its worker was ended, or the database was gone for a moment."""

SORRY = marked("Something broke on our side. Nothing that was kept is lost.")


def when_it_breaks(task: Any, tell: Callable[..., object]) -> None:
    """Have somebody told, with what the task was given, when it fails and is not begun again.

    Parameters
    ----------
    task : Task
    tell : callable
        Takes what the task takes.
    """

    def hear(task_result: Any, **_: object) -> None:
        failed = task_result.status == TaskResultStatus.FAILED
        if not failed or task_result.task.module_path != task.module_path:
            return
        if task_result.errors[-1].exception_class_path not in CUT_OFF:
            tell(*task_result.args, **task_result.kwargs)

    task_finished.connect(hear, weak=False, dispatch_uid=task.module_path)
