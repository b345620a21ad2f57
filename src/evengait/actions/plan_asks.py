"""What a plan would need to know, in words and as what a page can ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from evengait.core.language import say
from evengait.core.units import long_day, plain_day

if TYPE_CHECKING:
    from datetime import date

    from evengait.analysis.progression.gates import GateState
    from evengait.analysis.progression.log import Log
    from evengait.analysis.progression.standing import Standing

ASK_DAYS = 7
"""Runs so far back are still asked about."""

KINDS = ("cleared", "screening", "gate", "recording", "walking", "during", "morning", "tomorrow")


@dataclass(frozen=True)
class Asked:
    """One thing that a plan would need to know.

    Attributes
    ----------
    kind : str
        One of ``KINDS``.
    words : str
        A plain sentence.
    command : str
        How to tell it in a terminal; empty = nothing to type, or the words say it.
    day : date or None
        The date of the run or walk that it is about.
    gate : str
        Id of the gate, for a gate.
    """

    kind: str
    words: str
    command: str = ""
    day: date | None = None
    gate: str = ""

    @property
    def text(self) -> str:
        """The whole line for a terminal."""
        return f"{self.words} {self.command}".rstrip()


def asked_of(log: Log, now: Standing, gates: tuple[GateState, ...], started_on: date) -> tuple[Asked, ...]:
    """Return what the plan would need to know, most pressing first."""
    if now.state == "blocked":
        return (
            Asked(
                "cleared", say("Has a clinician looked at it and cleared running?"),
                say("Then: evengait plan --passed clinician --by clinician"),
            ),
            Asked(
                "screening", say("Or answer the red-flag questions anew and hand them over:"),
                say("evengait plan --intake intake.json"),
            ),
        )  # fmt: skip
    asked = [Asked("gate", gate.words, gate=gate.id) for gate in gates if gate.needed and not gate.met]
    asked += [Asked("gate", gate.words, gate=gate.id) for gate in gates if not gate.needed and not gate.met]
    for back in range(ASK_DAYS + 1):
        day = now.day - timedelta(days=back)
        if day >= started_on:
            asked += _of_day(log, day, back)
    return tuple(asked)


def _of_day(log: Log, day: date, back: int) -> list[Asked]:
    entry = log.diary.get(day)
    if day not in log.runs and day not in log.walks:
        if entry is None or entry.pain_during_nprs is None:
            return []
        words = say(
            "Pain during a run or walk on {long_day} is logged, but no recording of it is in:",
            long_day=long_day(day),
        )
        return [Asked("recording", words, say("evengait import PATH"), day)]
    asked = []
    if day not in log.runs and log.walks[day].recorded_as == "running":
        words = say(
            "What was recorded as a run on {long_day} looks like walking all along, so it counts "
            "as a walk. If you did run, a recording with step rate would tell.",
            long_day=long_day(day),
        )
        asked.append(Asked("walking", words, day=day))
    if day in log.runs and (entry is None or entry.pain_during_nprs is None):
        words = say("How was the pain during the run of {long_day}?", long_day=long_day(day))
        asked.append(Asked("during", words, say("evengait log --date {day} --pain-during N", day=day), day))
    if (entry is None or entry.pain_next_morning_nprs is None) and (back or day in log.runs):
        asked.append(_morning(day, back))
    return asked


def _morning(day: date, back: int) -> Asked:
    if back == 0:
        words = say("How does it feel tomorrow morning?")
        return Asked("tomorrow", words, say("Then: evengait log --pain-this-morning N"), day)
    what = say("this morning") if back == 1 else say("on the morning after {day}", day=plain_day(day))
    command = say("evengait log --date {day} --pain-next-morning N", day=day)
    return Asked("morning", say("How was the pain {what}?", what=what), command, day)
