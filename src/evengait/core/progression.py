"""A way back to running as data: pain profiles, gates, ladder, build-up, and the rules with their words and sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from evengait.core.strength_block import Support

GATE_KINDS = ("word", "diary", "walk")
RULES = (
    "advance-gates", "advance-sessions", "advance-week", "advance-returned",
    "hold-good", "hold-acceptable", "hold-morning", "hold-first", "hold-weekly", "hold-unknown", "hold-short",
    "hold-more",
    "hold-spike", "hold-extra", "hold-hilly", "hold-fast", "hold-distance", "hold-preparing", "hold-restrict",
    "hold-returned",
    "regress-during", "regress-after", "regress-morning", "regress-limp", "regress-twice", "regress-gap",
    "regress-restart",
    "refer-screen", "refer-bone", "refer-bone-run", "refer-night", "refer-nerve", "refer-rest",
)  # fmt: skip
"""Every rule that the engine can come to; a file names each of them once."""


@dataclass(frozen=True)
class PainProfile:
    """The pain a tissue accepts; bounds are 0 to 10, see the comments in the progression's file.

    Attributes
    ----------
    bone : bool
        True where a bone may be concerned: any pain with a run stops running.
    says : str
        The profile in words, to follow "stay inside the profile: ".
    """

    id: str
    name: str
    during_max: float
    after_max: float
    calm: float
    morning_hold: float
    morning_rise: float
    night_max: float
    rest_max: float
    sessions: int
    says: str
    evidence: tuple[str, ...]
    sites: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    bone: bool = False


@dataclass(frozen=True)
class Gate:
    """What must be met before the first run.

    Attributes
    ----------
    kind : str
        One of ``GATE_KINDS``.
    by : {"runner", "clinician"}
        Whose word passes it.
    needed : bool
        False: asked for, and the way goes on without it.
    """

    id: str
    kind: str
    profiles: tuple[str, ...]
    ask: str
    met: str
    evidence: tuple[str, ...]
    by: str = "runner"
    needed: bool = True
    finding: str = ""
    at_most: float = 0.0
    days: int = 1
    minutes: float = 0.0


@dataclass(frozen=True)
class Ladder:
    """The walk before the first run, and how often one runs up to the last stage."""

    walk_stage: str
    walk_s: int
    every_days: int
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Stage:
    """One stage of the ladder. ``sessions``: runs in a row before the next; None = the profile's."""

    name: str
    repeats: int
    run_s: int
    walk_s: int = 0
    sessions: int | None = None

    @property
    def running_s(self) -> int:
        """Seconds of running in one session."""
        return self.repeats * self.run_s


@dataclass(frozen=True)
class Build:
    """After the ladder: one variable a week; see the comments in the progression's file."""

    stages: tuple[str, ...]
    step_days: int
    longest_rise: float
    spike_days: int
    runs_a_week: int
    sessions_share: float
    longest_done: float
    hills_from: float
    hills_steps: tuple[float, ...]
    hills_before: float
    flat_m_per_km: float
    speed_from: float
    speed_steps: tuple[float, ...]
    slow_share: float
    returned_share: float
    former_weeks: int
    former_least: int
    shortest_m: float
    watch_days: int
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """What counts as running in a recording, and as having done what was planned."""

    run_step_rate_spm: float
    run_speed_m_s: float
    stand_speed_m_s: float
    shortest_bout_s: float
    done_share: float
    more_share: float
    more_s: float
    hillier: float
    distance_noise: float
    least_run_s: float
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Judging:
    """How days are compared."""

    usual_days: int
    week_rise: float
    week_least: int
    twice_days: int
    stuck_regressions: int
    stuck_days: int
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Gap:
    """So many days without a run, so many steps back in all."""

    days: int
    steps: int


@dataclass(frozen=True)
class Rule:
    """A decision with its words. ``steps`` back, ``rest`` days without a run after it."""

    id: str
    decision: str
    says: str
    evidence: tuple[str, ...] = ()
    steps: int = 0
    rest: int = 0


@dataclass(frozen=True)
class Progression:
    """One dated way back to running.

    Attributes
    ----------
    status : {"draft", "reviewed", "retired"}
    reviewed_by : tuple of str
        Clinicians; empty = not reviewed by a clinician.
    gaps : tuple of Gap
        Shortest first.
    rules : dict of id to Rule
        Every one of ``RULES``.
    """

    id: str
    name: str
    version: str
    status: str
    reviewed_by: tuple[str, ...]
    review_due: date
    sources: tuple[Support, ...]
    profiles: dict[str, PainProfile]
    gates: tuple[Gate, ...]
    ladder: Ladder
    stages: tuple[Stage, ...]
    build: Build
    reading: Reading
    judging: Judging
    gaps: tuple[Gap, ...]
    rules: dict[str, Rule]

    def profile_of(self, site: str, conditions: tuple[str, ...] = ()) -> PainProfile:
        """Return the profile that a condition of the screening chooses, the last of the file first; else the site's."""
        for profile in reversed(self.profiles.values()):
            if set(profile.conditions) & set(conditions):
                return profile
        return next((p for p in self.profiles.values() if site in p.sites), self.profiles["unspecified"])

    def gates_of(self, profile: PainProfile) -> tuple[Gate, ...]:
        """Return the gates that a profile asks for, in order."""
        return tuple(gate for gate in self.gates if profile.id in gate.profiles)
