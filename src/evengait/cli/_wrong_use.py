"""What click says of a command line that cannot be used, in the language that is spoken."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import click

from evengait.core.language import spoken
from evengait.core.reasons import kept, reason_in_words

if TYPE_CHECKING:
    from click import ClickException

CLICK_SAYS = (
    kept("Usage: {usage}"),
    kept("Try '{command}' for help."),
    kept("Error: {message}"),
    kept("Error: Invalid value for {parameter}: {message}"),
    kept("Error: Invalid value for {parameter}: {value} is not one of {choices}."),
    kept("Error: Invalid value for {parameter}: {value} is not a valid integer."),
    kept("Error: Invalid value for {parameter}: {value} is not a valid float."),
    kept("Error: Invalid value for {parameter}: {value} is not a valid integer range."),
    kept("Error: Invalid value for {parameter}: {value} is not a valid float range."),
    kept("Error: Invalid value for {parameter}: {value} is not in the range {range}."),
    kept("Error: Invalid value for {parameter}: {value} is not a valid uuid."),
    kept("Error: Invalid value for {parameter}: {value}: No such file or directory"),
    kept("Error: Invalid value for {parameter}: File {file} is a directory."),
    kept("Error: Invalid value for {parameter}: Directory {file} is a file."),
    kept("Error: Missing option {parameter}."),
    kept("Error: Missing option {parameter}. Choose from:"),
    kept("Error: Missing argument {parameter}."),
    kept("Error: Missing command."),
    kept("Error: No such option {name}."),
    kept("Error: No such command {name}."),
    kept("Did you mean {possibility}?"),
    kept("(Did you mean one of: {possibilities}?)"),
    kept("Error: Option {option} requires an argument."),
    kept("Error: Got unexpected extra argument ({arguments})"),
    kept("Error: Got unexpected extra arguments ({arguments})"),
)
"""Click's own sentences; what is not among them stays English."""


def show_wrong_use(error: ClickException) -> None:
    """Write what click says of an error to standard error."""
    if spoken() == "en":
        error.show()
        return
    said = StringIO()
    error.show(file=said)
    click.echo("\n".join(reason_in_words(line) for line in said.getvalue().splitlines()), err=True)
