"""Ask the open questions of an intake on the terminal, most telling first, until none could raise the level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from evengait.core.errors import UsageError
from evengait.core.intake_form import IntakeField, intake_fields

if TYPE_CHECKING:
    from datetime import date

    from evengait.core.intake import Intake
    from evengait.core.red_flag import RuleBook

STOP = "stop"
YES, NO = {"y", "yes"}, {"n", "no"}


def ask_open(intake: Intake, book: RuleBook, today: date) -> Intake:
    """Return the intake with the answers that were given; what is skipped stays open.

    Questions and hints go to standard error, so that ``--json`` stays one document.
    """
    from evengait.analysis.screening.screen import screen

    skipped: set[str] = set()
    click.echo("Enter alone leaves a question open; `stop` ends the questions.", err=True)
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
    click.echo(f"\n{field.question}  ({left} left)", err=True)
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
            click.echo(f"  That does not fit: {_hint(field)}; Enter alone leaves it open.", err=True)
        else:
            return value


def _hint(field: IntakeField) -> str:
    if field.kind == "flag":
        return "y/n"
    if field.choices:
        return "one of " + ", ".join(field.choices)
    if field.words:
        return "any of " + ", ".join(word.replace("_", " ") for word in field.words)
    if field.kind == "tries":
        return "what, and `helped` or `did not help`; several by commas"
    if field.range:
        return f"{field.range[0]:g} to {field.range[1]:g}"
    return "as 2026-11-08" if field.kind == "date" else "answer"


def _value(field: IntakeField, said: str) -> Any:
    """Return what was typed in the shape of the field; what does not fit is refused by the form itself."""
    if field.kind == "flag":
        word = said.lower()
        return True if word in YES else False if word in NO else said
    if field.kind in {"whole", "number", "score"}:
        try:
            return float(said)
        except ValueError:
            return said
    if field.kind == "words":
        return [part.strip() for part in said.split(",") if part.strip()]
    if field.kind == "tries":
        return [_tried(part.strip()) for part in said.split(",") if part.strip()]
    return said.lower() if field.choices else said


def _tried(said: str) -> dict[str, Any]:
    for ending, helped in (("did not help", False), ("helped", True)):
        if said.lower().endswith(ending):
            return {"what": said[: -len(ending)].strip(" :"), "helped": helped}
    return {"what": said}
