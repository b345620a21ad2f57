"""What a runner said became of a planned thing: she did it, or skipped it. A recording says more, and comes first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.core.language import say

if TYPE_CHECKING:
    from datetime import date

MARKED = ("run", "walk", "strength")
SAID = ("done", "skipped")


@dataclass(frozen=True)
class DayMark:
    """One thing of one date, marked. Nothing is worked out from it: plans go by recordings, sets and the diary.

    Attributes
    ----------
    date : date
        Local date.
    kind : {"run", "walk", "strength"}
    said : {"done", "skipped"}

    Raises
    ------
    UsageError
        A word that is not known.

    Examples
    --------
    >>> from datetime import date
    >>> DayMark(date(2026, 11, 24), "run", "skipped").said
    'skipped'
    """

    date: date
    kind: str
    said: str

    def __post_init__(self) -> None:
        for name, words in (("kind", MARKED), ("said", SAID)):
            if getattr(self, name) not in words:
                raise UsageError(say("{name} is one of: {join}.", name=name, join=", ".join(words)))
