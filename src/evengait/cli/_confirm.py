"""Confirm what was read from a story, value by value, before anything is used."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from evengait.cli._yes_no import confirmed, yes_or_no
from evengait.cli.intake_ import value_words
from evengait.core.errors import UsageError
from evengait.core.intake import read_intake
from evengait.core.intake_form import intake_fields
from evengait.core.language import say

if TYPE_CHECKING:
    from evengait.core.story import Mark, StoryReading


def confirm(reading: StoryReading) -> StoryReading:
    """Return the reading with the values that the runner says are so; the others are open again.

    Questions go to standard error. Enter says yes; ``n`` leaves the value out; ``all`` confirms the rest.
    """
    if not reading.marks:
        return reading
    click.echo("\n" + say("Is it so? Enter: yes · n: leave it out · all: yes to the rest"), err=True)
    kept: list[Mark] = []
    for place, mark in enumerate(reading.marks):
        label = intake_fields()[mark.field].label
        said = (
            click.prompt(f"  {label}: {value_words(mark.value)}", default="", show_default=False, err=True)
            .strip()
            .lower()
        )
        if said in {"all", say("all")}:
            kept += reading.marks[place:]
            break
        if not said or yes_or_no(said):
            kept.append(mark)
    return of_marks(kept, reading)


def mind_unconfirmed() -> None:
    """Ask whether what was read from a story is so; where nobody can be asked, say that nobody was.

    Raises
    ------
    UsageError
        It is not so.
    """
    if not sys.stdin.isatty():
        click.echo(
            say("Read from a story and confirmed by nobody: check its values before you go by this."),
            err=True,
        )
    elif not confirmed(say("It was read from a story. Have you checked its values, and are they so?")):
        raise UsageError("Not used. Confirm the story first: evengait intake STORY.txt --save INTAKE.json")


def of_marks(kept: list[Mark], reading: StoryReading) -> StoryReading:
    """Return a reading with these marks alone."""
    from evengait.analysis.story.reader import form_of

    return replace(reading, intake=read_intake(form_of(kept)).intake, marks=tuple(kept))
