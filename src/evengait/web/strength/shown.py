"""The strength block as a page shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evengait.core.language import Said
from evengait.core.plan import PlanDay, StrengthDose
from evengait.core.strength_setup import in_weights, weight
from evengait.core.training_words import load_words, sets_words
from evengait.knowledge.strength_book import strength_block
from evengait.report.desk_words import behind

if TYPE_CHECKING:
    from evengait.actions.join_plans import Whole
    from evengait.core.strength_dose import ExerciseDose
    from evengait.core.strength_setup import Weights

LATER = 6
CHANGED = Said({
    "find": "find it today", "raise": "raised", "step": "raised, the week asks for more", "hold": "held", "cut": "cut",
    "later": "told after the session before", "none": "",
})  # fmt: skip


def block_page(whole: Whole) -> dict[str, Any]:
    """Return everything the page of the block shows."""
    plan, record = whole.strength, whole.record
    assert plan is not None  # noqa: S101 - the view asked
    block = strength_block(record.strength_block, record.strength_block_version)
    a_week = plan.total // len(block.weeks)
    here = plan.session // a_week
    return {
        "plan": plan, "rules": block, "waits": plan.waits,
        "next": session_of(plan.days[0], whole) if plan.days else None,
        "later": plan.days[1 : 1 + LATER],
        "weeks": [
            {"week": week, "place": "here" if n == here else "behind" if n < here else "ahead",
             "reps": "–".join(str(rep) for rep in dict.fromkeys(week.reps)), "tempo": week.tempo.split("-")}
            for n, week in enumerate(block.weeks)
        ],
        "sources": [(one.supports, behind((one.id,))) for one in block.sources],
    }  # fmt: skip


def session_of(day: PlanDay, whole: Whole) -> dict[str, Any]:
    """Return one session in full."""
    dose = day.dose
    assert isinstance(dose, StrengthDose)  # noqa: S101 - a strength day
    return {
        "date": day.date, "title": day.title, "why": day.why, "minutes": dose.minutes, "warm_up": dose.warm_up,
        "week": dose.week, "left_out": dose.left_out,
        "exercises": [exercise_row(one, whole.setup.weights) for one in dose.exercises],
    }  # fmt: skip


def exercise_row(one: ExerciseDose, weights: Weights) -> dict[str, Any]:
    """Return one exercise of a session: its dose, its load and why, how it is done, what stands behind it."""
    load = "" if one.load_kg is None else f"{round(2 * in_weights(one.load_kg, weights)) / 2:g}"
    return {
        "id": one.id, "name": one.name or one.id, "sets": sets_words(one), "load": load_words(one, weights),
        "rir": None if one.rir is None else f"{one.rir:g}", "why": one.why, "changed": CHANGED.get(one.change, ""),
        "how": one.how, "tempo": one.tempo.split("-") if one.tempo else None, "rest_s": one.rest_s,
        "warm_up": [f"{w.reps} × {weight(w.load_kg, weights)}" for w in one.warm_up],
        "behind": behind(one.evidence), "each_side": one.each_side, "side": one.side, "role": one.role,
        "weighed": one.load not in {"body", "band"}, "rows": range(one.sets), "hold_s": one.hold_s,
        "reps": one.reps[0] if one.reps else 0, "load_value": load,
    }  # fmt: skip
