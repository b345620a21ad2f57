"""The program's own CSV: the columns of ``columns.toml`` [strength_sets], exact in both directions."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

from evengait.core.columns import table
from evengait.core.errors import TableError
from evengait.core.reasons import kept
from evengait.core.strength import StrengthSet
from evengait.ingest.strength_csv._cells import number, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evengait.core.columns import Column

NEEDS = ("date", "exercise", "set_number")


def set_of(cells: Mapping[str, str]) -> StrengthSet:
    """Return the set of one row; an empty cell is null.

    Raises
    ------
    TableError
        A cell cannot be read, or its column does not allow it.
    """
    values = {
        name: _read(column, cells[name])
        for name, column in table("strength_sets").items()
        if cells.get(name, "").strip()
    }
    missing = [name for name in NEEDS if name not in values]
    if missing:
        raise TableError(kept("{missing} is empty; fill the cell", missing=missing[0]), column=missing[0])
    return StrengthSet(**values)


def cells_of(one: StrengthSet) -> dict[str, str]:
    """Return a set as one cell per column.

    Examples
    --------
    >>> list(cells_of(StrengthSet(date(2026, 11, 24), "carry", 1, hold_s=30.0)).values())[:8]
    ['2026-11-24', 'carry', '1', '', '', '', '', '30']
    """
    return {name: _written(getattr(one, name)) for name in table("strength_sets")}


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.12g}" if float(f"{value:.12g}") == value else repr(value)
    return str(value)


def _read(column: Column, text: str) -> Any:
    if column.dtype == "str":
        return text if column.name == "notes" else text.strip()
    if column.dtype in {"date", "time"}:
        kind: Any = date if column.dtype == "date" else time
        try:
            return kind.fromisoformat(text.strip())
        except ValueError:
            raise TableError(
                kept("{name} cannot be read; mend the cell", name=column.name), column=column.name
            ) from None
    value = number(text, column.name)
    return whole(value, column.name) if column.dtype == "int16" else value
