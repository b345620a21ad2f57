"""Cells of strength apps: numbers, weights, dates, perceived exertion, and marks in notes."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
from math import inf

from evengait.core.errors import TableError
from evengait.core.reasons import kept
from evengait.core.strength_setup import KG_A_POUND

UNITS = {
    "kg": 1.0, "kgs": 1.0, "kilograms": 1.0, "lb": KG_A_POUND, "lbs": KG_A_POUND, "pounds": KG_A_POUND,
}  # fmt: skip
_MARK = re.compile(r"\s*\[(?:(left|right)|pain (10|\d(?:\.\d+)?))\]")
_SPOKEN = re.compile(
    r"(\d{1,2})\.? (\w+)\.?,? (\d{4})\D+(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap]m)?", re.IGNORECASE
)
_AMERICAN = re.compile(
    r"(\w+)\.? (\d{1,2}),? (\d{4})\D+(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap]m)?", re.IGNORECASE
)
MIDNIGHT = time(0, 0)


def number(text: str, what: str) -> float | None:
    """Return a cell's number, None where it is empty. A comma may stand for the point.

    Raises
    ------
    TableError
        It is no number, or below 0.

    Examples
    --------
    >>> number("8,5", "rpe"), number("", "rpe")
    (8.5, None)
    """
    text = text.strip()
    if not text:
        return None
    try:
        value = float(text.replace(",", ".")) if re.fullmatch(r"-?[\d.,]+(e-?\d+)?", text) else float("nan")
    except ValueError:
        value = float("nan")
    if not 0 <= value < inf:
        raise TableError(kept("{what} is no number of 0 or more; mend the cell", what=what), column=what)
    return value


def said(value: float | None) -> float | None:
    """Return a number that an app wrote, None for its 0: apps write 0 for what was not told."""
    return value or None


def whole(value: float | None, what: str) -> int | None:
    """Return a whole number.

    Raises
    ------
    TableError
        It is none.
    """
    if value is None:
        return None
    if value != int(value):
        raise TableError(kept("{what} is no whole number; mend the cell", what=what), column=what)
    return int(value)


def reserve(rpe: float | None) -> float | None:
    """Return repetitions in reserve from perceived exertion on the scale of ten; 0 and nothing are not asked.

    Raises
    ------
    TableError
        Above ten.
    """
    if not rpe:
        return None
    if rpe > 10:
        raise TableError(kept("rpe goes up to 10; mend the cell"), column="rpe")
    # Tenths of an exertion are not exact in binary: 10 - 6.7 is 3.3, not a hair more.
    return round(10 - rpe, 6)


def factor_of(unit: str) -> float:
    """Return kilograms in a unit of weight.

    Raises
    ------
    TableError
        The unit is not known.
    """
    found = UNITS.get(unit.strip().strip(".").casefold())
    if found is None:
        raise TableError(kept("the unit of weight is neither kg nor lb; mend the cell"), column="weight")
    return found


def moment(text: str) -> tuple[date, time | None]:
    """Return date and time of a workout's start; midnight and no time are not known.

    Raises
    ------
    TableError
        No date in a form that is known.

    Examples
    --------
    >>> moment("2026-10-05 07:00:00"), moment("28 Mar 2025, 17:29"), moment("2026-05-01")[1] is None
    ((datetime.date(2026, 10, 5), datetime.time(7, 0)), (datetime.date(2025, 3, 28), datetime.time(17, 29)), True)
    """
    text = " ".join(text.split())
    try:
        found = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        found = _spoken(text)
    at = found.time().replace(microsecond=0)
    return found.date(), None if at == MIDNIGHT else at


def _spoken(text: str) -> datetime:
    match = _SPOKEN.match(text) or _AMERICAN.match(text)
    try:
        one, other, year, hour, minute, half = match.groups() if match else ("",) * 6
        day, word = (one, other) if one.isdecimal() else (other, one)
        hours = int(hour) % 12 + 12 * (half.lower() == "pm") if half else int(hour)
        return datetime(int(year), _month(word), int(day), hours, int(minute))  # noqa: DTZ001 - the runner's own clock
    except ValueError:
        raise TableError(
            kept("the workout has no date that is known, such as 2026-11-24 18:30:00; mend the cell"),
            column="date",
        ) from None


def _month(word: str) -> int:
    fits = [(len(name), number) for name, number in _months().items() if word.casefold().startswith(name)]
    if not fits:
        raise ValueError(word)
    return max(fits)[1]


@cache
def _months() -> dict[str, int]:
    text = files("evengait.ingest.strength_csv").joinpath("months.toml").read_text("utf-8")
    return {name: int(key) for key, names in tomllib.loads(text).items() for name in names}


def split_marks(note: str) -> tuple[str | None, float | None, str | None]:
    """Return side, pain and what is left of a note.

    Examples
    --------
    >>> split_marks("[left] [pain 2] felt stiff"), split_marks("felt [left]")
    (('left', 2.0, 'felt stiff'), (None, None, 'felt [left]'))
    """
    side, pain = None, None
    while match := _MARK.match(note):
        side = match[1] or side
        pain = float(match[2]) if match[2] else pain
        note = note[match.end() :]
    return side, pain, note.strip() or None


def with_marks(side: str | None, pain: float | None, note: str | None) -> str:
    """Return a note with side and pain in front, as ``split_marks`` reads them.

    Examples
    --------
    >>> with_marks("left", 2.0, "felt stiff"), with_marks(None, None, None)
    ('[left] [pain 2] felt stiff', '')
    """
    parts = [f"[{side}]"] if side else []
    parts += [f"[pain {pain:g}]"] if pain is not None else []
    return " ".join([*parts, note] if note else parts)
