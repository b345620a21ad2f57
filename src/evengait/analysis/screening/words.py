"""The findings behind a verdict as sentences for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.intake_form import IntakeField, intake_fields
from evengait.core.language import Said, figures, listed, say

if TYPE_CHECKING:
    from evengait.analysis.screening.facts import Facts
    from evengait.core.red_flag import Finding

_MODES = Said(
    {
        "gradual": "It began gradually.",
        "sudden": "It began in one moment.",
        "trauma": "It began with a fall, a blow or a twist.",
    }
)
_NAMES = Said(
    {
        "worse_with": "Worse with {}.",
        "better_with": "Better with {}.",
        "quality": "It feels {}.",
    }
)


def sentence(finding: Finding, facts: Facts) -> str:
    """Return a finding that holds as a sentence.

    Examples
    --------
    >>> from evengait.analysis.screening.facts import Facts
    >>> from evengait.core.intake import read_intake
    >>> from evengait.core.red_flag import Finding
    >>> facts = Facts(read_intake({"pain": {"rest": 6}, "worse_with": ["every step"], "side": "left"}).intake)
    >>> sentence(Finding("pain.rest", ">", 5.0), facts)
    'Pain at rest: 6 of 10.'
    >>> sentence(Finding("worse_with", "names", ("landing",)), facts)
    'Worse with landing.'
    """
    if finding.path == "age_at_onset":
        return say("It began at about {value:.0f} years of age.", value=facts.value(finding.path))
    field, value = intake_fields()[finding.path], facts.value(finding.path)
    if finding.op in ("did not help", "helped"):
        named = [
            i.what
            for i in facts.intake.tried
            if i.what.strip().lower() in finding.value  # type: ignore[operator]
        ]
        what = _start(say(named[0]))
        return (
            say("{what} helped.", what=what)
            if finding.op == "helped"
            else say("{what} did not help.", what=what)
        )
    if finding.op == "names":
        told = sorted(facts.intake.words(finding.path) & set(finding.value))  # type: ignore[arg-type]
        return _NAMES[finding.path].format(listed([say(word.replace("_", " ")) for word in told]))
    if finding.op == "no":
        return say("No {label}.", label=field.label)
    if finding.op == "yes":
        return field.says or say("{label}: positive.", label=field.label)
    return _told(field, value, facts)


def _told(field: IntakeField, value: object, facts: Facts) -> str:
    if field.path == "site":
        side = facts.value("side")
        place = say(str(value).replace("_", " ")) if value != "other" else say("another place")
        if side in ("left", "right"):
            place = say(f"{side} {{place}}", place=place)
        if side == "both":
            return say("Where: {place}, both sides.", place=place)
        return say("Where: {place}.", place=place)
    if field.path == "onset.mode":
        return _MODES[str(value)]
    number = figures(f"{value:g}") if isinstance(value, float | int) else str(value)
    unit = say(" of 10") if field.kind == "score" else f" {say(field.unit)}" if field.unit else ""
    return f"{_start(field.label)}: {number}{unit}."


def _start(text: str) -> str:
    return text[:1].upper() + text[1:]
