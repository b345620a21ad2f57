"""When two recordings are of one run: the thresholds' names, and what is known of a recording without its samples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Limits:
    """The thresholds of ``knowledge/same_run.toml``, where each has its reason."""

    trace_step_s: float
    trace_points: float
    trace_gap_s: float
    least_points: float
    same_span: float
    part_of: float
    cut_start_s: float
    track_median_m: float
    track_p90_m: float
    copy_median_m: float
    copy_p90_m: float
    copy_elapsed_s: float
    copy_shift_s: float
    shifted_track_median_m: float
    shifted_track_p90_m: float
    shifted_span_m: float
    clock_error_s: float
    pulse_median_bpm: float
    step_rate_median_spm: float
    pulse_copy_bpm: float
    pulse_spread_bpm: float
    other_pulse_bpm: float
    other_step_rate_spm: float
    rest_between_runs_s: float
    covers: float
    moving_m_s: float
    align_s: float
    label_start_s: float
    label_elapsed: float


@dataclass(frozen=True, eq=False)
class Trace:
    """A recording at a few instants, which are whole multiples of ``step_s`` since 1970.

    Attributes
    ----------
    step_s : int
    first : int
        Number of the first point: its instant is ``first * step_s`` seconds since 1970 UTC.
    lat, lon : int32 array, shape (n,), or None
        Position in semicircles; 2**31 - 1 = not known. None = no positions.
    pulse, step_rate : int16 array, shape (n,), or None
        1/min; -1 = not known. None = not recorded.
    """

    step_s: int
    first: int
    lat: NDArray[np.int32] | None
    lon: NDArray[np.int32] | None
    pulse: NDArray[np.int16] | None
    step_rate: NDArray[np.int16] | None


@dataclass(frozen=True, eq=False)
class Brief:
    """What is known of one bout of a recording without its samples.

    Attributes
    ----------
    recording : str
        Its identifier.
    start_us, end_us : int
        Microseconds since 1970-01-01 UTC.
    sport, sub_sport : str, str or None
    utc_offset_s : int or None
        As the recording itself says.
    samples : int
    columns : frozenset of str
        Columns of the table samples that it has.
    trace : Trace or None
    name, note : str or None
        Title and description that the recording itself has.
    """

    recording: str
    start_us: int
    end_us: int
    sport: str
    samples: int
    columns: frozenset[str]
    trace: Trace | None = None
    sub_sport: str | None = None
    utc_offset_s: int | None = None
    name: str | None = None
    note: str | None = None

    @property
    def elapsed_s(self) -> float:
        """From start to end."""
        return (self.end_us - self.start_us) / 1e6
