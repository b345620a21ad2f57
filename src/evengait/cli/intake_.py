"""``evengait intake``: a story in plain words into an intake form."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from evengait.cli.explain_ import Day
from evengait.core.language import figures, say

if TYPE_CHECKING:
    from evengait.core.story import StoryReading


@click.command(name="intake")
@click.argument("story", type=click.File("rb"), metavar="STORY.txt")
@click.option("--date", "told", type=Day(), help="Local date on which it was told. [default: today]")
@click.option(
    "--save", type=click.Path(dir_okay=False, path_type=Path), help="Write the confirmed intake here."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, not confirmed.")
def command(story: BinaryIO, told: date | None, save: Path | None, as_json: bool) -> None:
    r"""Read a story in plain words into an intake form; every value with the words it came from.

    What the story does not say stays open. Nothing is used before you have confirmed it: on a terminal each value is
    shown for that. `-` reads the story from standard input.

    Example:

    \b
      evengait intake story.txt --save intake.json
      evengait screen intake.json
    """
    from evengait.actions.take_story import intake_document, take_story

    data = story.read()
    reading = take_story(data, told=told or date.today())  # noqa: DTZ011 - the runner's own calendar
    confirmed = False
    if not as_json:
        _show(reading)
        confirmed = sys.stdin.isatty() and story.name not in {"-", "<stdin>"}
        if confirmed:
            from evengait.cli._confirm import confirm

            reading = confirm(reading)
    document = intake_document(reading, confirmed=confirmed)
    text = json.dumps(document, ensure_ascii=False, indent=1)
    if save is not None:
        save.write_text(text + "\n", "utf-8")
    if as_json:
        click.echo(text)
    elif not confirmed:
        click.echo(
            "\n"
            + say(
                "Not confirmed yet: nothing of it is used. Run it on a terminal, or check the values by hand."
            )
        )
    elif save is not None:
        click.echo("\n" + say("Next: evengait screen {save}", save=save))


def _show(reading: StoryReading) -> None:
    from evengait.core.intake_form import intake_fields

    if not reading.marks:
        click.echo(
            say("Nothing could be read from it. Say where it hurts, since when, and what makes it worse.")
        )
        return
    fields = intake_fields()
    width = max(len(fields[mark.field].label) for mark in reading.marks)
    for mark in reading.marks:
        value = value_words(mark.value)
        quoted = say("“{words}”", words=" ".join(mark.words.split()))
        click.echo(f"{fields[mark.field].label:<{width}}  {value:<24}  {quoted}")
    click.echo("\n" + say("Everything else is open: not asked is not no."))


def value_words(value: Any) -> str:
    """Return a value of the form as people read it.

    Examples
    --------
    >>> value_words(True), value_words([113, 129]), value_words({"what": "rest", "days": 3, "helped": False})
    ('yes', '113 to 129', 'rest, 3 days, did not help')
    """
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, dict) and "what" in value:
        days = say(", {days:g} days", days=value["days"]) if value["days"] is not None else ""
        helped = {True: say(", helped"), False: say(", did not help"), None: ""}[value["helped"]]
        return f"{value['what']}{days}{helped}"
    if isinstance(value, dict):
        return ", ".join(
            say("{share} % {name}", share=round(100 * share), name=say(name.replace("_", " ")))
            for name, share in value.items()
        )
    if isinstance(value, list):
        low, high = value
        return figures(f"{low:g}") if low == high else say("{low:g} to {high:g}", low=low, high=high)
    if isinstance(value, float | int):
        return figures(f"{value:g}")
    return say(str(value).replace("_", " "))
