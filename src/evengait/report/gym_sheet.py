"""One strength session on one page, big, with empty boxes for loads, repetitions and reserve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.core.plan import StrengthDose
from evengait.core.strength_setup import Weights, weight
from evengait.core.training_words import clock, load_words, sets_words
from evengait.core.units import long_day
from evengait.report.page import render_page
from evengait.report.words import NOT_A_DIAGNOSIS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evengait.core.plan import PlanDay
    from evengait.core.strength_dose import ExerciseDose


def gym_sheet(
    day: PlanDay,
    *,
    weights: Weights = "kg",
    pain_limit: float | None = None,
    caveats: Sequence[str] = (),
) -> str:
    """Return the sheet of one session.

    Parameters
    ----------
    day : PlanDay
        A strength day.
    pain_limit : float or None
        Above which a set stops; None = nothing hurts, and no pain is asked for.

    Returns
    -------
    str
        HTML, UTF-8; prints on one page.

    Raises
    ------
    UsageError
        The day is none of strength.
    """
    if not isinstance(day.dose, StrengthDose):
        raise UsageError("A sheet for the gym is made of a strength day. Choose one.")
    dose = day.dose
    heavy = next((e.rest_s for e in dose.exercises if e.role == "heavy"), 120)
    return render_page(
        "gym.html", "paper.css",
        title=day.title or say("Strength"), date=long_day(day.date), week=dose.week, minutes=dose.minutes,
        warm_up=dose.warm_up, rest=clock(heavy), limit=None if pain_limit is None else f"{pain_limit:g}",
        pain=pain_limit is not None, exercises=[_row(e, weights) for e in dose.exercises],
        left_out=dose.left_out, caveats=caveats, not_a_diagnosis=say(NOT_A_DIAGNOSIS),
    )  # fmt: skip


def _row(one: ExerciseDose, weights: Weights) -> dict[str, Any]:
    heavy = one.role == "heavy"
    weighed = one.load not in {"body", "band"}
    fields = [
        *([weights] if weighed else []),
        say("reps") if one.reps else "s",
        *([say("in reserve")] if heavy else []),
    ]
    return {
        "name": one.name or one.id,
        "heavy": heavy,
        "dose": sets_words(one),
        "reserve": say("{rir:g} in reserve", rir=one.rir) if one.rir is not None else "",
        "load": load_words(one, weights),
        "notes": _notes(one, weights),
        "fields": fields if heavy or weighed else [""],
        "boxes": [str(i + 1) for i in range(one.sets)],
    }


def _notes(one: ExerciseDose, weights: Weights) -> str:
    parts = []
    if one.warm_up:
        parts.append(
            say(
                "First {sets}.",
                sets=", ".join(f"{w.reps} × {weight(w.load_kg, weights)}" for w in one.warm_up),
            )
        )
    if one.change == "find":
        parts.append(one.why.removeprefix(say("Find it: ")))
    elif one.tempo:
        down, _, up = one.tempo.split("-")
        parts.append(say("{down} s down, {up} s up.", down=down, up=up))
    if one.role != "heavy" and one.how:
        parts.append(one.how[1])
    return " ".join(parts)
