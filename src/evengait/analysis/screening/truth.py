"""Kleene's three values: a condition holds, does not hold, or cannot be told from what is known.

True, False and None. None is never taken for False: a rule that cannot be told is not a rule that does not hold.
"""

from __future__ import annotations

import operator
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

from evengait.analysis.screening.facts import fields_of
from evengait.core.red_flag import Condition, Finding, RedFlagRule, Way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evengait.analysis.screening.facts import Facts

_COMPARE = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}
MOST_ANSWERS = 4
"""A rule that needs more open answers than this is not asked for yet: others tell more."""


def truth(condition: Condition, facts: Facts) -> bool | None:
    """Tell whether a condition holds: True, False, or None where what is known does not tell.

    Examples
    --------
    >>> from evengait.analysis.screening.facts import Facts
    >>> from evengait.core.intake import read_intake
    >>> from evengait.core.red_flag import AtLeast
    >>> facts = Facts(read_intake({"findings": {"fever": True, "unwell": None}}).intake)
    >>> fever, unwell = Finding("findings.fever", "yes"), Finding("findings.unwell", "yes")
    >>> truth(AtLeast(1, (fever, unwell)), facts), truth(AtLeast(2, (fever, unwell)), facts)
    (True, None)
    """
    if isinstance(condition, Finding):
        return finding_truth(condition, facts)
    values = [truth(part, facts) for part in condition.parts]
    if values.count(True) >= condition.need:
        return True
    return None if len(values) - values.count(False) >= condition.need else False


def finding_truth(finding: Finding, facts: Facts) -> bool | None:
    """Tell whether one comparison holds; None where the finding was not asked.

    In a list that was answered, a word that is not named counts as not said: the person was free to name it.
    """
    known: Any = facts.value(finding.path)
    value: Any = finding.value
    if finding.op in ("did not help", "helped"):
        return _tried(facts, value, helped=finding.op == "helped")
    if known is None:
        return None
    if finding.op == "names":
        return bool(facts.intake.words(finding.path) & set(value))
    if finding.op == "one of":
        return known in value
    if finding.op in _COMPARE:
        return bool(_COMPARE[finding.op](known, value))
    yes = known is True or known == "positive"
    return yes if finding.op == "yes" else not yes


def _tried(facts: Facts, value: Any, *, helped: bool) -> bool | None:
    told = [item.helped for item in facts.intake.tried if item.what.strip().lower() in value]
    if (helped in told) or not told:
        return True if told else None
    return None if None in told else False


def way_truth(way: Way, facts: Facts) -> bool | None:
    """Tell whether one way into a rule is open; only what is known to hold can close it."""
    if truth(way.unless, facts) is True:
        return False
    return truth(way.all, facts)


def rule_truth(rule: RedFlagRule, facts: Facts) -> bool | None:
    """Tell whether a rule holds: the first of its ways that does is enough."""
    values = [way_truth(way, facts) for way in rule.when]
    if True in values:
        return True
    return None if None in values else False


def holding(condition: Condition, facts: Facts) -> Iterator[Finding]:
    """Yield the comparisons that make a condition hold, in their order; nothing where it does not hold."""
    if truth(condition, facts) is not True:
        return
    if isinstance(condition, Finding):
        yield condition
    else:
        for part in condition.parts:
            yield from holding(part, facts)


def missing(condition: Condition, facts: Facts) -> frozenset[frozenset[str]]:
    """Return the smallest sets of open answers that could still make a condition hold.

    Returns
    -------
    frozenset of frozenset of str
        Paths of the form; the empty set inside where it holds already, nothing where it cannot.
    """
    state = truth(condition, facts)
    if state is not None:
        return frozenset([frozenset()]) if state else frozenset()
    if isinstance(condition, Finding):
        open_ones = [path for path in fields_of(condition.path) if facts.value(path) is None]
        return frozenset([frozenset(open_ones)])
    parts = [found for part in condition.parts if (found := missing(part, facts))]
    done = sum(1 for part in parts if frozenset() in part)
    rest = [part for part in parts if frozenset() not in part]
    sets = {
        frozenset().union(*choice)
        for group in combinations(rest, condition.need - done)
        for choice in product(*group)
    }
    return _smallest(sets)


def _smallest(sets: set[frozenset[str]]) -> frozenset[frozenset[str]]:
    kept: list[frozenset[str]] = []
    for found in sorted(sets, key=len):
        if len(found) <= MOST_ANSWERS and not any(smaller <= found for smaller in kept):
            kept.append(found)
    return frozenset(kept)


def missing_for(rule: RedFlagRule, facts: Facts) -> Iterator[tuple[frozenset[str], int]]:
    """Yield the sets of open answers that could make a rule hold, each with how much of its way holds already."""
    for way in rule.when:
        if way_truth(way, facts) is None:
            begun = sum(truth(part, facts) is True for part in way.all.parts)
            for found in missing(way.all, facts):
                yield found, begun
