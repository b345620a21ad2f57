"""A row of Strong's export: ``Date``, ``Exercise Name``, ``Set Order``, ``Weight``, ``Reps`` and others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.ingest.strength_csv._cells import factor_of, moment, number, reserve, said, split_marks, whole
from evengait.ingest.strength_csv._row import Row

if TYPE_CHECKING:
    from collections.abc import Mapping

NEEDS = ("date", "exercise name", "set order", "reps")
_KINDS = {"w": "warm_up", "d": "drop", "f": "failure"}
_NO_SET = {"rest timer", "note"}


def unit(names: tuple[str, ...]) -> str | None:
    """Return the unit that the first line names; "" where each row names its own, None where nothing does."""
    if "weight unit" in names:
        return ""
    return next((word for word in ("kg", "lbs", "lb") if f"weight ({word})" in names), None)


def row(cells: Mapping[str, str], unit_word: str) -> Row | None:
    """Return one set, None for a row that is none (a rest timer, a distance).

    Raises
    ------
    TableError
        A cell cannot be read.
    """
    order = cells["set order"].strip().casefold()
    distance = next(
        (text for name, text in cells.items() if name.startswith("distance") and "unit" not in name), ""
    )
    reps = whole(said(number(cells["reps"], "reps")), "reps")
    if order in _NO_SET or (reps is None and said(number(distance, "distance"))):
        return None
    day, started = moment(cells["date"])
    weight = next(
        (text for name, text in cells.items() if name == "weight" or name.startswith("weight (")), ""
    )
    load = said(number(weight, "weight"))
    word = unit_word or cells.get("weight unit", "")
    side, pain, note = split_marks(cells.get("notes", ""))
    return Row(
        day, started, cells["exercise name"].strip(), _KINDS.get(order, "working"), reps,
        load * factor_of(word) if load is not None else None, reserve(number(cells.get("rpe", ""), "rpe")),
        said(number(cells.get("seconds", ""), "seconds")), side, pain, note,
    )  # fmt: skip
