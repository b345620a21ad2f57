"""What pages say beside their commands: recipes' entries load, figures are those that are printed, ids have entries."""

from __future__ import annotations

import re
import shlex
import tomllib
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import click
import pytest
from pages_of_docs import PAGES, ROOT, blocks, name

from evengait.cli import cli
from evengait.core.columns import table
from evengait.core.evidence import Evidence
from evengait.core.factor import Factor
from evengait.knowledge import evidence, factor_book

if TYPE_CHECKING:
    from pathlib import Path

DOCS = ROOT / "docs"


def entry(page: str, kind: str) -> dict[str, Any]:
    """Return the entry that a recipe shows."""
    (shown,) = re.findall(r"```toml\n(.*?)```", (DOCS / "how-to" / page).read_text("utf-8"), re.DOTALL)
    (one,) = tomllib.loads(shown)[kind]
    return dict(one)


def test_the_factor_that_the_recipe_adds_is_one() -> None:
    shown = entry("add-a-factor.md", "factor")
    factor = Factor(**shown | {"evidence": tuple(shown["evidence"])})
    assert factor.column in table("exposures")
    assert factor.id not in {known.id for known in factor_book().factors}
    assert {factor.aggregate} <= {known.aggregate for known in factor_book().factors}
    assert {factor.direction} <= {known.direction for known in factor_book().factors} | {"low"}


def test_the_number_that_the_recipe_adds_is_an_entry() -> None:
    shown = entry("add-a-published-number.md", "evidence")
    assert {field.name for field in fields(Evidence)} >= set(shown)
    assert shown["id"] not in evidence()


@pytest.mark.parametrize("page", sorted((DOCS / "explanation").glob("*.md")), ids=lambda page: page.stem)
def test_every_published_number_that_an_explanation_names_has_an_entry(page: Path) -> None:
    for key in re.findall(r"`([a-z]+(?:-[a-z0-9]+)+)`", page.read_text("utf-8")):
        assert key in evidence(), key


def test_the_figures_of_one_onset_are_those_that_are_printed() -> None:
    page = DOCS / "explanation" / "one-onset.md"
    (block,) = blocks(page)
    printed = set(re.findall(r"\d+(?:\.\d+)?", block.code))
    said = re.search(r"## Then: what was unusual.*?```console", page.read_text("utf-8"), re.DOTALL)
    assert said is not None
    figures = set(re.findall(r"\d+(?:\.\d+)?", said[0]))
    assert {"77.8", "53", "37", "67", "78"} <= figures <= printed


def test_every_recipe_of_the_house_has_a_page() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Recipes")[2].partition("## ")[0]
    rows = [line for line in text.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 10
    assert [row for row in rows if "(docs/how-to/" not in row] == []


INLINE = re.compile(r"`(?:\.venv/bin/)?evengait ([^`\n]+)`|^ +evengait (\S[^\n]*)$", re.MULTILINE)


def strange(words: list[str]) -> list[str]:
    """Return the commands and options among words that the program does not have."""
    command: click.Command = cli
    wrong, skip = [], False
    for place, word in enumerate(words):
        options = {name: one for one in command.params for name in (*one.opts, *one.secondary_opts)}
        option = options.get(word.partition("=")[0])
        if skip:
            skip = False
        elif option is not None and word.startswith("-"):
            skip = "=" not in word and not (
                getattr(option, "is_flag", False) or getattr(option, "count", False)
            )
        elif word.startswith("-"):
            wrong += [] if word in {"--help", "-h"} else [word]
        elif isinstance(command, click.Group):
            inner = command.get_command(click.Context(command), word)
            if inner is None:
                return [*wrong, *([] if command.invoke_without_command and place else [word])]
            command = inner
    return wrong


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_that_a_sentence_or_a_help_names_is_there(page: Path) -> None:
    for inline, example in INLINE.findall(page.read_text("utf-8")):
        typed = (inline or example).partition("  #")[0].partition(" | ")[0].partition(" > ")[0]
        assert strange(shlex.split(typed.replace("…", ""))) == [], typed


def test_a_command_that_is_not_there_is_found() -> None:
    assert strange(["--home", "there", "explain", "--onset", "2026-11-08"]) == []
    assert strange(["explain", "--start", "2026-11-08"]) == ["--start"]
    assert strange(["strength", "lift"]) == ["lift"]
