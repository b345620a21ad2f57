"""Screen an intake for red flags: what to do first, why, and what else to ask."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evengait.analysis.screening.screen import screen
from evengait.core.errors import UsageError
from evengait.core.intake import Intake, Reading, read_intake
from evengait.core.language import say
from evengait.knowledge.red_flag_book import read_book, red_flag_book
from evengait.report.screening import screening_view

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from evengait.analysis.screening.screen import Verdict
    from evengait.core.red_flag import RuleBook


@dataclass(frozen=True)
class Screening:
    """A verdict, and the same as ``screen --json`` prints it."""

    verdict: Verdict
    data: dict[str, Any]

    @property
    def running(self) -> str:
        """``stop``, ``restrict`` or ``continue``: with ``stop``, no plan schedules a run."""
        return self.verdict.running


def screen_intake(
    intake: Intake, *, today: date | None = None, rules: Path | RuleBook | None = None
) -> Screening:
    """Screen an intake.

    Parameters
    ----------
    intake : Intake
        What was not asked is unknown, never no.
    today : date, optional
        Local date; from it follows how long the pain has lasted, where only its date is known.
    rules : Path or RuleBook, optional
        A clinic's own folder of rules, or rules already read; None = those that come with evengait.

    Raises
    ------
    UsageError
        There is no folder of rules at that path.
    RuleError
        A rule in it is not valid.

    Examples
    --------
    >>> from evengait.core.intake import read_intake
    >>> screen_intake(read_intake({"findings": {"saddle_numbness": True}}).intake).running
    'stop'
    """
    book = rules_of(rules)
    verdict = screen(intake, book, today)
    return Screening(verdict, screening_view(verdict, book))


def rules_of(rules: Path | RuleBook | None) -> RuleBook:
    """Return the rules of a folder, those handed over, or evengait's own.

    Raises
    ------
    UsageError
        There is no such folder.
    RuleError
        A rule in it is not valid.
    """
    from evengait.core.red_flag import RuleBook

    if rules is None:
        return red_flag_book()
    if isinstance(rules, RuleBook):
        return rules
    if not rules.is_dir():
        raise UsageError(say("There is no folder of rules at {rules}. Check the path.", rules=rules))
    return read_book(rules)


def read_intake_text(text: str | bytes) -> Reading:
    """Read an intake from the text of a JSON file.

    Raises
    ------
    UsageError
        It is no JSON, or a value does not fit its field.
    """
    try:
        data = json.loads(text)
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise UsageError(
            "The intake is not valid JSON. Write it with `evengait intake`, or start from {}."
        ) from None
    return read_intake(data)
