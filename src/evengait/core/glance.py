"""A runner at a glance, for those beside her: one row of a list, and who comes first in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True)
class Kept:
    """What is kept of a runner, since it takes her whole archive to know it.

    Attributes
    ----------
    made_at : datetime
    ran_on : date or None
        Her last run; None = none is in her archive.
    decided : str
        The last decision of her plan: advance, hold, regress, refer; empty = none.
    decided_on : date or None
    because : str
        Its first reason, one sentence.
    state : str
        Of her plan, in words; empty = none runs.
    """

    made_at: datetime
    ran_on: date | None = None
    decided: str = ""
    decided_on: date | None = None
    because: str = ""
    state: str = ""

    def to_data(self) -> dict[str, Any]:
        """Return what is kept, as JSON data; ``made_at`` is kept beside it."""
        return {
            "ran_on": self.ran_on.isoformat() if self.ran_on else None,
            "decided": self.decided,
            "decided_on": self.decided_on.isoformat() if self.decided_on else None,
            "because": self.because,
            "state": self.state,
        }

    @classmethod
    def from_data(cls, made_at: datetime, data: dict[str, Any]) -> Kept:
        """Read what was kept."""
        days = {n: date.fromisoformat(data[n]) if data[n] else None for n in ("ran_on", "decided_on")}
        return cls(made_at, **(data | days))


@dataclass(frozen=True)
class Waiting:
    """Questions of a runner that wait for an answer.

    Attributes
    ----------
    count : int
        Her open cases in which she wrote last.
    since : datetime or None
        The oldest of these.
    proposed : int
        Proposals of the one who looks that the runner has not answered.
    """

    count: int = 0
    since: datetime | None = None
    proposed: int = 0


def comes_first(waiting: Waiting, *, decided: str, pain: str, name: str) -> tuple[Any, ...]:
    """Return where a runner stands in the list; what is not shared is handed over empty.

    Who waits for an answer comes first, longest first; then whose plan sends her to a clinician; then who hurts more
    than usual; then the others by name.

    Examples
    --------
    >>> def place(name, decided="", pain=""):
    ...     return comes_first(Waiting(), decided=decided, pain=pain, name=name)
    >>> sorted([place("Ada"), place("Ida", pain="more"), place("Una", decided="refer")]) == [
    ...     place("Una", decided="refer"), place("Ida", pain="more"), place("Ada")]
    True
    """
    return (
        waiting.since is None,
        waiting.since.timestamp() if waiting.since else 0.0,
        decided != "refer",
        pain != "more",
        name.casefold(),
    )
