"""From an intake and a set of rules to one verdict: the most urgent wins, and every step says why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.analysis.screening.facts import Facts
from evengait.analysis.screening.questions import Question, open_questions
from evengait.analysis.screening.truth import holding, rule_truth, way_truth
from evengait.core.red_flag import LEVELS, RUNNING, Finding, Level, RedFlagRule, RuleBook, Running

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from evengait.core.intake import Intake

UNRECOGNISED: Level = "routine"
"""Where no rule holds at all, not even that of an everyday pattern: nothing was recognised, so somebody should look."""


@dataclass(frozen=True)
class Fired:
    """A rule that holds, with the findings that made it hold."""

    rule: RedFlagRule
    because: tuple[Finding, ...]


@dataclass(frozen=True)
class Verdict:
    """What follows from an intake.

    Attributes
    ----------
    fired : tuple of Fired
        Most urgent first; of one level, the one with most findings first.
    questions : tuple of Question
        Open answers that could raise the level, most telling first.
    could_reach : str
        The most urgent level that the open answers could still lead to.
    facts : Facts
        What it was drawn from.
    """

    level: Level
    running: Running
    fired: tuple[Fired, ...]
    questions: tuple[Question, ...]
    could_reach: Level
    facts: Facts

    @property
    def consider(self) -> tuple[str, ...]:
        """Conditions to ask a clinician about, most urgent first, each once."""
        return tuple(dict.fromkeys(name for fired in self.fired for name in fired.rule.consider))


def screen(intake: Intake, book: RuleBook, today: date | None = None) -> Verdict:
    """Evaluate the rules over an intake.

    Parameters
    ----------
    intake : Intake
        What was not asked is unknown, never no.
    book : RuleBook
        The rules, handed over: a clinic's own run through the same code.
    today : date, optional
        Local date; from it follows how long a pain has lasted where only its date is known.

    Returns
    -------
    Verdict
        Its level is that of the most urgent rule that holds. ``continue`` is only said of running where no open
        answer could stop or restrict it.
    """
    facts = Facts(intake, today)
    rules = [rule for rule in book.rules if rule.status != "retired"]
    fired = tuple(
        sorted(
            (Fired(rule, _because(rule, facts)) for rule in rules if rule_truth(rule, facts)),
            key=lambda f: (LEVELS.index(f.rule.level), -len(f.because), f.rule.id),
        )
    )
    level = _level(f.rule for f in fired)
    questions = open_questions(rules, facts, level)
    reach = min((q.level for q in questions), key=LEVELS.index, default=level)
    return Verdict(level, _running(rules, fired, facts), fired, questions, reach, facts)


def level_of(intake: Intake, book: RuleBook, today: date | None = None) -> Level:
    """Return the level alone: that of ``screen``, without its reasons and questions."""
    facts = Facts(intake, today)
    return _level(rule for rule in book.rules if rule.status != "retired" and rule_truth(rule, facts))


def _level(rules: Iterable[RedFlagRule]) -> Level:
    """Return the most urgent level; self-care only where an everyday pattern was recognised."""
    held = [rule for rule in rules if rule.level != "self_care" or rule.consider]
    return min((rule.level for rule in held), key=LEVELS.index, default=UNRECOGNISED)


def _because(rule: RedFlagRule, facts: Facts) -> tuple[Finding, ...]:
    found = [f for way in rule.when if way_truth(way, facts) for f in holding(way.all, facts)]
    return tuple(dict.fromkeys(found))


def _running(rules: list[RedFlagRule], fired: Sequence[Fired], facts: Facts) -> Running:
    said = [f.rule.running for f in fired] or ["restrict"]
    running = min(said, key=RUNNING.index)
    if running == "continue" and any(
        rule.running != "continue" and _could_hold(rule, facts) for rule in rules
    ):
        return "restrict"
    return running


def _could_hold(rule: RedFlagRule, facts: Facts) -> bool:
    return rule_truth(rule, facts) is None and bool(open_questions([rule], facts, None))
