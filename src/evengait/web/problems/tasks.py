"""What the worker does for this room. Every task may be done twice: one that was cut off is begun again."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from evengait.actions.answer_problem import answer_problem
from evengait.core.language import say, speaking
from evengait.storage.records.answers import keep_answer
from evengait.storage.records.runners import runner_by_id
from evengait.web.base.broken import SORRY, when_it_breaks


@task()
def work_out(runner: str, problem: str, key: str, language: str = "en") -> None:
    """Work an answer out and keep it, in the language of who asked for it."""
    profile = runner_by_id(UUID(runner))
    if profile is not None:
        with speaking(language):
            answer_problem(settings.HOME, profile.id, UUID(problem), key, profile.today(timezone.now()))


def _broke(_: str, problem: str, key: str, language: str = "en") -> None:
    with speaking(language):
        keep_answer(UUID(problem), key, "refused", reason=say(SORRY))


when_it_breaks(work_out, _broke)
