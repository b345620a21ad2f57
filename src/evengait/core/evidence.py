"""A published number: what it says, where it comes from, how far it was checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Grade = Literal["A", "B", "C", "D"]


@dataclass(frozen=True)
class Evidence:
    """One number of one publication.

    Attributes
    ----------
    says : str
        A sentence for people.
    level : str
        ``V`` read in the source, ``V2`` in a secondary source only, ``U`` in neither.
    grade : str
        Of the claim as it is used here, ``A`` to ``D``.
    """

    id: str
    says: str
    claim: str
    values: tuple[float, ...]
    unit: str
    interval: str
    population: str
    source: str
    doi: str
    level: str
    grade: Grade

    @property
    def verified(self) -> bool:
        """True where the number itself was read in the source."""
        return self.level == "V"

    @property
    def shown_grade(self) -> Grade:
        """The grade people see: what was not read in its source is shown as D."""
        return self.grade if self.verified else "D"
