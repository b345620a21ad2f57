"""What a red-flag rule is: conditions over the findings of an intake, and what follows when they hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from evengait.core.language import Said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evengait.core.evidence import Evidence, Grade

Level = Literal["emergency", "same_day", "within_days", "routine", "self_care"]
Running = Literal["stop", "restrict", "continue"]
Operator = Literal["yes", "no", ">", ">=", "<", "<=", "one of", "names", "did not help", "helped"]

LEVELS: tuple[Level, ...] = ("emergency", "same_day", "within_days", "routine", "self_care")
"""Most urgent first."""
RUNNING: tuple[Running, ...] = ("stop", "restrict", "continue")
"""Most careful first."""
STATUSES = ("draft", "reviewed", "retired")
DERIVED = Said({"age_at_onset": "age when it began"})
"""Findings that no form asks for: they follow from two others."""

Value = float | tuple[str, ...] | None


@dataclass(frozen=True)
class Finding:
    """One comparison of one finding.

    Attributes
    ----------
    path : str
        A field of the intake form, or one of ``DERIVED``.
    op : str
        ``yes`` and ``no`` of a flag; ``>``, ``>=``, ``<``, ``<=`` of a number; ``one of`` of a choice; ``names`` of a
        list of words; ``did not help`` and ``helped`` of what was tried.
    value : number, tuple of str or None
        What it is compared with; None for ``yes`` and ``no``.
    """

    path: str
    op: Operator
    value: Value = None


@dataclass(frozen=True)
class AtLeast:
    """So many of these conditions hold: all of them, any one, or a number between."""

    need: int
    parts: tuple[Condition, ...]


Condition = Finding | AtLeast


@dataclass(frozen=True)
class Way:
    """One way into a rule: ``all`` must hold, unless something is *known* to be otherwise.

    What is not known never silences a way: ``unless`` must be known to hold to do that.
    """

    all: AtLeast
    unless: AtLeast = AtLeast(1, ())


@dataclass(frozen=True)
class RuleSource:
    """Why the rule is as it is: a published number or statement, and what it supports here."""

    id: str
    supports: str


@dataclass(frozen=True)
class RedFlagRule:
    """One rule, from one file.

    Attributes
    ----------
    label : str
        The pattern in a few words, for people.
    level, running : str
        What follows where it holds.
    say : str
        What to do, a sentence for people.
    consider : tuple of str
        Conditions to ask a clinician about, by id.
    grade : str
        Of the rule as it stands here, ``A`` to ``D``.
    when : tuple of Way
        The rule holds where any of them does.
    """

    id: str
    version: str
    status: str
    reviewed_by: tuple[str, ...]
    review_due: str
    label: str
    level: Level
    running: Running
    say: str
    grade: Grade
    sources: tuple[RuleSource, ...]
    when: tuple[Way, ...]
    consider: tuple[str, ...] = ()


@dataclass(frozen=True)
class RuleBook:
    """A set of rules with what they name.

    Attributes
    ----------
    conditions : mapping of id to words
        What people read for a condition.
    evidence : mapping of id to Evidence
        The sources that the rules name, and all others known.
    """

    rules: tuple[RedFlagRule, ...]
    conditions: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, Evidence] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """The date of the newest rule."""
        return max((rule.version for rule in self.rules), default="")

    @property
    def reviewed(self) -> bool:
        """True where a clinician has reviewed every rule."""
        return all(rule.status == "reviewed" for rule in self.rules)


def more_urgent(one: Level, other: Level) -> bool:
    """Tell whether one level is more urgent than another.

    Examples
    --------
    >>> more_urgent("emergency", "routine"), more_urgent("routine", "routine")
    (True, False)
    """
    return LEVELS.index(one) < LEVELS.index(other)
