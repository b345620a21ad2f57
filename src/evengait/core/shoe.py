"""What a runner says of a pair of shoes: its past, that it is retired, that two names are one pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.core.language import say

if TYPE_CHECKING:
    from datetime import date

MOST_KM = 10_000


@dataclass(frozen=True)
class Shoe:
    """One name of a pair, as the archive has it.

    Attributes
    ----------
    name : str
    same_as : str
        The name that the pair goes by; empty = its own.
    before_km : float or None
        What it had done before it first shows up; None = not said.
    retired_on : date or None
        None = in use. Its kilometres stay.

    Raises
    ------
    UsageError
        A past that no shoe has, or a pair that is itself.

    Examples
    --------
    >>> Shoe("Old blue", before_km=120).retired_on is None
    True
    """

    name: str
    same_as: str = ""
    before_km: float | None = None
    retired_on: date | None = None

    def __post_init__(self) -> None:
        if self.before_km is not None and not 0 <= self.before_km <= MOST_KM:
            raise UsageError(
                say("A shoe has done between 0 and {most_km:,} km. Check the number.", most_km=MOST_KM)
            )
        if self.same_as == self.name:
            raise UsageError("A pair is always the same as itself. Choose another one.")
