"""The next load of an exercise: to be found, raised, stepped up with the week, held, or cut."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING

from evengait.analysis.strength.one_rep_max import factor, one_rep_max
from evengait.core.language import say
from evengait.core.strength_setup import KG_A_POUND, Weights, weight

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from evengait.analysis.strength.log_book import Worked
    from evengait.analysis.strength.pain import PainSays
    from evengait.core.strength_block import BlockWeek, LoadKind, StrengthBlock

_TINY = 1e-6
"""Loads in pounds come back from kilograms with such an error."""


@dataclass(frozen=True)
class NextLoad:
    """What to lift.

    Attributes
    ----------
    change : str
        One of ``core/strength_dose.py`` CHANGES.
    load_kg : float or None
    because : str
        Plain sentences.
    extra_reps : int
        So many above the top are asked before the next step, which is large for this load.
    fewer_sets : int
        So many sets less, where the load itself cannot come down.
    """

    change: str
    load_kg: float | None
    because: str
    extra_reps: int = 0
    fewer_sets: int = 0


@dataclass(frozen=True)
class Steps:
    """The loads that a gym has: whole steps, none below the least."""

    step_kg: float
    least_kg: float

    @classmethod
    def of(cls, kind: LoadKind, weights: Weights) -> Steps:
        """Return the steps of a kind of load in the unit of the gym."""
        step = kind.step_lb * KG_A_POUND if weights == "lb" else kind.step_kg
        return cls(step, kind.least_kg or step)

    def down(self, kg: float) -> float:
        """Return the nearest load that is no heavier, but at least the least."""
        return max(self.least_kg, floor(kg / self.step_kg + _TINY) * self.step_kg)

    def lighter(self, kg: float, pct: float) -> float:
        """Return a load lighter by about so many percent, by one step at least."""
        return self.down(min(kg * (1 - pct / 100), kg - self.step_kg))


def next_load(
    history: Sequence[Worked],
    block: StrengthBlock,
    kind: LoadKind,
    week: BlockWeek,
    asked: Mapping[date, BlockWeek],
    pain: Callable[[Worked], PainSays],
    *,
    today: date,
    weights: Weights = "kg",
    back_weeks: int = 0,
) -> NextLoad:
    """Return the next load of an exercise that has one.

    Parameters
    ----------
    history : sequence of Worked
        Its sessions, oldest first.
    week : BlockWeek
        What the next session asks for.
    asked : mapping of date to BlockWeek
        What the block's sessions so far were asked for; an older session is missing.
    pain : callable
        What pain around one session allows; never a rise where it was above the limit, or is not told.
    back_weeks : int
        Weeks that a break took back.

    References
    ----------
    block-six-week, epley, brzycki, rir-added-to-reps
    """
    rules, steps = block.progress, Steps.of(kind, weights)
    last = history[-1] if history else None
    then = asked.get(last.date, week) if last else week
    base = last.base(then) if last else None
    if last is None or base is None or (today - last.date).days > rules.memory_days:
        return _find(kind, week)
    says = pain(last)
    if says.allows == "cut":
        return _cut(steps, base, says.cut_pct, says.because, weights)
    if last.date not in asked:
        return _from_log(last, block, kind, week, steps, weights)
    if back_weeks:
        kg = steps.lighter(base, rules.break_cut_pct)
        return NextLoad(
            "cut", kg, say("After the break it goes on lighter, at {weight}.", weight=weight(kg, weights))
        )
    if last.too_heavy(then, rules):
        kg = steps.lighter(base, rules.too_heavy_cut_pct)
        why = say("Last time it was too heavy for the repetitions and the reserve asked for")
        return NextLoad("cut", kg, f"{why}: {weight(kg, weights)}.")
    if says.allows == "hold":
        return NextLoad(
            "hold",
            base,
            say("{because} The load stays at {weight}.", because=says.because, weight=weight(base, weights)),
        )
    if _target(week) != _target(then):
        return _step(last, block, week, steps, base, weights)
    return _raise(history, block, week, asked, pain, steps, base, weights)


def _target(week: BlockWeek) -> tuple[int, float]:
    return week.reps[1], week.rir


def _find(kind: LoadKind, week: BlockWeek) -> NextLoad:
    low, high = week.reps
    reps = str(high) if low == high else say("{low} to {high}", low=low, high=high)
    why = say(
        "Find it: {find} Add a little from set to set until {reps} repetitions leave {rir:g} "
        "in reserve, and write the load down.",
        find=kind.find,
        reps=reps,
        rir=week.rir,
    )
    return NextLoad("find", None, why)


def _cut(steps: Steps, base: float, pct: float, because: str, weights: Weights) -> NextLoad:
    kg = steps.lighter(base, pct)
    if kg >= base - _TINY:
        return NextLoad(
            "cut",
            base,
            say("{because} It is the lightest there is: one set less.", because=because),
            fewer_sets=1,
        )
    return NextLoad(
        "cut",
        kg,
        say("{because} The load comes down to {weight}.", because=because, weight=weight(kg, weights)),
    )


def _from_log(
    last: Worked, block: StrengthBlock, kind: LoadKind, week: BlockWeek, steps: Steps, weights: Weights
) -> NextLoad:
    """Return the first load of a block from sets that were logged before it."""
    most = one_rep_max(last.sets, block.progress)
    if not isinstance(most, float):
        return _find(kind, week)
    kg = steps.down(most / factor(week.reps[1], week.rir, block.progress))
    return NextLoad(
        "step", kg, say("From the sets you logged before the block: {weight}.", weight=weight(kg, weights))
    )


def _step(
    last: Worked, block: StrengthBlock, week: BlockWeek, steps: Steps, base: float, weights: Weights
) -> NextLoad:
    """Return the load where the week asks for other repetitions or another reserve than last time."""
    most = last.capacity(base, block.progress)
    if most is None:
        return NextLoad(
            "hold",
            base,
            say(
                "The reserve was not written down, so the load stays at {weight} in heavier sets.",
                weight=weight(base, weights),
            ),
        )
    top = base * (1 + block.progress.step_max_pct / 100)
    kg = steps.down(min(top, most / factor(week.reps[1], week.rir, block.progress)))
    if kg <= base + _TINY:
        return NextLoad(
            "hold", base, say("Fewer repetitions at the same load, {weight}.", weight=weight(base, weights))
        )
    return NextLoad(
        "step", kg, say("Fewer and heavier repetitions this week: {weight}.", weight=weight(kg, weights))
    )


def _raise(
    history: Sequence[Worked],
    block: StrengthBlock,
    week: BlockWeek,
    asked: Mapping[date, BlockWeek],
    pain: Callable[[Worked], PainSays],
    steps: Steps,
    base: float,
    weights: Weights,
) -> NextLoad:
    """Return the load within one kind of week: raised when it was reached often enough, or was far too light."""
    rules = block.progress
    if history[-1].too_light(week, rules):
        kg = max(steps.down(base * (1 + rules.step_max_pct / 100)), base + steps.step_kg)
        return NextLoad(
            "raise", kg, say("Last time it was far too light: {weight}.", weight=weight(kg, weights))
        )
    recent = [
        one
        for one in history[-rules.raise_after_sessions :]
        if one.date in asked
        and _target(asked[one.date]) == _target(week)
        and (load := one.base(week)) is not None
        and abs(load - base) < _TINY
        and one.reached(week, asked[one.date].sets)
        and pain(one).allows == "raise"
    ]
    if len(recent) < rules.raise_after_sessions:
        return NextLoad("hold", base, say("As last time: {weight}.", weight=weight(base, weights)))
    extra = min(one.reps or 0 for worked in recent for one in worked.sets) - week.reps[1]
    # One repetition more at the same load is a thirtieth of the maximum more (Epley).
    earned = rules.raise_pct[1] + max(0, extra) * 100 / 30
    needed = 100 * steps.step_kg / base
    if needed <= min(earned, rules.step_max_pct) or needed <= rules.raise_pct[1]:
        most = max(base + steps.step_kg, steps.down(base * (1 + rules.raise_pct[0] / 100)))
        why = say(
            "Every set was reached in {raise_after_sessions} sessions: {weight}.",
            raise_after_sessions=rules.raise_after_sessions,
            weight=weight(most, weights),
        )
        return NextLoad("raise", most, why)
    more = ceil((min(needed, rules.step_max_pct) - rules.raise_pct[1]) * 30 / 100)
    why = say(
        "The next step is large for this load: up to {reps} repetitions first.", reps=week.reps[1] + more
    )
    return NextLoad(
        "hold", base, say("{why} {weight} stays.", why=why, weight=weight(base, weights)), extra_reps=more
    )
