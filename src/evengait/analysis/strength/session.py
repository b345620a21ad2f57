"""One session: its exercises with sets, repetitions, reserve, loads and warm-up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from evengait.analysis.strength.choice import fill
from evengait.analysis.strength.load import NextLoad, Steps, next_load
from evengait.analysis.strength.pain import FREE, PainSays, pain_after
from evengait.core.language import marked, say
from evengait.core.strength_dose import ExerciseDose, StrengthDose, WarmUpSet
from evengait.core.unknown import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from evengait.analysis.strength.log_book import Worked
    from evengait.analysis.strength.place import Place
    from evengait.core.diary import DiaryEntry
    from evengait.core.exercise import Exercise
    from evengait.core.strength_block import BlockWeek, Slot, StrengthBlock
    from evengait.core.strength_setup import StrengthSetup

LATER = NextLoad("later", None, marked("The load follows from the session before."))


@dataclass(frozen=True)
class Known:
    """All that a session is made from: rules, library, setup, log, diary, place in the block."""

    block: StrengthBlock
    book: Mapping[str, Exercise]
    setup: StrengthSetup
    log: Mapping[str, list[Worked]]
    diary: Mapping[date, DiaryEntry]
    place: Place
    today: date

    @property
    def limit(self) -> float:
        """The most that an exercise may hurt, 0 to 10."""
        own = self.setup.pain_limit_nprs
        return self.block.pain.during_max_nprs if own is None else own

    def pain(self, worked: Worked) -> PainSays:
        """Return what pain around one session of an exercise allows.

        An exercise whose own pain was not written down counts with the worst of its session. Where no site hurts,
        only pain that was written down speaks.
        """
        during = worked.pain
        if during is None:
            during = self._worst.get(worked.date)
        if self.setup.site is None and during is None:
            return FREE
        says = pain_after(self.block.pain, self.diary, worked.date, during, self.limit)
        return FREE if self.setup.site is None and says.allows == "hold" else says

    @cached_property
    def _worst(self) -> dict[date, float]:
        """Worst pain that was written down of each date's sets."""
        found: dict[date, float] = {}
        for days in self.log.values():
            for one in days:
                if one.pain is not None:
                    found[one.date] = max(one.pain, found.get(one.date, 0.0))
        return found

    @cached_property
    def tired(self) -> set[str]:
        """The exercises that hurt above the limit in too many sessions in a row: others take their place."""
        rule, found = self.block.pain, set()
        for exercise, days in self.log.items():
            own = [one for one in days if one.date in self.place.asked]
            row = 0
            for one in own:
                row = row + 1 if one.pain is not None and one.pain > self.limit else 0
                if row >= rule.swap_after_cuts:
                    found.add(exercise)
        return found

    @cached_property
    def eased(self) -> bool:
        """Whether pain of the last session held or cut a load."""
        last = max(self.place.asked, default=None)
        days = (one for days in self.log.values() for one in days if one.date == last)
        return last is not None and any(self.pain(one).allows != "raise" for one in days)


def dose(known: Known, slots: Iterable[Slot], week: BlockWeek, session: int, seen: set[str]) -> StrengthDose:
    """Return what one session asks for.

    Parameters
    ----------
    session : int
        From 1.
    seen : set of str
        Exercises that an earlier session to come holds already: their load follows from that one. Added to.
    """
    exercises, left_out = [], []
    tired, eased = known.tired, known.eased and not seen
    for slot in slots:
        found = fill(slot, known.block, known.book, known.setup, week.number, tired)
        if isinstance(found, Unknown):
            left_out.append(found.reason)
        elif slot.role == "trunk":
            exercises.append(_trunk(known, found, week))
        else:
            load = (
                replace(LATER, because=say(LATER.because)) if found.id in seen else _load(known, found, week)
            )
            seen.add(found.id)
            exercises.append(_heavy(known, slot, found, week, load, eased=eased))
    exercises += _one_sided(known)
    return StrengthDose(tuple(exercises), session, week.number, known.block.warm_up, tuple(left_out))


def _load(known: Known, exercise: Exercise, week: BlockWeek) -> NextLoad:
    history = known.log.get(exercise.id, [])
    if exercise.weighed:
        return next_load(
            history, known.block, known.block.loads[exercise.load], week, known.place.asked, known.pain,
            today=known.today, weights=known.setup.weights, back_weeks=known.place.back_weeks,
        )  # fmt: skip
    if history and known.pain(history[-1]).allows == "cut":
        return NextLoad(
            "cut",
            None,
            say("{because} One set less, and not as deep.", because=known.pain(history[-1]).because),
            fewer_sets=1,
        )
    return NextLoad("none", None, say("No load: repeat until {rir:g} are left in reserve.", rir=week.rir))


def _heavy(
    known: Known, slot: Slot, exercise: Exercise, week: BlockWeek, load: NextLoad, *, eased: bool
) -> ExerciseDose:
    block = known.block
    sets = slot.sets or (week.sets_eased if eased and week.sets_eased else week.sets)
    low, high = week.reps
    top = block.body_reps_to if not exercise.weighed else high + load.extra_reps
    carry = exercise.measure == "carry"
    return ExerciseDose(
        exercise.id, max(1, sets - load.fewer_sets),
        None if carry else (low, top), None if carry else week.rir, load.load_kg,
        hold_s=slot.hold_s if carry else None, each_side=exercise.each_side, tempo=None if carry else week.tempo,
        why=load.because, name=exercise.name, role=slot.role, load=exercise.load, change=load.change,
        rest_s=block.rest_s, warm_up=_warm_up(known, slot, exercise, load), how=exercise.how, watch=exercise.watch,
        evidence=tuple(
            dict.fromkeys((*block.progress.evidence, *(block.pain.evidence if known.setup.site else ())))
        ),
    )  # fmt: skip


def _warm_up(known: Known, slot: Slot, exercise: Exercise, load: NextLoad) -> tuple[WarmUpSet, ...]:
    if not slot.warm_up or load.load_kg is None:
        return ()
    steps = Steps.of(known.block.loads[exercise.load], known.setup.weights)
    sets = (
        WarmUpSet(share.reps, steps.down(load.load_kg * share.percent / 100))
        for share in known.block.warm_up_sets
    )
    return tuple(one for one in sets if one.load_kg < load.load_kg)


def _trunk(known: Known, exercise: Exercise, week: BlockWeek) -> ExerciseDose:
    return ExerciseDose(
        exercise.id, week.trunk_sets, (week.trunk_reps, week.trunk_reps), hold_s=week.hold_s,
        each_side=exercise.each_side, name=exercise.name, role="trunk", rest_s=known.block.rest_trunk_s,
        how=exercise.how, watch=exercise.watch,
    )  # fmt: skip


def _one_sided(known: Known) -> Sequence[ExerciseDose]:
    """Return what a clinician entered for one side alone; nothing else ever has a side."""
    found = []
    for entry in known.setup.one_sided:
        exercise = known.book.get(entry.exercise)
        name = exercise.name if exercise else entry.exercise.removeprefix("own:")
        found.append(
            ExerciseDose(
                entry.exercise, entry.sets, (entry.reps, entry.reps), hold_s=entry.hold_s, name=name, role="clinician",
                why=say("Entered by your clinician."), side=entry.side, rest_s=known.block.rest_trunk_s,
                how=exercise.how if exercise else (), watch=exercise.watch if exercise else ("", ""),
            )
        )  # fmt: skip
    return found
