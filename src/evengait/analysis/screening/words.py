"""The findings behind a verdict as sentences for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.intake_form import IntakeField, intake_fields

if TYPE_CHECKING:
    from evengait.analysis.screening.facts import Facts
    from evengait.core.red_flag import Finding

_MODES = {
    "gradual": "It began gradually.",
    "sudden": "It began in one moment.",
    "trauma": "It began with a fall, a blow or a twist.",
}
_NAMES = {"worse_with": "Worse with {}.", "better_with": "Better with {}.", "quality": "It feels {}."}


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
        return f"It began at about {facts.value(finding.path):.0f} years of age."
    field, value = intake_fields()[finding.path], facts.value(finding.path)
    if finding.op in ("did not help", "helped"):
        named = [
            i.what
            for i in facts.intake.tried
            if i.what.strip().lower() in finding.value  # type: ignore[operator]
        ]
        return f"{_start(named[0])} {'helped' if finding.op == 'helped' else 'did not help'}."
    if finding.op == "names":
        told = sorted(facts.intake.words(finding.path) & set(finding.value))  # type: ignore[arg-type]
        words = [word.replace("_", " ") for word in told]
        return _NAMES[finding.path].format(
            " and ".join([", ".join(words[:-1]), words[-1]]).removeprefix(" and ")
        )
    if finding.op == "no":
        return f"No {field.label}."
    if finding.op == "yes":
        return field.says or f"{field.label}: positive."
    return _told(field, value, facts)


def _told(field: IntakeField, value: object, facts: Facts) -> str:
    if field.path == "site":
        side = facts.value("side")
        where = f"{side} " if side in ("left", "right") else ""
        place = str(value).replace("_", " ") if value != "other" else "another place"
        return f"Where: {where}{place}{', both sides' if side == 'both' else ''}."
    if field.path == "onset.mode":
        return _MODES[str(value)]
    number = f"{value:g}" if isinstance(value, float | int) else str(value)
    unit = " of 10" if field.kind == "score" else f" {field.unit}" if field.unit else ""
    return f"{_start(field.label)}: {number}{unit}."


def _start(text: str) -> str:
    return text[:1].upper() + text[1:]
