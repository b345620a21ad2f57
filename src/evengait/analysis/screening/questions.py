"""Which open answers could raise the level, most telling first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evengait.analysis.screening.truth import missing_for, rule_truth
from evengait.core.intake_form import ask_name, intake_fields
from evengait.core.red_flag import LEVELS, Level, more_urgent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evengait.analysis.screening.facts import Facts
    from evengait.core.red_flag import RedFlagRule

A_STEP = 2
"""What a step of urgency counts in the order of the questions."""
A_FURTHER_ANSWER = 4
"""An answer that needs a further one tells as much less as two steps of urgency."""
MOST_BEGUN = 2
"""A pattern of which some findings hold already comes before one of which none does, by half a step for each of two."""


@dataclass(frozen=True)
class Question:
    """One open answer.

    Attributes
    ----------
    level : str
        The most urgent level that it can lead to, with the fewest further answers.
    answers : int
        How many open answers that takes, this one included.
    begun : int
        How many of the conditions of that pattern hold already.
    rules : tuple of str
        The rules it could make hold.
    """

    path: str
    level: Level
    answers: int
    begun: int
    rules: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name by which it is listed."""
        return ask_name(self.path)

    @property
    def rank(self) -> int:
        """How telling it is; the lower, the more."""
        urgency = A_STEP * LEVELS.index(self.level)
        return urgency + A_FURTHER_ANSWER * (self.answers - 1) - min(self.begun, MOST_BEGUN)


def open_questions(rules: Sequence[RedFlagRule], facts: Facts, level: Level | None) -> tuple[Question, ...]:
    """Return the open answers that could make a rule more urgent than ``level`` hold (None: any rule).

    An answer that alone leads to an emergency comes first. What does not concern the site or the sex is left out.
    """
    site, sex = facts.value("site"), facts.value("sex")
    found: dict[str, list[Question]] = {}
    for rule in rules:
        if (level is None or more_urgent(rule.level, level)) and rule_truth(rule, facts) is None:
            for paths, begun in missing_for(rule, facts):
                if all(intake_fields()[path].concerns(site, sex) for path in paths):
                    for path in paths:
                        question = Question(path, rule.level, len(paths), begun, (rule.id,))
                        found.setdefault(path, []).append(question)
    questions = [_best(reached) for reached in found.values()]
    fields = intake_fields()
    order = {path: place for place, path in enumerate(fields)}
    # Of two equally urgent ones, one that the form asks at such places only tells more than one it asks of everybody.
    return tuple(sorted(questions, key=lambda q: (q.rank, not fields[q.path].sites, order[q.path])))


def _best(reached: list[Question]) -> Question:
    rules = tuple(dict.fromkeys(rule for question in reached for rule in question.rules))
    return replace(min(reached, key=lambda question: (question.rank, question.answers)), rules=rules)
