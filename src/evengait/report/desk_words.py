"""Sentences of the plan as a page says them: without the command of a terminal, which a page has a button for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from evengait.knowledge import evidence
from evengait.report.words import GRADES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evengait.core.plan import Plan

_COMMAND = re.compile(
    r"(?:[:,]|\s(?:Then|Say it with|or|Then say|say)\b:?)*\s*"
    r"(?:Then|Say it with|or say|Then say|say)?:?\s*(?:evengait [a-z]+|--[a-z]+)\b.*$"
)


def without_command(text: str) -> str:
    """Return a sentence without what is to be typed in a terminal.

    Examples
    --------
    >>> without_command("Three days in a row with at most 2 out of 10: evengait log --pain-daily N, each day.")
    'Three days in a row with at most 2 out of 10.'
    >>> without_command("Has a clinician cleared you? Say it with: evengait plan --passed clinician --by clinician")
    'Has a clinician cleared you?'
    >>> without_command("A brisk walk of 30 minutes, no worse the next morning: record it, or say --passed brisk_walk")
    'A brisk walk of 30 minutes, no worse the next morning: record it.'
    """
    short = _COMMAND.sub("", text).rstrip(" :,")
    return short if not short or short[-1] in ".?!" else f"{short}."


def for_a_page(plan: Plan) -> Plan:
    """Return a plan whose sentences name no command."""
    because, ask, caveats = (
        tuple(without_command(text) for text in said) for said in (plan.because, plan.ask, plan.caveats)
    )
    return replace(plan, because=because, ask=ask, caveats=caveats)


def behind(ids: Iterable[str]) -> list[dict[str, str]]:
    """Return the published numbers behind a rule: what each says, its source, its grade and what that means."""
    book = evidence()
    return [
        {
            "says": item.says, "source": item.source, "doi": item.doi, "grade": item.shown_grade,
            "meaning": GRADES[item.shown_grade],
        }
        for item in (book[key] for key in ids if key in book)
    ]  # fmt: skip
