"""The clock by which a page tells the time: that of the runner who reads, else this computer's."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_ZONE: ContextVar[ZoneInfo | None] = ContextVar("zone", default=None)


@contextmanager
def by_the_clock_of(time_zone: str) -> Iterator[None]:
    """Tell the time of a zone for a while; of this computer where it is empty or not known here."""
    try:
        zone = ZoneInfo(time_zone) if time_zone else None
    except (ZoneInfoNotFoundError, ValueError):
        zone = None
    token = _ZONE.set(zone)
    try:
        yield
    finally:
        _ZONE.reset(token)


def by_the_clock(instant: datetime) -> tuple[datetime, bool]:
    """Return an instant (with its zone) by the clock of who reads, and whether that is her own.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> with by_the_clock_of("America/New_York"):
    ...     local, own = by_the_clock(datetime(2026, 11, 8, 2, 30, tzinfo=UTC))
    >>> f"{local:%d %H:%M}", own
    ('07 21:30', True)
    """
    zone = _ZONE.get()
    return instant.astimezone(zone), zone is not None
