"""What must be met before the first run: by word, by the diary, by a recorded walk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from evengait.core.language import marked, say

if TYPE_CHECKING:
    from datetime import date

    from evengait.analysis.progression.judge import Way
    from evengait.analysis.progression.log import Log
    from evengait.core.progression import Gate

SCREENING = "screening"
ASK_SCREENING = marked(
    "The red-flag questions come first: evengait screen intake.json --ask --save intake.json, then "
    "evengait plan --intake intake.json"
)
WALK_SHARE = 0.9
"""A recording of a walk stops a little early, or stands at a crossing."""


@dataclass(frozen=True)
class GateState:
    """One gate on one date: its id, whether it is met, whether it is needed, what to ask or say of it."""

    id: str
    met: bool
    needed: bool
    words: str
    evidence: tuple[str, ...] = ()


def gate_states(way: Way, log: Log, since: date, day: date) -> tuple[GateState, ...]:
    """Return every gate of the profile on a date, the screening first; until it is answered, the screening alone.

    Nobody is told to walk briskly or to hop before the questions are answered.

    Parameters
    ----------
    since : date
        What was said, walked or written down before it does not count.
    """
    if log.screened(day) is None:
        return (GateState(SCREENING, False, True, say(ASK_SCREENING)),)
    screening = GateState(SCREENING, True, True, say("The red-flag questions were answered."))
    others = (_state(way, log, gate, since, day) for gate in way.rules.gates_of(way.profile))
    return (screening, *others)


def _state(way: Way, log: Log, gate: Gate, since: date, day: date) -> GateState:
    said = log.said(gate.id, gate.by, since, day)
    met = said
    if not met and gate.kind == "diary":
        met = any(_calm_days(log, gate, since, last) for last in (day, day - timedelta(days=1)))
    if not met and gate.kind == "walk":
        met = any(
            _walked_well(way, log, gate, walk)
            for walk in reversed(log.walks)
            if since <= walk < day
        )  # fmt: skip
    words = (
        gate.ask
        if not met
        else say("{removesuffix}, as you told.", removesuffix=gate.met.removesuffix("."))
        if said
        else gate.met
    )
    return GateState(gate.id, met, gate.needed, words, gate.evidence)


def _calm_days(log: Log, gate: Gate, since: date, last: date) -> bool:
    """Tell whether the finding was known and low enough on the days up to ``last``."""
    for n in range(gate.days):
        day = last - timedelta(days=n)
        entry = log.diary.get(day)
        value = getattr(entry, gate.finding) if entry is not None else None
        if day < since or value is None or value > gate.at_most:
            return False
    return True


def _walked_well(way: Way, log: Log, gate: Gate, day: date) -> bool:
    walk, entry = log.walks[day], log.diary.get(day)
    if walk.walk_s < WALK_SHARE * 60 * gate.minutes or entry is None or entry.limp:
        return False
    during, morning = entry.pain_during_nprs, entry.pain_next_morning_nprs
    if during is None or morning is None or during > gate.at_most:
        return False
    usual = log.usual_morning(day, way.rules.judging.usual_days)
    return morning <= (gate.at_most if usual is None else min(usual, gate.at_most))
