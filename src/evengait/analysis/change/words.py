"""Sentences for people: a factor's, the answer's, the caveats'. They compare; they never name a cause."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from evengait.core.language import say
from evengait.core.units import day_span, long_day, plain_day, quantity, quantity_range

if TYPE_CHECKING:
    from datetime import date

    from evengait.analysis.change.explain import Explanation
    from evengait.analysis.change.search import Judged
    from evengait.core.factor import Factor, SearchSettings
    from evengait.core.units import Units


USUAL = (0.1, 0.9)
"""The usual range is that of the middle 80 % of the controls."""


def window_of(factor: Factor, ends_on: date) -> tuple[date, date]:
    """Return the first and last day of a factor's window."""
    return ends_on - timedelta(days=factor.window_days - 1 + factor.reach_days), ends_on


def factor_sentence(judged: Judged, usual: tuple[float, float], ends_on: date, units: Units) -> str:
    """Say what the window held and what was usual, then how often the same passed without pain."""
    factor = judged.factor
    rising = judged.value >= judged.median
    template = factor.more if rising or not factor.less else factor.less
    first, last = window_of(factor, ends_on)
    text = template.format(
        value=_value(judged, units),
        usual=_usual(factor, usual, units),
        window=day_span(first, last),
        last=plain_day(last, year=False),
    )
    return f"{text} {passed(judged.extreme, len(judged.controls))}"


def _value(judged: Judged, units: Units) -> str:
    return quantity(judged.value, judged.factor.unit, units, height=judged.factor.height)


def _usual(factor: Factor, usual: tuple[float, float], units: Units) -> str:
    return quantity_range(usual[0], usual[1], factor.unit, units, height=factor.height)


def passed(extreme: int, controls: int) -> str:
    """Say how often the same thing passed without pain.

    Examples
    --------
    >>> passed(0, 84)
    'In 84 comparable times before it was never so.'
    >>> passed(9, 84)
    'It was so in 9 of 84 comparable times before, without pain.'
    """
    if extreme == 0:
        return say("In {controls} comparable times before it was never so.", controls=controls)
    return say(
        "It was so in {extreme} of {controls} comparable times before, without pain.",
        extreme=extreme,
        controls=controls,
    )


def missing_sentence(judged: Judged, settings: SearchSettings) -> str | None:
    """Say why a factor could not be judged; None where it could."""
    factor = judged.factor
    if math.isnan(judged.value):
        return say("Not known for the days before the onset; it needs {needs}.", needs=factor.needs)
    if len(judged.controls) < settings.min_controls:
        return say(
            "Only {controls} comparable earlier times, {min_controls} are needed; it needs {needs}.",
            controls=len(judged.controls),
            min_controls=settings.min_controls,
            needs=factor.needs,
        )
    if not judged.searched:
        return say(
            "Known for too short a time to say how often it stands out by itself; it needs {needs}.",
            needs=factor.needs,
        )
    return None


def answer_sentence(found: Explanation, alpha: float, units: Units) -> str:
    """Say the answer in one sentence."""
    day = long_day(found.onset)
    if found.verdict == "cannot_tell":
        return say("Your archive cannot tell what was unusual before {day}.", day=day)
    if found.verdict == "nothing_unusual":
        return say("Nothing in your training before {day} was out of the ordinary for you.", day=day)
    out = [
        say(
            "{format} (usually {usual})",
            format=j.factor.brief.format(value=_value(j, units)),
            usual=_usual(j.factor, usual_range(j), units),
        )
        for j in found.found.judged
        if found.stands_out(j, alpha)
    ]
    if len(out) == 1:
        return say("One thing before {day} was out of your ordinary: {out}.", day=day, out=out[0])
    return say(
        "Before {day} these were out of your ordinary: {join} and {out}.",
        day=day,
        join=", ".join(out[:-1]),
        out=out[-1],
    )


def usual_range(judged: Judged) -> tuple[float, float]:
    """Return the range of the middle 80 % of the controls; NaN where there are none."""
    if not len(judged.controls):
        return math.nan, math.nan
    low, high = np.quantile(judged.controls, USUAL)
    return float(low), float(high)


def caveats(found: Explanation, settings: SearchSettings, *, told_of_earlier: bool) -> list[str]:
    """Return what limits the answer, most important first."""
    said = [found.why_not] if found.why_not else []
    said.append(
        say(
            "These differences came before the pain; with one person and one onset they cannot "
            "show a cause. Factors looked at: {value}; comparable pain-free days: {dates}.",
            value=sum(j.searched for j in found.found.judged),
            dates=len(found.found.dates),
        )
    )
    if found.verdict == "nothing_unusual":
        said.append(
            say("Most injuries come without anything unusual in the recorded training; that is no all-clear.")
        )
    if not told_of_earlier:
        said.append(
            say(
                "All earlier days were taken as free of pain. If there was an earlier problem, name it: "
                "those weeks are then no comparison."
            )
        )
    if found.coverage.first and (found.onset - found.coverage.first).days < settings.control_days:
        said.append(
            say(
                "The archive reaches back less than a year before the onset, so seasons cannot be told apart."
            )
        )
    return said
