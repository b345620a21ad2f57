"""The list of a coach or a clinician: one row a runner, with what she shares and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from evengait.core.beside import lasting_fields
from evengait.core.glance import Kept, Waiting, comes_first
from evengait.core.language import Said, marked, say
from evengait.core.pain_now import PainNow, pain_now
from evengait.core.units import plain_day
from evengait.knowledge.pain_now import pain_rules
from evengait.storage.records.glances import kept_glances, last_told, waiting_for, worst_pains
from evengait.storage.records.runners import runners_by_id
from evengait.storage.records.ties import ties_from
from evengait.web.today.day import DECIDED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from typing import Any
    from uuid import UUID

    from evengait.core.beside import Tie
    from evengait.core.runner import RunnerProfile
    from evengait.core.sharing import Viewer

FROM_ARCHIVE = frozenset({"training", "plan"})
"""Fields of which a row tells what only the archive knows."""

PAIN_WORDS = Said({
    "more": "more than usual", "less": "less than usual", "usual": "as usual", "unknown": "cannot tell",
})  # fmt: skip


GROUPS = {
    "answer": marked("wait for your answer"),
    "clinician": marked("have a plan that asks for a clinician"),
    "pain": marked("hurt more than usual"),
    "silent": marked("wrote nothing lately"),
}
"""What a list of many runners can be cut down to."""


@dataclass(frozen=True)
class RunnerRow:
    """One runner. Each of these is empty or None where it is not shared; the page says so.

    Attributes
    ----------
    tie : Tie
    fields : frozenset of str
        What is shared from day to day.
    ran, told : str
        Her last run and the last day of her diary, in words.
    pain : PainNow or None
    plan : Kept or None
        None: not shared, or not looked up yet (``looked_up``).
    waiting : Waiting
    looked_up : bool
        What only the archive knows is there.
    made_at : datetime or None
        When it was looked up.
    silent : bool
        Her diary is shared, and nothing was told in it in the days that count as now.
    """

    tie: Tie
    fields: frozenset[str]
    ran: str
    told: str
    pain: PainNow | None
    plan: Kept | None
    waiting: Waiting
    looked_up: bool
    made_at: datetime | None = None
    silent: bool = False

    @property
    def groups(self) -> frozenset[str]:
        """The keys of ``GROUPS`` that she belongs to; what is not shared puts her into none."""
        here = {
            "answer": bool(self.waiting.count),
            "clinician": bool(self.plan and self.plan.decided == "refer"),
            "pain": bool(self.pain and self.pain.word == "more"),
            "silent": self.silent,
        }
        return frozenset(name for name, there in here.items() if there)

    @property
    def pain_words(self) -> str:
        """The pain compared with the usual one, in words; empty where it is not shared."""
        return in_words(self.pain) if self.pain else ""

    @property
    def decided(self) -> str:
        """What the plan decided last, in words."""
        return DECIDED[self.plan.decided] if self.plan and self.plan.decided else ""


def in_words(pain: PainNow) -> str:
    """Return a comparison with the usual pain as a sentence without its full stop."""
    if pain.score is None or pain.on is None:
        return say("Cannot tell, because {because}", because=pain.because)
    told = say("{score:g} of 10 on {on}", score=pain.score, on=plain_day(pain.on))
    if pain.usual is None:
        return say(
            "{told}; cannot tell whether that is more than usual, because {because}",
            told=told,
            because=pain.because,
        )
    return say(
        "{told}, usually {usual:g}: {pain_words}",
        told=told,
        usual=pain.usual,
        pain_words=PAIN_WORDS[pain.word],
    )


def rows_for(viewer: Viewer, now: datetime) -> list[RunnerRow]:
    """Return the runners beside whom a person stands, who needs an answer first.

    The number of queries does not grow with the runners. What a grant does not show is not looked up.
    """
    if viewer.account is None:
        return []
    ties = ties_from(viewer.account)
    seen: dict[UUID, frozenset[str]] = {}
    for tie in ties:  # somebody may be her coach and her physio
        seen[tie.runner] = seen.get(tie.runner, frozenset()) | lasting_fields(tie, now)
    with_diary = [runner for runner, fields in seen.items() if "diary" in fields]
    days = runners_by_id(with_diary)
    rules = pain_rules()
    reach = timedelta(days=rules.now_days + rules.usual_days + 1)
    worst = worst_pains(with_diary, now.date() - reach)
    told = last_told(with_diary)
    kept = kept_glances(runner for runner, fields in seen.items() if fields & FROM_ARCHIVE)
    waiting = waiting_for(viewer, seen, now)
    found = {
        tie.runner: _row(
            tie, seen[tie.runner], kept.get(tie.runner), waiting.get(tie.runner, Waiting()),
            pain_now(worst.get(tie.runner, {}), days[tie.runner].today(now), rules)
            if tie.runner in days
            else None,
            told, _silent(days.get(tie.runner), told.get(tie.runner), now, rules.now_days),
        )
        for tie in ties
    }  # fmt: skip
    return sorted(found.values(), key=_first)


def _row(
    tie: Tie,
    fields: frozenset[str],
    kept: Kept | None,
    waiting: Waiting,
    pain: PainNow | None,
    told: Mapping[UUID, date],
    silent: bool,
) -> RunnerRow:
    last = told.get(tie.runner)
    return RunnerRow(
        tie,
        fields,
        _day(kept.ran_on if kept else None, say("No run is in her archive"))
        if "training" in fields and kept
        else "",
        _day(last, say("Nothing was told yet")) if "diary" in fields else "",
        pain,
        kept if "plan" in fields else None,
        waiting,
        kept is not None,
        kept.made_at if kept else None,
        silent,
    )


def _silent(runner: RunnerProfile | None, last: date | None, now: datetime, days: int) -> bool:
    """Tell whether somebody who shows her diary has told nothing in so many days."""
    return runner is not None and (last is None or last <= runner.today(now) - timedelta(days=days))


def _day(day: date | None, none: str) -> str:
    return plain_day(day) if day else none


def _first(row: RunnerRow) -> tuple[Any, ...]:
    return comes_first(
        row.waiting,
        decided=row.plan.decided if row.plan else "",
        pain=row.pain.word if row.pain else "",
        name=row.tie.runner_name,
    )
