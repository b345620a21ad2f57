"""Places on the body: the sites of the house with their sides, as one choice in a form."""

from __future__ import annotations

from dataclasses import dataclass

from evengait.core.language import Said, say
from evengait.core.sites import SITES
from evengait.report.words import where

SIDE_WORDS = Said({"left": "left", "right": "right", "": "middle"})


@dataclass(frozen=True)
class Spot:
    """One choice: ``value`` is ``knee:left``, or ``lower_back:`` for the middle."""

    site: str
    side: str | None

    @property
    def value(self) -> str:
        """Return what the form sends."""
        return f"{self.site}:{self.side or ''}"

    @property
    def side_words(self) -> str:
        """Return the side alone."""
        return SIDE_WORDS[self.side or ""]

    @property
    def name(self) -> str:
        """Return the words a screen reader says: left knee."""
        if self.site == "other":
            return say("somewhere else")
        return (
            where(self.site, self.side)
            if self.side
            else say("{where}, in the middle", where=where(self.site, None))
        )


SIDED = tuple(site for site in SITES if site != "other")
ROWS = tuple(
    (site, (Spot(site, "left"), *((Spot(site, None),) if site == "lower_back" else ()), Spot(site, "right")))
    for site in SIDED
)
"""Each site with its choices, from the back to the foot."""

SPOTS = {spot.value: spot for _, row in ROWS for spot in row} | {"other:": Spot("other", None)}
