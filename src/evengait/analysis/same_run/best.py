"""Which recording of a run gives the samples, and what the others add."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.same_run.trace import NO_PLACE

if TYPE_CHECKING:
    from evengait.analysis.same_run.groups import Together
    from evengait.core.same_run import Brief, Limits

GAIT = ("balance_left_pct_x100", "contact_time_ms_x10", "vertical_oscillation_mm_x10", "step_length_mm_x10")
PLACE = ("lat_semicircles", "lon_semicircles")
_WHOLE_ONLY = ("distance_m_x100",)
"""A distance counts from the start of its recording: one of a part says nothing of the whole."""


@dataclass(frozen=True)
class Choice:
    """How a session is made from its recordings.

    Attributes
    ----------
    samples : str
        The recording that gives the samples.
    columns : dict of str to tuple of str
        What others add: recording to columns, in the order of their worth.
    recordings : tuple of str
        All of them: the one that gives the samples, those that add, the others.
    shifts : dict of str to int
        What to add to a recording's instants to get those of the samples, in microseconds.
    sport, sub_sport, utc_offset_s
        The first word of a recording in that order; ``sub_sport`` of one of that sport.
    """

    samples: str
    columns: dict[str, tuple[str, ...]]
    recordings: tuple[str, ...]
    shifts: dict[str, int] = field(default_factory=dict)
    sport: str = "other"
    sub_sport: str | None = None
    utc_offset_s: int | None = None

    @property
    def session(self) -> str:
        """The session's identifier: made from the recordings that its samples come from, and from nothing else."""
        if not self.columns:
            return self.samples
        return hashlib.sha256(":".join((self.samples, *self.columns)).encode()).hexdigest()[:16]


def choose(together: Together, limits: Limits) -> Choice:
    """Choose the samples of a run: from the recording with most in it among those that cover the run.

    Parameters
    ----------
    together : Together
    limits : Limits

    Examples
    --------
    >>> from evengait.analysis.same_run.groups import Together
    >>> from evengait.core.same_run import Brief
    >>> from evengait.knowledge.same_run import same_run_limits
    >>> phone = Brief("p", 0, 100, "running", 9, frozenset({"lat_semicircles", "lon_semicircles"}))
    >>> watch = Brief("w", 0, 99, "running", 9, frozenset({"balance_left_pct_x100", "heart_rate_bpm", "power_w"}))
    >>> choose(Together(phone, ((watch, 0),)), same_run_limits()).columns
    {'p': ('lat_semicircles', 'lon_semicircles')}
    """
    shifts = {together.anchor.recording: 0} | {brief.recording: shift for brief, shift in together.others}
    all_of_it = [together.anchor, *(brief for brief, _ in together.others)]
    share = {
        brief.recording: _covered(together.anchor, brief, shifts[brief.recording], limits)
        for brief in all_of_it
    }
    by_worth = sorted(all_of_it, key=lambda brief: _worth(brief, share[brief.recording]))
    whole = [brief for brief in by_worth if share[brief.recording] >= limits.covers]
    # One that only says how long it was gives nothing where another has samples, if shorter ones.
    first = next((brief for brief in (*whole, *by_worth) if brief.samples > 1), whole[0])
    others = [brief for brief in by_worth if brief is not first]
    columns = _added(first, others, share, limits)
    given = [first, *sorted(others, key=lambda brief: brief.recording not in columns)]
    back = shifts[first.recording]
    sport = next((brief.sport for brief in given if brief.sport != "other"), "other")
    return Choice(
        first.recording,
        columns,
        tuple(brief.recording for brief in given),
        {name: shift - back for name, shift in shifts.items()},
        sport,
        next((brief.sub_sport for brief in given if brief.sport == sport and brief.sub_sport), None),
        next((brief.utc_offset_s for brief in given if brief.utc_offset_s is not None), None),
    )


def _added(
    first: Brief, others: list[Brief], share: dict[str, float], limits: Limits
) -> dict[str, tuple[str, ...]]:
    have = set(first.columns)
    columns: dict[str, tuple[str, ...]] = {}
    for brief in others:
        new = sorted(brief.columns - have)
        if share[brief.recording] < limits.covers:
            new = [name for name in new if name not in _WHOLE_ONLY]
        # Two halves of a position from two devices are no position.
        new = [name for name in new if name not in PLACE or set(PLACE) <= set(new)]
        if new:
            columns[brief.recording] = tuple(new)
            have |= set(new)
    return columns


def _worth(brief: Brief, share: float) -> tuple[int, int, float, int, str]:
    """Return a key that sorts the recording with most in it to the front."""
    gait = len(brief.columns.intersection(GAIT))
    return -gait, -len(brief.columns), -round(share, 2), -brief.samples, brief.recording


def _covered(anchor: Brief, brief: Brief, shift_us: int, limits: Limits) -> float:
    """Return the share of the anchor's moving time that another recording covers."""
    if brief is anchor:
        return 1.0
    begin, end = (brief.start_us + shift_us) / 1e6, (brief.end_us + shift_us) / 1e6
    trace = anchor.trace
    if trace is not None and trace.lat is not None and trace.lon is not None and len(trace.lat) > 2:
        known = (trace.lat != NO_PLACE) & (trace.lon != NO_PLACE)
        lat, lon = (values.astype(np.float64) * 180 / 2**31 * 111_195 for values in (trace.lat, trace.lon))
        narrow = np.cos(np.radians(trace.lat.astype(np.float64) * 180 / 2**31))[:-1]
        moved = np.hypot(np.diff(lat), np.diff(lon) * narrow) >= limits.moving_m_s * trace.step_s
        moved &= known[1:] & known[:-1]
        at = (trace.first + np.arange(len(moved)) + 0.5) * trace.step_s
        if moved.sum() > 2:
            return float(((at >= begin) & (at <= end))[moved].mean())
    if anchor.end_us == anchor.start_us:
        return 1.0
    common = min(anchor.end_us / 1e6, end) - max(anchor.start_us / 1e6, begin)
    return max(0.0, common * 1e6 / (anchor.end_us - anchor.start_us))
