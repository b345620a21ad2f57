"""Values as a runner reads them: distance, pace, climb, dates and numbers in words.

Stored values are SI; ``units`` ("mi" or "km") only changes what people read. A null reads "not known", never 0.
"""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from evengait.core.errors import UsageError
from evengait.core.language import Said, figures, marked, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Units = Literal["mi", "km"]

METRES_A_MILE = 1609.344
METRES_A_FOOT = 0.3048
NOT_KNOWN = marked("not known")
NBSP = "\u00a0"
"""A number and its unit never part at a line's end."""

MONTHS = (
    marked("January"), marked("February"), marked("March"), marked("April"), marked("May"), marked("June"),
    marked("July"), marked("August"), marked("September"), marked("October"), marked("November"), marked("December"),
)  # fmt: skip
SHORT_MONTHS = (
    marked("Jan"), marked("Feb"), marked("Mar"), marked("Apr"), "May", marked("Jun"),
    marked("Jul"), marked("Aug"), marked("Sep"), marked("Oct"), marked("Nov"), marked("Dec"),
)  # fmt: skip
WEEKDAYS = (
    marked("Monday"), marked("Tuesday"), marked("Wednesday"), marked("Thursday"), marked("Friday"),
    marked("Saturday"), marked("Sunday"),
)  # fmt: skip
SHORT_WEEKDAYS = (
    marked("Mon"), marked("Tue"), marked("Wed"), marked("Thu"), marked("Fri"), marked("Sat"), marked("Sun"),
)  # fmt: skip
COUNTED = (
    marked("week"), marked("weeks"), marked("day"), marked("days"), marked("run"), marked("runs"),
    marked("session"), marked("sessions"), marked("step"), marked("steps"), marked("steps/min"), marked("walk"),
)  # fmt: skip
"""Units that are words."""

PLACES: Mapping[str, int] = MappingProxyType({"%": 1, "steps/min": 1, "ms": 0, "weeks": 1})
"""Decimals of a unit: as fine as a change that matters in it, no finer."""

LONG_NAMES: Mapping[str, str] = Said({"mi": "miles", "km": "kilometres"})


def not_known() -> str:
    """Return what stands in the place of a value that is null."""
    return say(NOT_KNOWN)


def checked(units: str) -> Units:
    """Return ``units`` if it is one that people read in.

    Raises
    ------
    UsageError
        Neither "mi" nor "km".

    Examples
    --------
    >>> checked("mi")
    'mi'
    """
    if units == "mi":
        return "mi"
    if units == "km":
        return "km"
    raise UsageError("Units are either mi or km. Choose one of the two.")


def in_units(metres: float, units: Units) -> float:
    """Return metres as miles or kilometres.

    Examples
    --------
    >>> in_units(1609.344, "mi"), in_units(1500.0, "km")
    (1.0, 1.5)
    """
    return metres / (METRES_A_MILE if units == "mi" else 1000.0)


def number(value: float | None, digits: int = 3) -> str:
    """Return a number with at most ``digits`` significant digits, thousands parted by commas.

    Parameters
    ----------
    value : float or None
        Null or not finite reads "not known".
    digits : int
        Significant digits kept after the point; digits before the point are never rounded away.

    Examples
    --------
    >>> number(0.98234), number(12.04), number(1234.6), number(None)
    ('0.982', '12', '1,235', 'not known')
    """
    if value is None or not math.isfinite(value):
        return not_known()
    if value == 0:
        return "0"
    places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    text = f"{value:,.{min(places, 6)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else figures(text.replace("-", "−"))


def distance(metres: float | None, units: Units, places: int | None = None) -> str:
    r"""Return a distance as the runner reads it: one decimal below a hundred, none above.

    Examples
    --------
    >>> distance(41_200, "mi"), distance(41_200, "km", 0), distance(None, "km")
    ('25.6\xa0mi', '41\xa0km', 'not known')
    """
    if metres is None or not math.isfinite(metres):
        return not_known()
    value = in_units(metres, units)
    if places is None:
        places = 1 if abs(value) < 99.95 else 0
    return figures(f"{value:,.{places}f}") + NBSP + units


def elevation(metres: float | None, units: Units) -> str:
    r"""Return a climb or descent in whole feet (miles) or metres (kilometres).

    Examples
    --------
    >>> elevation(1234.4, "km"), elevation(1234.4, "mi")
    ('1,234\xa0m', '4,050\xa0ft')
    """
    if metres is None or not math.isfinite(metres):
        return not_known()
    value, unit = (metres / METRES_A_FOOT, "ft") if units == "mi" else (metres, "m")
    return figures(f"{value:,.0f}") + NBSP + unit


def pace(speed_m_s: float | None, units: Units) -> str:
    r"""Return a speed as minutes and seconds a mile or kilometre; standing still is no pace.

    Examples
    --------
    >>> pace(3.5, "mi"), pace(3.5, "km"), pace(0.0, "km")
    ('7:40\xa0/mi', '4:46\xa0/km', 'not known')
    """
    if speed_m_s is None or not math.isfinite(speed_m_s) or speed_m_s <= 0:
        return not_known()
    seconds = round((METRES_A_MILE if units == "mi" else 1000.0) / speed_m_s)
    return say("{time}\u00a0/{unit}", time=f"{seconds // 60}:{seconds % 60:02d}", unit=units)


