"""A row of Hevy's export: ``start_time``, ``exercise_title``, ``set_type``, ``weight_kg``, ``reps`` and others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.ingest.strength_csv._cells import factor_of, moment, number, reserve, said, split_marks, whole
from evengait.ingest.strength_csv._row import Row

if TYPE_CHECKING:
    from collections.abc import Mapping

NEEDS = ("start_time", "exercise_title", "set_type", "reps")
_KINDS = {"warmup": "warm_up", "warm_up": "warm_up", "dropset": "drop", "failure": "failure"}


def unit(names: tuple[str, ...]) -> str | None:
    """Return the unit that the first line names, None where nothing does."""
    return "kg" if "weight_kg" in names else "lbs" if "weight_lbs" in names else None


def row(cells: Mapping[str, str], unit_word: str) -> Row | None:
    """Return one set, None for a row that is none (a distance).

    Raises
    ------
    TableError
        A cell cannot be read.
    """
    reps = whole(said(number(cells["reps"], "reps")), "reps")
    distance = cells.get("distance_km") or cells.get("distance_miles") or ""
    if reps is None and said(number(distance, "distance")):
        return None
    day, started = moment(cells["start_time"])
    load = said(number(cells.get(f"weight_{unit_word}", ""), "weight"))
    side, pain, note = split_marks(cells.get("exercise_notes", ""))
    kind = _KINDS.get(cells["set_type"].strip().casefold(), "working")
    return Row(
        day, started, cells["exercise_title"].strip(), kind, reps,
        load * factor_of(unit_word) if load is not None else None, reserve(number(cells.get("rpe", ""), "rpe")),
        said(number(cells.get("duration_seconds", ""), "duration_seconds")), side, pain, note,
    )  # fmt: skip
