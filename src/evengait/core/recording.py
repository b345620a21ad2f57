"""What a reader gives: a recording holds bouts, a bout holds samples as integer columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from evengait.core.columns import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


@dataclass(frozen=True)
class Samples:
    """Samples of one bout: the instants, and integer columns named as in ``columns.toml`` [samples].

    Attributes
    ----------
    timestamp_us : int64 array, shape (n,)
        Microseconds since 1970-01-01 UTC, rising or equal.
    columns : mapping of str to (values, valid)
        ``values`` an integer array of shape (n,); ``valid`` a bool array of shape (n,), or None = all valid.
        A column that the recording does not have is not in the mapping.
    """

    timestamp_us: NDArray[np.int64]
    columns: Mapping[str, tuple[NDArray[np.integer], NDArray[np.bool_] | None]]

    def __len__(self) -> int:
        return len(self.timestamp_us)

    def floats(self, name: str) -> NDArray[np.float64] | None:
        """Return a column in its own unit as float64, NaN = null; None where the recording lacks it.

        Parameters
        ----------
        name : str
            A name of ``columns.toml`` [samples], e.g. ``speed_m_s_x1000``: the result is in m/s.
        """
        if name not in self.columns:
            return None
        values, valid = self.columns[name]
        out: NDArray[np.float64] = values.astype(np.float64)
        scale = table("samples")[name].scale
        if scale != 1:
            out /= scale
        if valid is not None:
            out[~valid] = np.nan
        return out


@dataclass(frozen=True)
class DeviceTotals:
    """What the device itself says of a bout; null = it does not say. Never used where the samples tell."""

    distance_m: float | None = None
    elapsed_s: float | None = None
    timer_s: float | None = None
    ascent_m: float | None = None
    descent_m: float | None = None
    steps: float | None = None
    heart_rate_bpm: float | None = None


@dataclass(frozen=True)
class Bout:
    """One bout of exercise in a recording; it becomes a session.

    Attributes
    ----------
    start_us : int
        Microseconds since 1970-01-01 UTC.
    utc_offset_s : int or None
        Local time minus UTC as the recording itself says; None = it does not say.
    sport, sub_sport : str, str or None
        ``sport`` in the words of ``columns.toml`` [sessions.sport]; ``sub_sport`` in the device's own.
    pauses_us : list of (start, end)
        Timer stopped, in the same microseconds.
    name, note : str or None
        Title and description, where the recording itself has them.
    """

    start_us: int
    sport: str
    samples: Samples
    sub_sport: str | None = None
    utc_offset_s: int | None = None
    device: str | None = None
    gait_sensor: str | None = None
    pauses_us: tuple[tuple[int, int], ...] = ()
    totals: DeviceTotals = field(default_factory=DeviceTotals)
    name: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Recording:
    """One file as read.

    Attributes
    ----------
    format : str
        Name of the format's folder under ``ingest``.
    kind : str
        ``activity``, or what else the file is (``monitoring_b``, ``settings``, ``workout``, …).
    bouts : tuple of Bout
        Empty where the file is not a session.
    problems : tuple of str
        What was lost of the file, one plain sentence each: cut short, checksum wrong.
    """

    format: str
    kind: str
    bouts: tuple[Bout, ...] = ()
    problems: tuple[str, ...] = ()
