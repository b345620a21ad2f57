"""Shell commands of a page of the docs, run as they stand there, in their order.

A block that cannot run here has ``<!-- not run: why -->`` above it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [DOCS / "story.md"]
"""Pages that were walked whole; the others still wait to be taken in."""
BLOCK = re.compile(
    r"^(?:[ ]*<!-- not run: (?P<why>[^\n]+) -->\n\n?)?(?P<indent>[ ]*)```sh\n(?P<code>.*?)^[ ]*```",
    re.MULTILINE | re.DOTALL,
)


def blocks(page: Path) -> list[tuple[str, str | None]]:
    """Return a page's shell blocks with the reason why one is not run."""
    return [(match["code"], match["why"]) for match in BLOCK.finditer(page.read_text("utf-8"))]


def name(page: Path) -> str:
    return page.relative_to(DOCS).as_posix()


RUN = [page for page in PAGES if any(why is None for _, why in blocks(page))]


def a_story(folder: Path) -> None:
    (folder / "story.txt").write_text("My left lower back hurts since a long run. No limp.", "utf-8")


GIVEN: dict[str, Callable[[Path], None]] = {"story.md": a_story}
"""What a page's reader has already."""


@pytest.mark.parametrize("page", RUN, ids=name)
def test_the_commands_of_a_page_do_what_it_says(page: Path, tmp_path: Path) -> None:
    GIVEN.get(name(page), lambda _: None)(tmp_path)
    program = tmp_path / "bin" / "evengait"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m evengait "$@"\n', "utf-8")
    program.chmod(0o755)
    script = "\n".join(code for code, why in blocks(page) if why is None)
    done = subprocess.run(
        ["bash", "-exc", script],
        cwd=tmp_path,
        env={
            **os.environ,
            "PATH": f"{program.parent}:{os.environ['PATH']}",
            "HOME": str(tmp_path),
            "EVENGAIT_HOME": str(tmp_path / "home"),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]


def test_the_tutorial_speaks_of_the_made_up_runner_as_she_is() -> None:
    from evengait.simulation.demo import ONSET, SIDE, SITE

    words = f"--onset {ONSET.isoformat()} --site {SITE} --side {SIDE}"
    assert words in (DOCS / "tutorial.md").read_text("utf-8")
    assert date.today() >= ONSET  # noqa: DTZ011 - an onset in the future would be refused
