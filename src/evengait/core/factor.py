"""A factor of ``explain``: what is looked at before an onset, over which window, in which direction."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Direction = Literal["high", "low", "both"]
Aggregate = Literal["sum", "mean", "max", "last", "rise"]
Transform = Literal["none", "log", "logit"]


@dataclass(frozen=True)
class Factor:
    """One entry of ``knowledge/factors.toml``.

    Attributes
    ----------
    column : str
        A column of [exposures].
    window_days : int
        Days in the window, which ends on the day looked at.
    aggregate : str
        ``sum``, ``mean`` (weighted by ``weight``), ``max`` or ``last`` over the window, or ``rise``: its sum over the
        weekly mean of the 21 days before it.
    reach_days : int
        The window may also end up to so many days earlier; the most extreme of them counts. The same holds for
        every window it is compared with.
    direction : str
        Which side is unusual: ``high``, ``low`` or ``both``.
    resolution : float
        Smallest difference worth a word, in the column's unit; the spread never counts as less.
    transform : str
        The scale on which differences are measured: ``log`` for what varies by a share of itself, ``logit`` for shares.
    beyond_spikes : bool
        The window must be as unusual without its days of a session spike: what that one run did is the business of
        the factor ``session_spike``.
    height : bool
        Metres of climb rather than of way.
    within : str or None
        A text column of [exposures] (``device``, ``gait_sensor``): only windows with the same value are compared.
    gap_days : int or None
        For a factor that builds up over months: days between a date and the newest window it is compared with, where
        it is more than the search's own.
    min_controls : int or None
        For a factor that comes in long waves: earlier windows it needs, where that is more than the search's own.
    min_runs : int
        Runs with a known value that a ``mean`` needs in its window.
    """

    id: str
    label: str
    column: str
    window_days: int
    aggregate: Aggregate
    direction: Direction
    unit: str
    resolution: float
    reach_days: int = 0
    transform: Transform = "none"
    beyond_spikes: bool = False
    height: bool = False
    weight: str | None = None
    within: str | None = None
    min_runs: int = 1
    gap_days: int | None = None
    min_controls: int | None = None
    evidence: tuple[str, ...] = ()
    brief: str = ""
    more: str = ""
    less: str = ""
    needs: str = ""
    ask: str = ""


@dataclass(frozen=True)
class SearchSettings:
    """How the search of ``explain`` compares; every value is a design choice checked by simulation.

    Attributes
    ----------
    control_days : int
        How far back from a date its own earlier windows are taken.
    gap_days : int
        Days between a date and the newest window it is compared with, so that what builds up does not hide itself.
    excursion_spreads : float
        Dates one after the other on which a factor is further than this from its median, on the same side, are one
        excursion: none of them measures how unusual another is.
    history_days : int
        How far back pain-free dates are taken to calibrate the search.
    min_controls : int
        Fewer earlier windows than this: the factor cannot be judged.
    min_dates : int
        Pain-free dates in fewer different weeks than this: the search cannot be calibrated.
    min_history_days : int
        Days from the first session to the onset: with fewer, false alarms were too frequent in simulation.
    alpha : float
        Share of pain-free dates at which the search may cry out.
    after_pain_days : int
        Days after an earlier health problem that do not count as pain-free.
    """

    control_days: int = 364
    gap_days: int = 28
    excursion_spreads: float = 1.0
    history_days: int = 728
    min_controls: int = 20
    min_dates: int = 40
    min_history_days: int = 420
    alpha: float = 0.04
    after_pain_days: int = 28


@dataclass(frozen=True)
class FactorBook:
    """The factors and settings of one dated file."""

    version: str
    status: str
    search: SearchSettings
    factors: tuple[Factor, ...] = field(default_factory=tuple)
