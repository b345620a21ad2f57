"""Ask the open questions of an intake on the terminal, most telling first, until none could raise the level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from evengait.cli._yes_no import hint, yes_or_no
from evengait.core.errors import UsageError
from evengait.core.intake_form import IntakeField, intake_fields
from evengait.core.language import marked, say

if TYPE_CHECKING:
    from datetime import date

    from evengait.core.intake import Intake
    from evengait.core.red_flag import RuleBook

STOP = "stop"
HELPED, DID_NOT_HELP = marked("helped"), marked("did not help")


def ask_open(intake: Intake, book: RuleBook, today: date) -> Intake:
    """Return the intake with the answers that were given; what is skipped stays open.

    Questions and hints go to standard error, so that ``--json`` stays one document.
    """
    from evengait.analysis.screening.screen import screen

    skipped: set[str] = set()
    click.echo(say("Enter alone leaves a question open; `stop` ends the questions."), err=True)
    while True:
        verdict = screen(intake, book, today)
        if verdict.level == "emergency":
            return intake
        left = [q.path for q in verdict.questions if q.path not in skipped]
        if not left:
            return intake
        path = left[0]
        answer = _answer(intake_fields()[path], intake, len(left))
        if answer == STOP:
            return intake
        if answer is None:
            skipped.add(path)
        else:
            intake = intake.with_answer(path, answer)


def _answer(field: IntakeField, intake: Intake, left: int) -> Any:
    click.echo("\n" + say("{question}  ({left} left)", question=field.question, left=left), err=True)
    click.echo(f"  {field.help}", err=True)
    while True:
        said = click.prompt(f"  {_hint(field)}", default="", show_default=False, err=True).strip()
        if not said:
            return None
        if said.lower() == STOP:
            return STOP
        value = _value(field, said)
        try:
            intake.with_answer(field.path, value)
        except UsageError:
            click.echo(
                say("  That does not fit: {hint}; Enter alone leaves it open.", hint=_hint(field)), err=True
            )
        else:
            return value


def _hint(field: IntakeField) -> str:
    if field.kind == "flag":
        return hint()
    if field.choices:
        return say("one of {choices}", choices=", ".join(field.choices))
    if field.words:
        return say("any of {choices}", choices=", ".join(word.replace("_", " ") for word in field.words))
    if field.kind == "tries":
        return say("what, and `helped` or `did not help`; several by commas")
    if field.range:
        return say("{low:g} to {high:g}", low=field.range[0], high=field.range[1])
    return say("as 2026-11-08") if field.kind == "date" else say("answer")


def _value(field: IntakeField, said: str) -> Any:
    """Return what was typed in the shape of the field; what does not fit is refused by the form itself."""
    if field.kind == "flag":
        meant = yes_or_no(said)
        return said if meant is None else meant
    if field.kind in {"whole", "number", "score"}:
        try:
            return float(said.replace(",", "."))
        except ValueError:
            return said
    if field.kind == "words":
        return [part.strip() for part in said.split(",") if part.strip()]
    if field.kind == "tries":
        return [_tried(part.strip()) for part in said.split(",") if part.strip()]
    return said.lower() if field.choices else said


def _tried(said: str) -> dict[str, Any]:
    for words, helped in ((DID_NOT_HELP, False), (HELPED, True)):
        for ending in (say(words), words):
            if said.lower().endswith(ending):
                return {"what": said[: -len(ending)].strip(" :"), "helped": helped}
    return {"what": said}
