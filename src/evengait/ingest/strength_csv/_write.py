"""Write sets as CSV, a row each, in the shape of an app or in this program's own."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import TYPE_CHECKING

from evengait.core.columns import table
from evengait.core.strength_setup import Weights, in_weights
from evengait.ingest.strength_csv._cells import MIDNIGHT, with_marks
from evengait.ingest.strength_csv._own import cells_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from evengait.core.strength import StrengthSet

SHAPES = ("strong", "hevy", "evengait")
STRONG = (
    "Date", "Workout Name", "Exercise Name", "Set Order", "Weight", "Weight Unit", "Reps", "RPE", "Distance",
    "Distance Unit", "Seconds", "Notes", "Workout Notes", "Workout Duration",
)  # fmt: skip
"""The shape that other apps, Hevy among them, take in from Strong."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STRONG_KINDS = {"warm_up": "W", "drop": "D", "failure": "F"}
_HEVY_KINDS = {"working": "normal", "warm_up": "warmup", "drop": "dropset", "failure": "failure"}
WORKOUT = "Strength"


def write_sets(
    sets: Iterable[StrengthSet], shape: str, names: Mapping[str, str], weights: Weights = "kg"
) -> str:
    """Return sets as the text of a CSV file.

    Parameters
    ----------
    sets : iterable of StrengthSet
        In the order in which they were done.
    shape : str
        One of ``SHAPES``. ``evengait`` keeps every column and is always kg.
    names : mapping of id to str
        What apps call the library's exercises.
    weights : {"kg", "lb"}
        Unit of the weights.
    """
    if shape == "evengait":
        return _csv(tuple(table("strength_sets")), map(cells_of, sets), ",")
    if shape == "strong":
        return _csv(STRONG, (_strong(one, names, weights) for one in sets), ";")
    columns = _hevy_columns(weights)
    return _csv(columns, (_hevy(one, names, weights, columns[9]) for one in sets), ",")


def _strong(one: StrengthSet, names: Mapping[str, str], weights: Weights) -> dict[str, str]:
    return {
        "Date": f"{_start(one):%Y-%m-%d %H:%M:%S}",
        "Workout Name": WORKOUT,
        "Exercise Name": _title(one, names),
        "Set Order": _STRONG_KINDS.get(one.kind, str(one.set_number)),
        "Weight": _plain(in_weights(one.load_kg or 0.0, weights)),
        "Weight Unit": "lbs" if weights == "lb" else "kg",
        "Reps": str(one.reps or 0),
        "RPE": _rpe(one),
        "Distance": "0",
        "Seconds": _plain(one.hold_s or 0.0),
        "Notes": with_marks(one.side, one.pain_nprs, one.notes),
    }


def _hevy_columns(weights: Weights) -> tuple[str, ...]:
    weight, way = ("weight_lbs", "distance_miles") if weights == "lb" else ("weight_kg", "distance_km")
    return (
        "title", "start_time", "end_time", "description", "exercise_title", "superset_id", "exercise_notes",
        "set_index", "set_type", weight, "reps", way, "duration_seconds", "rpe",
    )  # fmt: skip


def _hevy(one: StrengthSet, names: Mapping[str, str], weights: Weights, weight: str) -> dict[str, str]:
    start = _start(one)
    spoken = f"{start.day} {_MONTHS[start.month - 1]} {start:%Y, %H:%M}"
    return {
        "title": WORKOUT,
        "start_time": spoken,
        "end_time": spoken,
        "exercise_title": _title(one, names),
        "exercise_notes": with_marks(one.side, one.pain_nprs, one.notes),
        "set_index": str(one.set_number - 1),
        "set_type": _HEVY_KINDS[one.kind],
        weight: "" if one.load_kg is None else _plain(in_weights(one.load_kg, weights)),
        "reps": "" if one.reps is None else str(one.reps),
        "duration_seconds": "" if one.hold_s is None else _plain(one.hold_s),
        "rpe": _rpe(one),
    }


def _start(one: StrengthSet) -> datetime:
    return datetime.combine(one.date, one.started or MIDNIGHT)


def _title(one: StrengthSet, names: Mapping[str, str]) -> str:
    return names.get(one.exercise, one.exercise.removeprefix("own:"))


def _rpe(one: StrengthSet) -> str:
    # Ten in reserve would be an exertion of 0, which apps write for nothing said: it is lost.
    return "" if one.rir is None else _plain(10 - one.rir)


def _plain(value: float) -> str:
    return f"{value:.10g}"


def _csv(columns: tuple[str, ...], rows: Iterable[Mapping[str, str]], comma: str) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", delimiter=comma)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
