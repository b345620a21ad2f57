"""The command line: one command per file, loaded only when it is called."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import click

from evengait import __version__
from evengait.cli._help import SpeakingContext
from evengait.cli._wrong_use import show_wrong_use
from evengait.core.errors import EvengaitError, UsageError
from evengait.core.language import OFFERED, Said, marked, say, speaking, spoken
from evengait.core.reasons import reason_in_words

STOPPED = marked("Stopped. What was in stays in. An import goes on where it stopped if it is run again.")

COMMANDS = Said(
    {
        "cases": "Read and answer cases on a desk elsewhere.",
        "cohort": "Many runners at once, for research.",
        "demo": "The whole way on a made-up runner, from archive to report.",
        "desk": "Keep the token for a desk elsewhere.",
        "doctor": "Check the home, the archive's integrity and the versions; back up, restore.",
        "explain": "What was unusual in your training before a pain began.",
        "intake": "A story in plain words into an intake form, for you to confirm.",
        "import": "Take files, folders or zips into the archive.",
        "serve": "The desk in the browser.",
        "log": "The diary: pain, aids, exercises, sleep, a day in one line.",
        "plan": "The way back to running, day by day, from what you really ran and felt.",
        "proposals": "What was proposed to you on a desk elsewhere: accept, decline, take back.",
        "screen": "Red flags in an intake: where to go, whether to run, and why.",
        "sessions": "List or export the sessions.",
        "shoes": "What each pair of shoes has done; retire one, join two names.",
        "strength": "Six weeks of heavy slow strength work, and the log of sets.",
        "surfaces": "The ground under each run, from a map that stays on your computer.",
        "thread": "A forum thread into posts, and the advice in them with the evidence on it.",
        "trial": "Does this aid or exercise help me: draw the days, judge the diary.",
        "undo": "Take one import back, whole.",
    }
)
"""Every command and its one-line help: listing them imports none of them."""


class LazyGroup(click.Group):
    """A group that imports a command's module only to run it or to show its own help."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Speak the language that is asked for already while the command line is read: help is written then."""
        with speaking(_asked(args)):
            _Said.language = spoken()
            rest = super().parse_args(ctx, args)
        ctx.with_resource(speaking(_Said.language))
        return rest

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of the commands, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of this name, imported now, or None."""
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"evengait.cli.{name}_").command
        return _kept_lines(command)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what the system refuses is one sentence that says where."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except OSError as error:
            from evengait.storage.refused import refused

            raise EvengaitError(refused(error, ctx.obj["home"] if ctx.obj else None)) from error
        except _database_errors() as error:
            from evengait.storage.refused import refused_by_database

            sentence = refused_by_database(error, ctx.obj["home"])
            if sentence is None:
                raise
            raise EvengaitError(sentence) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands from the table above."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


def _database_errors() -> tuple[type[Exception], ...]:
    """Return what a database raises that cannot go on, where one was opened; asked only when something was raised."""
    utils = sys.modules.get("django.db.utils")
    return () if utils is None else (utils.OperationalError,)


def _kept_lines(command: click.Command) -> click.Command:
    r"""Turn the ``\b`` of a raw docstring into the sign by which click keeps the lines of a paragraph."""
    command.context_class = SpeakingContext
    command.help = (command.help or "").replace("\\b\n", "\b\n")
    if isinstance(command, click.Group):
        for part in command.commands.values():
            _kept_lines(part)
    return command


def _asked(args: list[str]) -> str:
    """Return the language that a command line asks for, before it is read."""
    for word, following in pairwise([*args, ""]):
        if word == "--language":
            return following
        if word.startswith("--language="):
            return word.removeprefix("--language=")
    return os.environ.get("EVENGAIT_LANGUAGE", "en")


def _speak(_: click.Context, __: click.Parameter, language: str) -> None:
    """Note the language: ``parse_args`` speaks it to the end of the command, ``main`` what ends it."""
    _Said.language = language


class _Said:
    """What language the command line that runs was asked for; a process runs one."""

    language = "en"


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option(
    "--home",
    type=click.Path(file_okay=False),
    envvar="EVENGAIT_HOME",
    help="Folder that keeps everything. [default: the platform's user data folder]",
)
@click.option(
    "--runner", default="me", show_default=True, help="Whose archive, where the home keeps several."
)
@click.option(
    "--language", type=click.Choice(OFFERED), envvar="EVENGAIT_LANGUAGE", default="en", show_default=True,
    is_eager=True, expose_value=False, callback=_speak, help="What is said to you, help and reports too.",
)  # fmt: skip
@click.option(
    "--desk", envvar="EVENGAIT_DESK", metavar="https://DESK", help="Work on a desk elsewhere, not in a home."
)
@click.version_option(__version__, prog_name="evengait")
@click.pass_context
def cli(ctx: click.Context, home: str | None, runner: str, desk: str | None) -> None:
    r"""Read a runner's watch archive and tell what was unusual before a pain began, and how sure one can be.

    Not a diagnosis, not a prediction. Example:

    \b
      evengait import export.zip
      evengait explain --onset 2026-11-08 --site sacroiliac --side left --html report.html
    """
    from evengait.storage.home import default_home

    ctx.obj = {"home": Path(home) if home else default_home(), "runner": runner, "desk": desk}
    if desk:
        from evengait.cli._at_desk import KNOWN

        if ctx.invoked_subcommand not in KNOWN:
            raise UsageError(
                say(
                    "With --desk there are: {commands}. Do the rest on the desk itself.",
                    commands=", ".join(KNOWN),
                )
            )


_kept_lines(cli)


def main() -> None:
    """Run the command line; every foreseen error is one sentence and an exit status, never a traceback."""
    try:
        status = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        with speaking(_Said.language):
            click.echo(say(STOPPED), err=True)
        raise SystemExit(130) from None
    except click.ClickException as error:
        with speaking(_Said.language):
            show_wrong_use(error)
        raise SystemExit(2) from None
    except EvengaitError as error:
        with speaking(_Said.language):
            click.echo(f"evengait: {reason_in_words(str(error))}", err=True)
        raise SystemExit(2 if isinstance(error, UsageError) else 1) from None
    except BrokenPipeError:
        # The reader of our output has gone (| head): not an error, and nothing more to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    raise SystemExit(status if isinstance(status, int) else 0)
