"""A proposal in a reply: what the runner may accept with one click."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.core.errors import NotAllowed, UsageError
from evengait.core.language import Said
from evengait.core.plan_change import CHANGES, PlanChange, check_change

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

KINDS = Said(
    {
        "plan_change": "A change of plan",
        "trial": "A trial: does it help?",
        "question": "A question to answer",
        "one_sided_exercise": "A one-sided exercise",
    }
)
CLINICIANS_ONLY = frozenset({"one_sided_exercise"})
STATUSES = ("open", "accepted", "declined", "withdrawn", "done")
TREATMENT_KINDS = ("aid", "exercise")


@dataclass(frozen=True)
class ProposalRecord:
    """One proposal.

    Attributes
    ----------
    kind : str
        One of ``KINDS``.
    text : str
        What is proposed, in the author's words.
    treatment : str
        Of a trial: the aid or exercise.
    side : str
        Of a one-sided exercise: left or right.
    first_on, last_on, every_days
        When, once it is accepted; None = from then on, without end, once.
    status : str
        One of ``STATUSES``.
    by_clinician : bool
        Its author was a clinician verified by the site.
    trial : UUID or None
        The trial it became.
    change : str
        Of a change of plan: one of ``core.plan_change.CHANGES``; empty = it is said in words alone.
    distance_m : float or None
        Of the change ``cap``.  [m]
    answer : str
        Of a question: what the runner answered.
    """

    kind: str
    text: str
    treatment: str = ""
    side: str = ""
    first_on: date | None = None
    last_on: date | None = None
    every_days: int | None = None
    status: str = "open"
    by_clinician: bool = False
    author: UUID | None = None
    author_name: str = ""
    case: UUID | None = None
    reply: UUID | None = None
    number: int | None = None
    trial: UUID | None = None
    answer: str = ""
    done_on: date | None = None
    change: str = ""
    distance_m: float | None = None
    id: UUID | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS or self.status not in STATUSES:
            raise UsageError("There is no such kind of proposal.")
        if not self.text.strip():
            raise UsageError("Say what you propose.")
        if self.kind == "trial" and not self.treatment:
            raise UsageError("Name what is to be tried.")
        if self.kind == "one_sided_exercise" and self.side not in {"left", "right"}:
            raise UsageError("Say for which side.")
        if self.first_on and self.last_on and self.last_on < self.first_on:
            raise UsageError("The last day lies before the first.")
        if self.change:
            if self.kind != "plan_change" or self.change not in CHANGES:
                raise UsageError("There is no such change of plan.")
            check_change(self.change, self.last_on, self.distance_m)

    def change_from(self, day: date) -> PlanChange | None:
        """Return the change of plan that begins on a date; None where it is said in words alone."""
        return PlanChange(self.change, day, self.last_on, self.distance_m) if self.change else None


def check_may_propose(kind: str, *, is_clinician: bool) -> None:
    """Refuse what only a clinician may propose.

    Raises
    ------
    NotAllowed
        The kind is for clinicians whom the site has verified.
    """
    if kind in CLINICIANS_ONLY and not is_clinician:
        raise NotAllowed(
            "Only a clinician verified by this desk can propose this.", role="participant", action=kind
        )
