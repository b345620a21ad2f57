"""Sentences of the plan as a page says them: without the command of a terminal, which a page has a button for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from evengait.core.language import kept_by_language, marked, say
from evengait.knowledge import evidence
from evengait.report.words import GRADES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evengait.core.plan import Plan

LEADS = marked(
    "Then say|Then|Say it with|or say|say|Begin one with|Begin again with|List them with|Name one with"
    "|If one has, add|Add|such as|Change it with"
)
"""What leads to a command, whole phrases: they go with it. Each language has its own, in its catalogue."""

_COMMAND = re.compile(r"[(`]?(?:\bevengait [a-z]+|(?<![\w-])--[a-z])")
_ENDS = re.compile(r"[.?!]`?(?=\s+[A-ZÄÖÜ])")


def without_command(text: str) -> str:
    """Return a sentence, in the language that is spoken, without what is to be typed in a terminal.

    Examples
    --------
    >>> without_command("Three days in a row with at most 2 out of 10: evengait log --pain-daily N, each day.")
    'Three days in a row with at most 2 out of 10.'
    >>> without_command("Has a clinician cleared you? Say it with: evengait plan --passed clinician --by clinician")
    'Has a clinician cleared you?'
    >>> without_command("A brisk walk of 30 minutes, no worse the next morning: record it, or say --passed brisk_walk")
    'A brisk walk of 30 minutes, no worse the next morning: record it.'
    >>> without_command("No exercise is called so. List them with: evengait strength exercises. Or write own: first.")
    'No exercise is called so. Or write own: first.'
    """
    found = _COMMAND.search(text)
    if found is None:
        return text if not text or text.rstrip(" :,")[-1:] in ".?!" else f"{text.rstrip(' :,')}."
    ends = _ENDS.search(text, found.end())
    rest = text[ends.end() :].strip() if ends else ""
    said = _leads().sub("", text[: found.start()].rstrip(" :,;(`")).rstrip(" :,;")
    if said and said[-1] not in ".?!":
        said += "."
    return without_command(f"{said} {rest}".strip()) if rest else said


@kept_by_language
def _leads() -> re.Pattern[str]:
    """Return what finds such phrases at the end of what is before a command; one a language."""
    phrases = "|".join(re.escape(phrase) for phrase in say(LEADS).split("|"))
    return re.compile(rf"(?:^|[:,;]?\s+)(?:{phrases})$", re.IGNORECASE)


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
