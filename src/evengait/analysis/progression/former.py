"""The week before the pain: how far, how often, how hilly, how fast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

from evengait.core.language import say
from evengait.core.unknown import Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from evengait.core.progression import Build


@dataclass(frozen=True)
class FormerWeek:
    """What a week was like before the pain.

    Attributes
    ----------
    runs_m : tuple of float
        Distance of each run day, longest first.  [m]
    climb_m_per_km : float or None
        Climb over distance; None = not recorded.
    fast_m : float or None
        Distance faster than the own threshold; None = not known.  [m]
    long_weekday : int
        On which the longest run usually fell, Monday 0.
    said : bool
        True where the runner told it, rather than the archive.
    """

    runs_m: tuple[float, ...]
    climb_m_per_km: float | None = None
    fast_m: float | None = None
    long_weekday: int = 6
    said: bool = False

    @property
    def distance_m(self) -> float:
        """Metres of the whole week."""
        return sum(self.runs_m)


@dataclass(frozen=True)
class RunDay:
    """A date's running before the pain, from the sessions alone. None = not known."""

    date: date
    distance_m: float | None
    ascent_m: float | None = None
    fast_m: float | None = None


def former_week(days: Sequence[RunDay], onset: date, build: Build) -> FormerWeek | Unknown:
    """Return the middle week of those before an onset.

    Weeks are the seven days that end on the day before the onset, and those before them; a week without any run,
    or with a run of unknown distance, is left out. Of each week the runs are put in order of their length; the
    former week's longest run is the middle one of the longest runs, and so on.

    Parameters
    ----------
    days : sequence of RunDay
        Any order; only those before the onset count.

    Returns
    -------
    FormerWeek or Unknown
        Unknown with fewer than ``build.former_least`` weeks.

    Examples
    --------
    >>> from datetime import date
    >>> from evengait.knowledge.progression_book import progression
    >>> days = [RunDay(date(2026, 10, d), 8000.0 if d % 7 else 16000.0) for d in range(1, 29)]
    >>> former_week(days, date(2026, 10, 29), progression().build).runs_m[:2]
    (16000.0, 8000.0)
    """
    weeks = [
        [d for d in days if onset - timedelta(days=7 * n + 7) <= d.date < onset - timedelta(days=7 * n)]
        for n in range(build.former_weeks)
    ]
    known = [week for week in weeks if week and all(d.distance_m is not None for d in week)]
    if len(known) < build.former_least:
        return Unknown(
            say(
                "Fewer than {former_least} of the {former_weeks} weeks before the onset are in the "
                "archive: what your week was is not known. Say it with --former-week.",
                former_least=build.former_least,
                former_weeks=build.former_weeks,
            )
        )
    ordered = [sorted((d.distance_m or 0.0 for d in week), reverse=True) for week in known]
    longest = max(map(len, ordered))
    middle = [median([w[rank] if rank < len(w) else 0.0 for w in ordered]) for rank in range(longest)]
    runs = tuple(metres for metres in middle if metres >= build.shortest_m)
    if not runs:
        return Unknown(
            say("No run before the onset was long enough to tell your week. Say it with --former-week.")
        )
    return FormerWeek(runs, _climb(known), _fast(known), _long_weekday([d for week in known for d in week]))


def told_week(distance_m: float, runs: int) -> FormerWeek:
    """Return the week that a runner tells: a longest run of three tenths, the others alike; hills and speed not known.

    Examples
    --------
    >>> told_week(40_000.0, 4).runs_m[0]
    12000.0
    """
    if runs == 1:
        return FormerWeek((distance_m,), said=True)
    longest = max(0.3, 1 / runs) * distance_m
    return FormerWeek((longest, *[(distance_m - longest) / (runs - 1)] * (runs - 1)), said=True)


def _climb(weeks: Sequence[Sequence[RunDay]]) -> float | None:
    days = [d for week in weeks for d in week if d.ascent_m is not None and d.distance_m]
    metres = sum(d.distance_m or 0.0 for d in days)
    everything = sum(d.distance_m or 0.0 for week in weeks for d in week)
    if metres < 0.5 * everything:
        return None
    return sum(d.ascent_m or 0.0 for d in days) / metres * 1000


def _fast(weeks: Sequence[Sequence[RunDay]]) -> float | None:
    sums = [sum(d.fast_m or 0.0 for d in week) for week in weeks if all(d.fast_m is not None for d in week)]
    return median(sums) if 2 * len(sums) >= len(weeks) else None


def _long_weekday(days: Sequence[RunDay]) -> int:
    metres: Mapping[int, list[float]] = {n: [] for n in range(7)}
    for day in days:
        metres[day.date.weekday()].append(day.distance_m or 0.0)
    return max(range(7), key=lambda n: (median(metres[n]) if metres[n] else 0.0, n))
