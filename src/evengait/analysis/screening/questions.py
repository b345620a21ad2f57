"""Which open answers could raise the level, most telling first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.analysis.screening.truth import missing_for, rule_truth
from evengait.core.intake_form import ask_name, intake_fields
from evengait.core.red_flag import LEVELS, Level, more_urgent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evengait.analysis.screening.facts import Facts
    from evengait.core.red_flag import RedFlagRule

A_FURTHER_ANSWER = 2
"""An answer that needs a further one tells as much less as two steps of urgency."""


@dataclass(frozen=True)
class Question:
    """One open answer.

    Attributes
    ----------
    level : str
        The most urgent level that it can lead to, with the fewest further answers.
    answers : int
        How many open answers that takes, this one included.
    rules : tuple of str
        The rules it could make hold.
    """

    path: str
    level: Level
    answers: int
    rules: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name by which it is listed."""
        return ask_name(self.path)

    @property
    def rank(self) -> int:
        """How telling it is; the lower, the more."""
        return LEVELS.index(self.level) + A_FURTHER_ANSWER * (self.answers - 1)


def open_questions(rules: Sequence[RedFlagRule], facts: Facts, level: Level | None) -> tuple[Question, ...]:
    """Return the open answers that could make a rule more urgent than ``level`` hold (None: any rule).

    An answer that alone leads to an emergency comes first. What does not concern the site or the sex is left out.
    """
    site, sex = facts.value("site"), facts.value("sex")
    found: dict[str, list[tuple[Level, int, str]]] = {}
    for rule in rules:
        if (level is None or more_urgent(rule.level, level)) and rule_truth(rule, facts) is None:
            for paths in missing_for(rule, facts):
                if all(intake_fields()[path].concerns(site, sex) for path in paths):
                    for path in paths:
                        found.setdefault(path, []).append((rule.level, len(paths), rule.id))
    questions = [_question(path, reached) for path, reached in found.items()]
    order = list(intake_fields())
    return tuple(sorted(questions, key=lambda q: (q.rank, order.index(q.path))))


def _question(path: str, reached: list[tuple[Level, int, str]]) -> Question:
    candidates = [Question(path, level, answers, (rule,)) for level, answers, rule in reached]
    best = min(candidates, key=lambda q: (q.rank, q.answers))
    return Question(path, best.level, best.answers, tuple(dict.fromkeys(rule for _, _, rule in reached)))
