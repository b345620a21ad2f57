"""What was really done: one session, and one date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from evengait.analysis.progression.bouts import GaitBout

ON_FOOT = ("running", "walking", "hiking")


@dataclass(frozen=True)
class SessionDone:
    """One session on foot. None = not known, never 0.

    Attributes
    ----------
    session : str
        Its id in the archive.
    date : date
        The runner's local date.
    run_s, walk_s, longest_run_s : float
        Seconds running, walking, and in the longest bout of running.
    distance_m, ascent_m, fast_m : float or None
        Of the whole session; ``fast_m``: faster than the runner's own threshold.
    from_samples : bool
        False: there are no samples, or they do not tell walking from running; the session's sport decided.
    recorded_as : str
        The session's sport.
    """

    session: str
    date: date
    run_s: float
    walk_s: float
    longest_run_s: float
    distance_m: float | None = None
    ascent_m: float | None = None
    fast_m: float | None = None
    from_samples: bool = True
    recorded_as: str = "running"


@dataclass(frozen=True)
class DayDone:
    """Everything run on one date.

    Attributes
    ----------
    sessions : tuple of SessionDone
        Those with running in them.
    """

    date: date
    sessions: tuple[SessionDone, ...]

    @property
    def run_s(self) -> float:
        """Seconds of running in all."""
        return sum(s.run_s for s in self.sessions)

    @property
    def longest_run_s(self) -> float:
        """Seconds of the longest bout of running."""
        return max(s.longest_run_s for s in self.sessions)

    @property
    def distance_m(self) -> float | None:
        """Metres in all; None where one session's are not known."""
        return _sum(s.distance_m for s in self.sessions)

    @property
    def longest_m(self) -> float | None:
        """Metres of the longest session; None where one session's are not known."""
        known = [s.distance_m for s in self.sessions]
        return max((m for m in known if m is not None), default=None) if None not in known else None

    @property
    def ascent_m(self) -> float | None:
        """Metres of climb in all; None where one session's are not known."""
        return _sum(s.ascent_m for s in self.sessions)

    @property
    def fast_m(self) -> float | None:
        """Metres faster than the threshold in all; None where one session's are not known."""
        return _sum(s.fast_m for s in self.sessions)


def _sum(values: Iterable[float | None]) -> float | None:
    known = list(values)
    return None if None in known else sum(v for v in known if v is not None)


def session_done(
    session: str, day: date, sport: str, moving_s: float | None, bouts: Sequence[GaitBout] = (), *,
    distance_m: float | None = None, ascent_m: float | None = None, fast_m: float | None = None,
) -> SessionDone:  # fmt: skip
    """Return what was done in a session on foot.

    Parameters
    ----------
    sport : {"running", "walking", "hiking"}
        Decides where there are no bouts: a run is then all running, a walk all walking.
    moving_s : float or None
        Of the session; used where there are no bouts.  [s]
    bouts : sequence of GaitBout
        From the samples.

    Examples
    --------
    >>> from datetime import date
    >>> session_done("s", date(2026, 11, 25), "running", 1800.0).run_s
    1800.0
    """
    if bouts:
        runs = [bout.seconds for bout in bouts if bout.kind == "run"]
        walk = sum(bout.seconds for bout in bouts if bout.kind == "walk")
        return SessionDone(
            session, day, sum(runs), walk, max(runs, default=0.0), distance_m, ascent_m, fast_m, True, sport
        )
    seconds = moving_s or 0.0
    run, walk = (seconds, 0.0) if sport == "running" else (0.0, seconds)
    return SessionDone(session, day, run, walk, run, distance_m, ascent_m, fast_m, False, sport)
