"""Help in German: every command's, and English as before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from english_words import english_in
from evengait.cli import COMMANDS, cli
from evengait.cli._help import helps
from evengait.core.language import say, speaking

if TYPE_CHECKING:
    from collections.abc import Iterator


TYPED = re.compile(
    r"^ *(?:cat \S+ \| *)?evengait .*|--\w[\w-]*|\b[A-Z:]{4,}\b|\[[\w|]+\]|\S+://\S+|\w+_\w+", re.MULTILINE
)
"""What is typed as it stands, in every language."""


def _inner(path: tuple[str, ...], command: click.Command) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        for name, part in command.commands.items():
            yield from _inner((*path, name), part)


def _every() -> Iterator[tuple[str, ...]]:
    yield ()
    for name in sorted(COMMANDS):
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        yield from _inner((name,), command)


def told(*words: str, language: str | None = None) -> str:
    env = {"EVENGAIT_LANGUAGE": language, "COLUMNS": "100"} if language else {"COLUMNS": "100"}
    return CliRunner().invoke(cli, [*words], env=env, prog_name="evengait").output


@pytest.mark.parametrize("path", list(_every()), ids=" ".join)
def test_every_help_reads_german(path: tuple[str, ...]) -> None:
    german, english = told(*path, "--help", language="de"), told(*path, "--help")
    assert german.startswith("Aufruf: evengait")
    assert english.startswith("Usage: evengait")
    assert english_in(TYPED.sub("", german)) == []
    shared = set(german.splitlines()) & set(english.splitlines())
    assert [line for line in shared if re.search("[a-z]{4}.* .*[a-z]{2}", TYPED.sub("", line))] == []
    assert set(re.findall(r"--[\w-]+", english)) == set(re.findall(r"--[\w-]+", german))


def test_language_is_spoken_wherever_it_stands_and_ends_with_the_command() -> None:
    for words in (("--language", "de", "-h"), ("-h", "--language", "de"), ("-h", "--language=de")):
        assert "Optionen:" in told(*words)
    assert "Optionen:" in told(language="de")
    assert "Options:" in told("-h")
    assert "Options:" in told("-h", language="xx")


def test_every_sentence_of_a_help_is_in_the_catalogue() -> None:
    wanted = set(helps(cli))
    assert len(wanted) > 200
    with speaking("de"):
        assert [one for one in wanted if say(one) == one] == []