def share(value: float | None) -> str:
    """Return a share of one in whole percent.

    Examples
    --------
    >>> share(0.524), share(None)
    ('52%', 'not known')
    """
    return not_known() if value is None or not math.isfinite(value) else say("{n}%", n=f"{100 * value:.0f}")


def long_day(day: date) -> str:
    """Return a date in full.

    Examples
    --------
    >>> from datetime import date
    >>> long_day(date(2026, 11, 8))
    'Sunday 8 November 2026'
    """
    return say("{weekday} {date}", weekday=say(WEEKDAYS[day.weekday()]), date=plain_day(day))


def plain_day(day: date, *, year: bool = True) -> str:
    """Return a date without its weekday.

    Examples
    --------
    >>> from datetime import date
    >>> plain_day(date(2026, 11, 8)), plain_day(date(2026, 11, 8), year=False)
    ('8 November 2026', '8 November')
    """
    return say("{day} {month}", day=day.day, month=say(MONTHS[day.month - 1])) + (
        f" {day.year}" if year else ""
    )


def short_day(day: date) -> str:
    """Return a date for a label in a picture.

    Examples
    --------
    >>> from datetime import date
    >>> short_day(date(2026, 11, 8))
    '8 Nov'
    """
    return say("{day} {month}", day=day.day, month=say(SHORT_MONTHS[day.month - 1]))


def day_span(first: date, last: date) -> str:
    """Return two dates as one span, naming month and year once where both share them.

    Examples
    --------
    >>> from datetime import date
    >>> day_span(date(2026, 10, 19), date(2026, 11, 8))
    '19 October to 8 November 2026'
    >>> day_span(date(2026, 11, 2), date(2026, 11, 8))
    '2 to 8 November 2026'
    """
    if first == last:
        return plain_day(first)
    if (first.year, first.month) == (last.year, last.month):
        return say("{day} to {date}", day=first.day, date=plain_day(last))
    return say(
        "{first} to {last}", first=plain_day(first, year=first.year != last.year), last=plain_day(last)
    )


def quantity(value: float | None, unit: str, units: Units, *, height: bool = False) -> str:
    r"""Return a stored value with its unit, as the runner reads it.

    Parameters
    ----------
    value : float or None
        In ``unit``; null reads "not known".
    unit : str
        As in ``core/columns.toml``: m, km, ratio, share, weeks, steps/min, ms, % and so on.
    units : {"mi", "km"}
        What the runner thinks in.
    height : bool
        Metres of climb or descent rather than of way.

    Examples
    --------
    >>> quantity(1.6, "ratio", "mi"), quantity(0.93, "share", "mi"), quantity(800.0, "km", "mi")
    ('1.60×', '93%', '497\xa0mi')
    >>> quantity(8.0, "weeks", "km"), quantity(1.0, "weeks", "km")
    ('8\xa0weeks', '1\xa0week')
    """
    if value is None or not math.isfinite(value):
        return not_known()
    if unit in {"m", "km"}:
        metres = value * (1000.0 if unit == "km" else 1.0)
        return elevation(metres, units) if height else distance(metres, units)
    if unit == "ratio":
        return figures(f"{value:.2f}×")
    if unit == "share":
        return share(value)
    if unit in {"weeks", "days", "runs", "sessions", "steps"}:
        text = number(round(value, 1), 2)
        return f"{text}{NBSP}{say(unit[:-1] if text == '1' else unit)}"
    amount = figures(f"{value:,.{PLACES[unit]}f}") if unit in PLACES else number(value)
    return say("{n}%", n=amount) if unit == "%" else f"{amount}{NBSP if unit else ''}{say(unit)}"


_SIGNS = "%× "
"""What a number may end with that is named once in a range."""


def quantity_range(
    low: float | None, high: float | None, unit: str, units: Units, *, height: bool = False
) -> str:
    r"""Return a range with its unit named once.

    Examples
    --------
    >>> quantity_range(0.4, 1.08, "ratio", "mi"), quantity_range(80_000, 121_000, "m", "km")
    ('0.40–1.08×', '80–121\xa0km')
    >>> quantity_range(50.0, 50.64, "%", "km"), quantity_range(0.0, 3.9, "weeks", "km")
    ('50.0–50.6%', '0.0–3.9\xa0weeks')
    """
    if low is None or high is None:
        return not_known()
    if not (math.isfinite(low) and math.isfinite(high)):
        return not_known()
    if unit in {"m", "km"} and not height:
        metres = [value * (1000.0 if unit == "km" else 1.0) for value in (low, high)]
        places = 1 if in_units(metres[1], units) < 99.95 else 0
        first, last = (distance(value, units, places) for value in metres)
    elif unit in {"m", "km", "ratio", "share"}:
        first, last = (quantity(value, unit, units, height=height) for value in (low, high))
    else:
        # Both ends with the same decimals, so that 50 to 50.6 reads 50.0–50.6.
        places = PLACES.get(unit, 0 if high - low >= 10 else 1)
        both = figures(f"{low:,.{places}f}–{high:,.{places}f}")
        return say("{n}%", n=both) if unit == "%" else f"{both}{NBSP}{say(unit)}"
    amount, _, _ = first.rpartition(NBSP)
    return (amount or first.rstrip(_SIGNS)) + f"–{last}"
