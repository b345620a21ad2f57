"""A day in an address: ``<day:on>`` matches 2026-11-08 and hands a date to the view."""

from __future__ import annotations

from datetime import date


class DayInAddress:
    """Reads and writes a date; what is no date is no address."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Return the date; a ValueError means that the address does not match."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """Return the text of an address."""
        return str(value)


def day_asked(text: str | None, otherwise: date) -> date:
    """Return the date of a query, or another one where it is none.

    Examples
    --------
    >>> day_asked("2026-11-08", date(2026, 1, 1)), day_asked("soon", date(2026, 1, 1))
    (datetime.date(2026, 11, 8), datetime.date(2026, 1, 1))
    """
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return otherwise
