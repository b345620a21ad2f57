"""Which exercise fills a slot: what the equipment allows and what hurts is spared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.language import say
from evengait.core.unknown import Unknown

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from evengait.core.exercise import Exercise
    from evengait.core.strength_block import Slot, StrengthBlock
    from evengait.core.strength_setup import StrengthSetup


def fill(
    slot: Slot,
    block: StrengthBlock,
    book: Mapping[str, Exercise],
    setup: StrengthSetup,
    week: int,
    tired: Collection[str] = (),
) -> Exercise | Unknown:
    """Return the first exercise of a slot that fits this runner, or why none does.

    Parameters
    ----------
    week : int
        Of the block: from ``one_leg_from_week`` on, what has no load to add gives way to its one-leg variant.
    tired : collection of str
        Exercises whose pain cut the load too often: passed over.
    """
    spared = {*setup.hurts, *block.spare.get(setup.site or "", ())}

    def fits(exercise: Exercise) -> bool:
        said = {exercise.id, exercise.movement, *exercise.demands}
        return exercise.id not in tired and exercise.possible(setup.kit) and not said & spared

    found = next((book[name] for name in slot.choices if fits(book[name])), None)
    if found is None:
        possible = any(book[name].possible(setup.kit) for name in slot.choices)
        why = say("each of its exercises asks for what hurts") if possible else say("no equipment for it")
        return Unknown(
            say("{slot} is left out: {why}.", slot=say(slot.id.replace("_", " ").capitalize()), why=why)
        )
    variant = book.get(found.one_leg)
    if (
        variant
        and not found.weighed
        and slot.one_leg_from_week
        and week >= slot.one_leg_from_week
        and fits(variant)
    ):
        return variant
    return found


def slots_of(block: StrengthBlock, session: int, week: int) -> list[Slot]:
    """Return the slots of a session (from 0) in a week (from 1)."""
    turn = 1 if session % 2 == 0 else 2
    return [slot for slot in block.slots if slot.turn in {0, turn} and slot.from_week <= week <= slot.to_week]
