"""Numbers as an export writes them in any language, and when its zero means zero."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBER = re.compile(r"[+-]?\d[\d.,]*(?:[eE][+-]?\d+)?")

_NEIGHBOURS = 50
"""Rows before and after: some months of a runner who records four times a week."""


def number(text: str) -> float | None:
    """Return a number written with a decimal point or a decimal comma; None where there is none.

    Examples
    --------
    >>> number("1.234,5"), number("1,234.5"), number("9,44"), number("3189.0"), number("")
    (1234.5, 1234.5, 9.44, 3189.0, None)
    """
    plain = re.sub(r"[\s'’_]", "", text)
    if not _NUMBER.fullmatch(plain):
        return None
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma > point:
        plain = plain.replace(".", "")
        plain = plain.replace(",", "") if plain.count(",") > 1 else plain.replace(",", ".")
    else:
        plain = plain.replace(",", "")
        plain = plain.replace(".", "") if plain.count(".") > 1 else plain
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def dirt_known(metres: Sequence[float | None]) -> list[float | None]:
    """Return the dirt distances that can be believed, row by row.

    Strava leaves the column blank for years before its map knew surfaces, and writes 0 both for a run all on pavement
    and, at times, for one that it did not look at. A zero is believed only where the map was at work: where one of the
    50 rows before or after has some dirt. Elsewhere it is unknown, never *all paved*.

    Parameters
    ----------
    metres : sequence of float or None, in the order of the table (by time)
        Dirt distance as written [m]; None = blank.

    Returns
    -------
    list of float or None
        Same length and order.

    Examples
    --------
    >>> dirt_known([0.0, 1200.0, None]), dirt_known([0.0, 0.0])
    ([0.0, 1200.0, None], [None, None])
    """
    at_work = [value is not None and value > 0 for value in metres]
    seen = [0]
    for yes in at_work:
        seen.append(seen[-1] + yes)
    last = len(metres)

    def near(i: int) -> bool:
        return seen[min(last, i + _NEIGHBOURS + 1)] > seen[max(0, i - _NEIGHBOURS)]

    return [None if value is None or value < 0 or not near(i) else value for i, value in enumerate(metres)]
