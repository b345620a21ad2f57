"""Make a proposal of what somebody filled in: one set of rules for the page and for programs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from evengait.core.diary import is_id
from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.core.proposal import ProposalRecord
from evengait.knowledge import trial_rules
from evengait.knowledge.plan_change_book import change_book

if TYPE_CHECKING:
    from datetime import date


def make_proposal(
    kind: str,
    text: str,
    *,
    today: date,
    treatment: str = "",
    side: str = "",
    first_on: date | None = None,
    last_on: date | None = None,
    every_days: int | None = None,
    change: str = "",
    distance_m: float | None = None,
) -> ProposalRecord:
    """Return what is proposed; what its kind has no use for is left out.

    Parameters
    ----------
    today : date
        Where it is proposed: no change of plan is agreed on for longer than the rules of the knowledge say.
    treatment : str
        Of a trial: ``kind:name``, such as ``aid:si_belt``.
    distance_m : float or None
        Of the change ``cap``.  [m]

    Raises
    ------
    UsageError
        Something is missing, or beyond what the knowledge allows.

    Examples
    --------
    >>> from datetime import date
    >>> make_proposal("trial", "Wear it", today=date(2026, 11, 26), treatment="aid:belt", side="left").side
    ''
    """
    change = change if kind == "plan_change" else ""
    side = side if kind == "one_sided_exercise" else ""
    treatment = treatment if kind == "trial" else ""
    if kind == "trial":
        what, _, name = treatment.partition(":")
        if what not in {one.id for one in trial_rules().kinds} or not is_id(name):
            raise UsageError("Name what is tried in one or two plain words, such as belt or bird dog.")
    book = change_book()
    if change and last_on and last_on > today + timedelta(days=book.longest_days):
        raise UsageError(say("No change is agreed on for longer than {days} days.", days=book.longest_days))
    far = distance_m if change == "cap" else None
    if far is not None and not 1000 * book.least_km <= far <= 1000 * book.most_km:
        raise UsageError(
            say("The longest run lies between {least} and {most} km.", least=book.least_km, most=book.most_km)
        )
    return ProposalRecord(
        kind, text.strip(), treatment, side, first_on,
        None if change == "back" or kind in {"trial", "question"} else last_on, None if change else every_days,
        change=change, distance_m=far,
    )  # fmt: skip
