"""A diary's values as cells of a CSV file, and back: empty = not asked, ``none`` = there were none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from evengait.core.columns import table
from evengait.core.diary import NONE, DiaryEntry
from evengait.core.errors import TableError
from evengait.core.reasons import kept

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evengait.core.columns import Column

YES, NO = {"yes", "true", "1", "y"}, {"no", "false", "0", "n"}


def cells_of(entry: DiaryEntry) -> dict[str, str]:
    """Return a day as one cell per column.

    Examples
    --------
    >>> row = cells_of(DiaryEntry(date(2026, 11, 8), pain_during_nprs=2, limp=False, aids=()))
    >>> [row[name] for name in ("date", "pain_during_nprs", "pain_after_nprs", "limp", "aids")]
    ['2026-11-08', '2', '', 'no', 'none']
    """
    return {name: _written(getattr(entry, name)) for name in table("diary")}


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " ".join(value) or NONE
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def entry_of(cells: Mapping[str, str], *, decimal_comma: bool = False) -> DiaryEntry:
    """Return the day that a row of cells speaks of; columns that the diary does not know are passed over.

    Parameters
    ----------
    cells : mapping of column name to text
    decimal_comma : bool
        Numbers are written as ``7,5``.

    Raises
    ------
    TableError
        No date, or a cell that its column does not allow.

    Examples
    --------
    >>> entry_of({"date": "2026-11-08", "pain_during_nprs": "2.5", "aids": "belt tape"}).aids
    ('belt', 'tape')
    """
    values: dict[str, object] = {}
    for name, column in table("diary").items():
        text = cells.get(name) or ""
        if name != "notes":
            text = text.strip()
        if text:
            values[name] = _read(column, text, decimal_comma)
    if not isinstance(day := values.pop("date", None), date):
        raise TableError(kept("The row has no date. Write one as 2026-11-08."), column="date")
    return DiaryEntry(day, **values)  # type: ignore[arg-type]


def _read(column: Column, text: str, decimal_comma: bool) -> object:
    if column.dtype == "str":
        return text
    if column.dtype == "list[str]":
        words = tuple(dict.fromkeys(text.replace(";", " ").split()))
        return () if words == (NONE,) else words
    if column.dtype == "bool":
        word = text.lower()
        if word in YES | NO:
            return word in YES
        raise TableError(kept("{name} is yes or no. Mend the cell.", name=column.name), column=column.name)
    try:
        if column.dtype == "date":
            return date.fromisoformat(text)
        number = float(text.replace(",", ".") if decimal_comma else text)
        if column.dtype == "int16":
            return int(number) if number.is_integer() else number
    except ValueError:
        what = "date such as 2026-11-08" if column.dtype == "date" else "number"
        raise TableError(
            kept("{name} is no {what}. Mend the cell.", name=column.name, what=what), column=column.name
        ) from None
    return number
