"""``evengait screen``: red flags, and what to do next."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from evengait.core.language import say

if TYPE_CHECKING:
    from evengait.core.intake import Intake
    from evengait.core.red_flag import RuleBook


@click.command(name="screen")
@click.argument("intake", type=click.File("rb"), metavar="INTAKE.json")
@click.option("--ask", is_flag=True, help="Ask what is not answered yet, most telling first.")
@click.option(
    "--save", type=click.Path(dir_okay=False, path_type=Path), help="Write the answered intake here."
)
@click.option(
    "--rules",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder of rules to use in place of evengait's own.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(intake: BinaryIO, ask: bool, save: Path | None, rules: Path | None, as_json: bool) -> None:
    r"""Look for red flags in an intake: where to go, whether to run, why, and what else to ask.

    What was not asked is unknown, never no. Not a diagnosis. INTAKE.json is written by `evengait intake`, or by hand:
    {"site": "shin", "worse_with": ["landing"], "findings": {"limp": true}}. `-` reads it from standard input.

    Example:

    \b
      evengait screen intake.json
      evengait screen intake.json --ask --save intake.json
    """
    from evengait.actions.screen_intake import read_intake_text, rules_of, screen_intake
    from evengait.core.errors import RuleError, UsageError

    read = read_intake_text(intake.read())
    if read.ignored:
        click.echo(say("Not known, and left out: {names}.", names=", ".join(read.ignored)), err=True)
    try:
        book = rules_of(rules)
    except RuleError as error:
        if rules is None:
            raise
        raise UsageError(str(error)) from None  # a folder handed over that cannot be read
    if not any(rule.level == "emergency" for rule in book.rules):
        click.echo(say("None of these rules is for an emergency: mind the signs that cannot wait."), err=True)
    if not read.confirmed:
        from evengait.cli._confirm import mind_unconfirmed

        mind_unconfirmed()
    answers = _asked(read.intake, book) if ask else read.intake
    if save is not None:
        save.write_text(json.dumps(answers.to_json(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    data = screen_intake(answers, today=date.today(), rules=book).data  # noqa: DTZ011 - the runner's own calendar
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    from evengait.report import screening_text

    screening_text.show(data)


def _asked(intake: Intake, book: RuleBook) -> Intake:
    from evengait.cli._ask import ask_open
    from evengait.core.errors import UsageError

    if not sys.stdin.isatty():
        raise UsageError("--ask needs a terminal to ask on. Leave it out, and the open questions are listed.")
    return ask_open(intake, book, date.today())  # noqa: DTZ011 - the runner's own calendar
