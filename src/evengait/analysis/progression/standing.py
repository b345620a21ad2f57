"""Where a plan stands at the end of a date, and how a decision is put into words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from evengait.core.plan import Decision

if TYPE_CHECKING:
    from datetime import date

    from evengait.analysis.progression.judge import Finding, Way
    from evengait.analysis.progression.position import Position
    from evengait.core.plan_change import PlanChange


@dataclass(frozen=True)
class Standing:
    """Where a plan stands at the end of a date.

    Attributes
    ----------
    state : {"blocked", "preparing", "running", "returned"}
    path : tuple of Position
        Every step so far; a step back takes the last away. Empty before the first run.
    day, since : date
        The date itself, and when the last step of the path was reached or gone back to.
    gates_since : date
        What was said or done before it passes no gate.
    good : int
        Runs in a row inside the profile at this step.
    pending : date or None
        A run whose next morning is waited for.
    rest_until : date or None
        No run up to this date.
    gap_steps : int
        Steps back already taken for the present days without a run.
    regressions : tuple of date
        Steps back in the last weeks.
    blocked_by : str
        Rule that stops running; empty unless blocked.
    blocked_on : date or None
    """

    state: str
    day: date
    since: date
    gates_since: date
    path: tuple[Position, ...] = ()
    good: int = 0
    pending: date | None = None
    rest_until: date | None = None
    gap_steps: int = 0
    regressions: tuple[date, ...] = ()
    blocked_by: str = ""
    blocked_on: date | None = None

    @property
    def at(self) -> Position | None:
        """The present place on the way; None before the first run."""
        return self.path[-1] if self.path else None


def begin(way: Way, started_on: date) -> Standing:
    """Return how a plan stands before its first day."""
    return Standing("preparing", started_on - timedelta(days=1), started_on, way.onset)


def block(way: Way, now: Standing, stop: Finding) -> tuple[Standing, list[Decision]]:
    """Stop running by a rule; what was reached and passed is void."""
    blocked = replace(
        now, state="blocked", path=(), good=0, pending=None, rest_until=None, blocked_by=stop.rule,
        blocked_on=now.day, since=now.day,
    )  # fmt: skip
    return blocked, [decide(way, blocked, stop, now)]


def decide(
    way: Way, after: Standing, found: Finding, before: Standing, *, run_on: date | None = None,
    also: tuple[str, ...] = (), before_all: tuple[str, ...] = (),
) -> Decision:  # fmt: skip
    """Return the decision that a finding comes to, in the rule's words.

    Parameters
    ----------
    also, before_all : tuple of str
        Sentences after and before the rule's own.
    """
    rule = way.rules.rules[found.rule]
    evidence = tuple(
        dict.fromkeys((*rule.evidence, *(way.profile.evidence if rule.decision == "regress" else ())))
    )
    return Decision(
        after.day, rule.decision, (*before_all, rule.says.format(**found.values), *also), rule.id,
        way.rules.version, evidence, run_on, _stage(way, before), _stage(way, after),
    )  # fmt: skip


def decide_agreed(
    way: Way, after: Standing, change: PlanChange, before: Standing, run_on: date | None
) -> Decision:
    """Return the decision that follows from what the runner agreed on."""
    book = way.agreed
    assert book is not None  # noqa: S101 - a change is there, so are its words
    rule = book.rules[change.kind]
    return Decision(
        after.day, rule.decision, (book.words(change, "says", way.units),), rule.rule, book.version,
        rule.evidence, run_on, _stage(way, before), _stage(way, after),
    )  # fmt: skip


def _stage(way: Way, standing: Standing) -> str:
    return standing.at.stage if standing.at else way.rules.ladder.walk_stage
