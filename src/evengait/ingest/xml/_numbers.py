"""Numbers and instants as XML recordings write them. The compiled kernel computes the same, to the bit."""

from __future__ import annotations

import math
import re
from datetime import date
from functools import lru_cache

NAN = math.nan
BLANK = " \t\r\n"
"""What XML calls white space."""

MOST_DIGITS = 18
"""Significant digits that are used: as many as surely fit 64 bits, and far more than any device measures."""

_LARGEST_POWER = 22
"""Powers of ten up to here are exact as a double."""

_POWERS = tuple(float(10**power) for power in range(_LARGEST_POWER + 1))

_NUMBER = re.compile(r"([+-]?)([0-9]*)(?:[.,]([0-9]*))?(?:[eE]([+-]?[0-9]{1,4}))?")
_SHORT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_SHORTEST = 15
"""Signs of a number that Python's own conversion surely reads the same: its digits fit a double."""

_TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]+))?)?"
    r"(?:([Zz])|([+-])([0-9]{2})(?::?([0-9]{2}))?)?"
)
_FIRST_YEAR, _LAST_YEAR = 1970, 2199
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_MOST_OFFSET_H = 14


def parse_number(text: str) -> float:
    """Return a decimal number; NaN where the text is none.

    A comma may stand for the point, as some apps write it. ``NaN``, ``inf`` and words are no numbers. The first 18
    significant digits count, and division by a power of ten rounds once: within one unit in the last place of the
    nearest double, and equal to it up to 15 digits.

    Examples
    --------
    >>> parse_number(" 46.5337 "), parse_number("3,5"), parse_number("-1e-3"), parse_number("inf")
    (46.5337, 3.5, -0.001, nan)
    """
    if len(text) <= _SHORTEST and _SHORT.fullmatch(text):
        return float(text) + 0.0  # no minus zero
    match = _NUMBER.fullmatch(text.strip(BLANK))
    if match is None:
        return NAN
    sign, whole, part, power = match.groups(default="")
    if not whole and not part:
        return NAN
    digits = (whole + part).lstrip("0")
    exponent = int(power or 0) - len(part)
    exponent += max(0, len(digits) - MOST_DIGITS)
    digits = digits[:MOST_DIGITS]
    value = _scaled(float(int(digits)), exponent) if digits else 0.0
    return -value if sign == "-" and value else value


def _scaled(mantissa: float, exponent: int) -> float:
    if exponent > _LARGEST_POWER:
        return NAN
    if exponent >= 0:
        return mantissa * _POWERS[exponent]
    if exponent >= -_LARGEST_POWER:
        return mantissa / _POWERS[-exponent]
    if exponent >= -2 * _LARGEST_POWER:
        return mantissa / _POWERS[_LARGEST_POWER] / _POWERS[-exponent - _LARGEST_POWER]
    return 0.0


def parse_time(text: str) -> tuple[float, float]:
    """Return an ISO 8601 instant as microseconds since 1970 UTC, and its offset from UTC in seconds.

    The offset is NaN where the text says ``Z`` or nothing; without one the time is taken for UTC, as both formats
    prescribe. Both are NaN where the text is no instant of the years 1970 to 2199. Digits past microseconds are cut.

    Examples
    --------
    >>> parse_time("2020-12-27T15:59:36.5+01:00")
    (1609081176500000.0, 3600.0)
    >>> parse_time("yesterday")
    (nan, nan)
    """
    match = _TIME.fullmatch(text.strip(BLANK))
    if match is None:
        return NAN, NAN
    year, month, day, hour, minute = map(int, match.group(1, 2, 3, 4, 5))
    second = int(match[6] or 0)
    if not _FIRST_YEAR <= year <= _LAST_YEAR or hour > 23 or minute > 59 or second > 60:
        return NAN, NAN
    days = _days(year, month, day)
    if days is None:
        return NAN, NAN
    offset = _offset(match)
    if offset is None:
        return NAN, NAN
    micros = int((match[7] or "")[:6].ljust(6, "0"))
    seconds = days * 86_400 + hour * 3600 + minute * 60 + second - (0 if offset != offset else int(offset))
    return float(seconds * 1_000_000 + micros), offset


@lru_cache(maxsize=64)
def _days(year: int, month: int, day: int) -> int | None:
    """Return the days since 1970; None where the calendar has no such day."""
    try:
        return date(year, month, day).toordinal() - _EPOCH_DAY
    except ValueError:
        return None


def _offset(match: re.Match[str]) -> float | None:
    """Return the offset in seconds; NaN = none said, None = none that can be."""
    if match[9] is None:
        return NAN
    hours, minutes = int(match[10]), int(match[11] or 0)
    if minutes > 59 or hours * 60 + minutes > _MOST_OFFSET_H * 60:
        return None
    seconds = float(hours * 3600 + minutes * 60)
    return -seconds if match[9] == "-" and seconds else seconds
