"""The runner's own clock at the start of a bout: by the recording's word, else by where it began."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from evengait.core.recording import Bout, Samples

_DEGREES = 180 / 2**31


def local_time(bout: Bout) -> tuple[date, int | None, str]:
    """Return a bout's local date, offset and where the offset came from.

    Parameters
    ----------
    bout : Bout

    Returns
    -------
    local_date : date
        The calendar date at the start.
    utc_offset_s : int or None
        Local time minus UTC [s]; None = not known, and UTC is used for the date.
    offset_source : str
        ``recording``, ``position`` or ``assumed``, as in ``columns.toml`` [sessions.offset_source].

    Examples
    --------
    >>> import numpy as np
    >>> from evengait.core.recording import Bout, Samples
    >>> here = np.array([626349397], np.int32), np.array([159868223], np.int32)  # 52.5 N, 13.4 E
    >>> start = np.array([1_783_033_200_000_000])  # 2026-07-02 23:00 UTC
    >>> at = Samples(start, {"lat_semicircles": (here[0], None), "lon_semicircles": (here[1], None)})
    >>> local_time(Bout(int(start[0]), "running", at))
    (datetime.date(2026, 7, 3), 7200, 'position')
    """
    start = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=bout.start_us)
    if bout.utc_offset_s is not None:
        return (start + timedelta(seconds=bout.utc_offset_s)).date(), bout.utc_offset_s, "recording"
    fix = _first_fix(bout.samples)
    zone = _zone_at(*fix) if fix is not None else None
    offset = start.astimezone(zone).utcoffset() if zone is not None else None
    if offset is None:
        return start.date(), None, "assumed"
    return (start + offset).date(), int(offset.total_seconds()), "position"


def _first_fix(samples: Samples) -> tuple[float, float] | None:
    lat, lon = samples.columns.get("lat_semicircles"), samples.columns.get("lon_semicircles")
    if lat is None or lon is None or not len(samples):
        return None
    at = 0
    for _, valid in (lat, lon):
        if valid is not None:
            first = int(valid.argmax())
            if not valid[first]:
                return None
            at = max(at, first)
    return float(lat[0][at]) * _DEGREES, float(lon[0][at]) * _DEGREES


def _zone_at(lat: float, lon: float) -> ZoneInfo | None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    import tzfpy

    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None
    try:
        name = tzfpy.get_tz(lon, lat)
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
