"""Help in the language that is spoken; names of commands, options and values stay as they are typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from evengait.core.language import marked, say, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CLICK_HELPS = (
    marked("Options"),
    marked("Commands"),
    marked("[OPTIONS]"),
    marked("COMMAND [ARGS]..."),
    marked("[COMMAND] [ARGS]..."),
    marked("Show this message and exit."),
    marked("Show the version and exit."),
    marked("required"),
)
"""Click's own words in a help."""
_KEPT = "\b"
"""How a paragraph begins whose lines stand as they are: lines of shell, the same in every language."""
_SENTENCE = re.compile(r"(?<=[.])\s(?=[A-ZÄÖÜ`])")


def paragraphs(text: str) -> list[str]:
    r"""Return the paragraphs of a help, each on one line; those whose lines are kept are as they stand.

    Examples
    --------
    >>> paragraphs("One\ntwo.\n\nThree.")
    ['One two.', 'Three.']
    """
    found = re.split(r"\n\s*\n", text.strip("\n"))
    return [one if _KEPT in one else " ".join(one.split()) for one in found]


def helps(command: click.Command) -> Iterator[str]:
    """Yield every sentence of a command's help, and of the commands in it, for the catalogue."""
    yield from (one for one in paragraphs(command.help or "") if one and _KEPT not in one)
    yield from (help_ for one in command.params if (help_ := getattr(one, "help", None)))
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            part = command.get_command(context, name)
            if part is not None:
                yield from helps(part)


class Help(click.HelpFormatter):
    """Writes a help in the language that is spoken."""

    parts: dict[str, str]
    """The first sentence of each command in a group, said."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the command is called."""
        for word in ("[OPTIONS]", "[COMMAND] [ARGS]...", "COMMAND [ARGS]..."):
            args = args.replace(word, say(word))
        super().write_usage(prog, args, prefix or say("Usage:") + " ")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a list."""
        super().write_heading(say(heading))

    def write_text(self, text: str) -> None:
        """Write what a command does."""
        said = (
            text
            if spoken() == "en"
            else "\n\n".join(one if _KEPT in one else say(one) for one in paragraphs(text))
        )
        super().write_text(said)

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write options or commands, each with what it is for."""
        said = rows if spoken() == "en" else [(one, self.parts.get(one) or _row(text)) for one, text in rows]
        super().write_dl(said, col_max, col_spacing)


class SpeakingContext(click.Context):
    """A context whose help is written in the language that is spoken."""

    def make_formatter(self) -> click.HelpFormatter:
        """Return what writes the help."""
        made = Help(width=self.terminal_width, max_width=self.max_content_width)
        inner = self.command.commands if isinstance(self.command, click.Group) else {}
        made.parts = {
            name: _SENTENCE.split(say(paragraphs(part.help)[0]))[0]
            for name, part in inner.items()
            if part.help
        }
        return made


def _row(text: str) -> str:
    """Return what an option is for; click puts what it knows of its value behind two spaces, in brackets."""
    if say(text) != text:
        return say(text)
    told, _, more = text.rpartition("[") if text.endswith("]") else (text, "", "")
    parts = [_known(one) for one in more.removesuffix("]").split("; ")] if more else []
    return say(told.rstrip()) + (f"  [{'; '.join(parts)}]" if parts else "")


def _known(part: str) -> str:
    value = part.removeprefix("default: ")
    return say(part) if value == part else say("default: {value}", value=value)
