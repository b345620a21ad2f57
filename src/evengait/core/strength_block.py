"""A strength block as data: weeks, slots, what a hurting site is spared, how loads move."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

ROLES = ("heavy", "trunk", "carry")


@dataclass(frozen=True)
class BlockWeek:
    """What one week asks for.

    Attributes
    ----------
    reps : (low, high)
        Repetitions of a heavy set.
    rir : float
        Repetitions left in reserve.
    percent : (low, high)
        Of one repetition maximum, for orientation.  [%]
    tempo : str
        Seconds down, held, up.
    sets_eased : int or None
        Heavy sets after a session whose pain held or cut a load; None = as many as ever.
    trunk_sets, trunk_reps : int
    hold_s : int
        Each trunk repetition.  [s]
    """

    number: int
    sets: int
    reps: tuple[int, int]
    rir: float
    percent: tuple[float, float]
    tempo: str
    trunk_sets: int
    trunk_reps: int
    hold_s: int
    sets_eased: int | None = None


@dataclass(frozen=True)
class Slot:
    """A place in the session, and the exercises that may fill it, best first.

    Attributes
    ----------
    role : str
        One of ``ROLES``.
    turn : int
        1 = odd sessions, 2 = even ones, 0 = every session.
    from_week, to_week : int
        Weeks of the block, both included.
    one_leg_from_week : int
        From this week on an exercise without a load to add gives way to its one-leg variant; 0 = never.
    sets, hold_s : int
        Where the week does not say them (a carry).
    warm_up : bool
        Lighter sets come first where the load is known.
    """

    id: str
    role: str
    choices: tuple[str, ...]
    turn: int = 0
    from_week: int = 1
    to_week: int = 99
    one_leg_from_week: int = 0
    sets: int = 0
    hold_s: int = 0
    warm_up: bool = False


@dataclass(frozen=True)
class LoadKind:
    """A kind of load: in what steps it grows, the least there is (None = any), how to find a first one."""

    kind: str
    step_kg: float
    step_lb: float
    find: str
    least_kg: float | None = None


@dataclass(frozen=True)
class Progress:
    """How loads move. Percent are of the load; see the comments in the block's file."""

    raise_pct: tuple[float, float]
    raise_after_sessions: int
    step_max_pct: float
    too_light_rir: float
    too_heavy_rir: float
    too_heavy_cut_pct: float
    memory_days: int
    break_cut_pct: float
    formula_reps_max: float
    formula_rir_max: float
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class PainRule:
    """How pain moves loads: points on the 0 to 10 scale, percent of the load."""

    during_max_nprs: float
    hold_rise: float
    cut_rise: float
    cut_pct: float
    cut_more_rise: float
    cut_more_pct: float
    swap_after_cuts: int
    usual_days: int
    usual_least: int
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Apart:
    """How far apart days lie, in local dates."""

    heavy_days: int
    after_hard_run_days: int
    before_hard_run_days: int
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class HardRun:
    """When a day's running counts as hard: any one of these.

    Attributes
    ----------
    long_share : float
        Of the longest run of the 30 days before.
    fast_m : float
        Above the runner's own threshold speed.  [m]
    climb_m : float
        Climb of the day.  [m]
    """

    long_share: float
    fast_m: float
    climb_m: float


@dataclass(frozen=True)
class Break:
    """So many days without a session, so many weeks back."""

    days: int
    back_weeks: int


@dataclass(frozen=True)
class WarmUpShare:
    """A set before the first heavy one, in percent of its load."""

    percent: float
    reps: int


@dataclass(frozen=True)
class Support:
    """What a published entry stands behind in this block."""

    id: str
    supports: str


@dataclass(frozen=True)
class StrengthBlock:
    """One dated block.

    Attributes
    ----------
    status : {"draft", "reviewed", "retired"}
    reviewed_by : tuple of str
        Clinicians; empty = not reviewed by a clinician.
    spare : mapping of site to demands
        What exercises may not ask for where that site hurts.
    loads : mapping of load kind to LoadKind
    """

    id: str
    name: str
    version: str
    status: str
    reviewed_by: tuple[str, ...]
    review_due: date
    sessions_a_week: int
    sessions_a_week_not_running: int
    rest_s: int
    rest_trunk_s: int
    body_reps_to: int
    sources: tuple[Support, ...]
    weeks: tuple[BlockWeek, ...]
    slots: tuple[Slot, ...]
    spare: dict[str, tuple[str, ...]]
    loads: dict[str, LoadKind]
    progress: Progress
    pain: PainRule
    apart: Apart
    hard_run: HardRun
    breaks: tuple[Break, ...]
    warm_up: str
    warm_up_sets: tuple[WarmUpShare, ...] = field(default=())

    @property
    def sessions(self) -> int:
        """Sessions of the whole block at its ordinary pace."""
        return len(self.weeks) * self.sessions_a_week
