"""A change of plan that a runner agreed on: one of a closed set, each of which can only hold back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.core.units import distance, plain_day

if TYPE_CHECKING:
    from datetime import date

    from evengait.core.units import Units

CHANGES = ("hold", "back", "rest", "cap")
"""Stay at this step; one step back; no run up to a day; no run longer than a distance."""


@dataclass(frozen=True)
class PlanChange:
    """One change.

    Attributes
    ----------
    kind : str
        One of ``CHANGES``.
    first_on, last_on : date, date or None
        Local dates between which it holds, both included; None = until it is taken back. A step back has its first
        date alone.
    distance_m : float or None
        Of ``cap``: the longest run.  [m]

    Raises
    ------
    UsageError
        The kind is not known, or what it needs is missing.

    Examples
    --------
    >>> from datetime import date
    >>> rest = PlanChange("rest", date(2026, 11, 26), date(2026, 12, 5))
    >>> rest.holds(date(2026, 12, 5)), rest.holds(date(2026, 12, 6))
    (True, False)
    """

    kind: str
    first_on: date
    last_on: date | None = None
    distance_m: float | None = None

    def __post_init__(self) -> None:
        if self.kind not in CHANGES:
            raise UsageError(say("A change of plan is one of: {join}.", join=", ".join(CHANGES)))
        check_change(self.kind, self.last_on, self.distance_m)

    def holds(self, day: date) -> bool:
        """Tell whether it holds on a date."""
        return self.first_on <= day and (self.last_on is None or day <= self.last_on)


def check_change(kind: str, last_on: date | None, distance_m: float | None) -> None:
    """Refuse a change that lacks what it needs.

    Raises
    ------
    UsageError
        A rest without its last day, a bound without its distance.
    """
    if kind == "rest" and last_on is None:
        raise UsageError("Say up to which day there is no run.")
    if kind == "cap" and distance_m is None:
        raise UsageError("Say which distance no run goes beyond.")


@dataclass(frozen=True)
class ChangeRule:
    """The words of one kind of change; ``{until}`` and ``{far}`` are filled in, see the comments in the file."""

    id: str
    rule: str
    decision: str
    ask: str
    short: str
    says: str
    why: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class ChangeBook:
    """One dated set of changes.

    Attributes
    ----------
    longest_days : int
        No change holds longer.
    least_km, most_km : float
        Bounds of ``cap``.
    rules : dict of id to ChangeRule
        Every one of ``CHANGES``.
    """

    version: str
    status: str
    reviewed_by: tuple[str, ...]
    review_due: date
    sources: tuple[str, ...]
    longest_days: int
    least_km: float
    most_km: float
    rules: dict[str, ChangeRule]

    def words(self, change: PlanChange, which: str, units: Units) -> str:
        """Return ``short``, ``says`` or ``why`` of a change with its gaps filled in."""
        until = say(" up to {day}", day=plain_day(change.last_on)) if change.last_on else ""
        far = distance(change.distance_m, units) if change.distance_m is not None else ""
        text: str = getattr(self.rules[change.kind], which)
        return say(text, until=until, far=far) if text else ""
