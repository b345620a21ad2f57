"""What is known of an intake: its answers, and the two findings that follow from others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from evengait.core.intake import Intake

DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Facts:
    """An intake on a day.

    Attributes
    ----------
    today : date or None
        Local date; None = how long it has lasted is known only where the intake says so.
    """

    intake: Intake
    today: date | None = None

    def value(self, path: str) -> Any:
        """Return what is known, or None; ``duration_days`` also follows from the date of onset."""
        if path == "duration_days":
            return self._duration()
        if path == "age_at_onset":
            age, days = self.intake.get("age"), self._duration()
            return None if age is None or days is None else age - days / DAYS_A_YEAR
        return self.intake.get(path)

    def _duration(self) -> float | None:
        told, onset = self.intake.get("duration_days"), self.intake.get("onset.date")
        if told is not None or onset is None or self.today is None or onset > self.today:
            return told  # type: ignore[no-any-return]
        return float((self.today - onset).days)


def fields_of(path: str) -> tuple[str, ...]:
    """Return the fields of the form from which a finding is known.

    Examples
    --------
    >>> fields_of("age_at_onset"), fields_of("findings.limp")
    (('age', 'duration_days'), ('findings.limp',))
    """
    return ("age", "duration_days") if path == "age_at_onset" else (path,)
