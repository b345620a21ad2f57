"""Every command of README and docs, run as it stands there: ``pages_of_docs`` says how a block is read."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from given_to_readers import ELSEWHERE, GIVEN, TYPED
from pages_of_docs import PAGES, ROOT, Block, blocks, name, shows
from program_server import write_program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RUN = [page for page in PAGES if any(block.why is None for block in blocks(page))]
NOT_RUN = {
    "README.md": 2,
    "api.md": 1,
    "cohort.md": 3,
    "desk.md": 2,
    "how-to/add-a-format.md": 3,
    "how-to/change-the-progression.md": 1,
    "how-to/clinic-server.md": 3,
    "how-to/containers.md": 2,
    "how-to/upgrade.md": 2,
    "notebooks/own-archive.md": 8,
    "trial.md": 1,
    "tutorial.md": 1,
}
"""Pages with blocks that are not run, and how many; each says above it why. A new one has to be entered here."""


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder with ``evengait`` and ``run-python``, served by one warm process for each worker."""
    folder = tmp_path_factory.mktemp("programs")
    address = folder / "socket"
    served = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("program_server.py"), address], stdin=subprocess.PIPE
    )
    try:
        while not address.exists():
            assert served.poll() is None
            time.sleep(0.02)
        write_program(folder / "evengait", address, "evengait")
        write_program(folder / "run-python", address, "python")
        yield folder
    finally:
        assert served.stdin is not None
        served.stdin.close()
        served.wait(30)


def script(page: Path, folder: Path) -> str:
    """Return a page's blocks as one script; what console blocks show goes to files."""
    lines = ["exec 9>&2", "BASH_XTRACEFD=9"]
    for number, block in enumerate(blocks(page)):
        if block.why is not None:
            continue
        lines.append(f"echo '== {name(page)}, line {block.line}' >&2")
        if block.language == "python":
            (folder / f"block{number}.py").write_text(block.code, "utf-8")
            lines.append(f"run-python {folder / f'block{number}.py'}")
        elif block.language == "console":
            lines += [
                f"{{ {typed}\n}} >{folder / f'block{number}-{place}'} 2>&1"
                for place, (typed, _) in enumerate(block.typed)
            ]
        else:
            lines.append(block.code)
    text = "\n".join(lines)
    for place in ELSEWHERE:
        text = re.sub(rf"(?<![\w.]){place}(?=/)", f"{folder}/elsewhere{place}", text)
    return text


def run(page: Path, folder: Path, programs: Path, demo: Callable[[], Path]) -> None:
    """Run a page's blocks in a home of its own and compare what it shows."""
    there = folder / "reader"
    (there / ".venv").mkdir(parents=True)
    (there / ".venv" / "bin").symlink_to(programs)
    for place in ELSEWHERE:
        (folder / f"elsewhere{place}").mkdir(parents=True, exist_ok=True)
    if name(page) in GIVEN:
        GIVEN[name(page)](there, demo)
    keyboard, terminal = pty.openpty()
    os.write(keyboard, TYPED.get(name(page), "").encode())
    with (folder / "said").open("wb") as out:
        done = subprocess.run(
            ["bash", "-exc", script(page, folder)],
            cwd=there,
            env={
                key: value for key, value in os.environ.items() if not key.startswith(("EVENGAIT", "DJANGO"))
            }
            | {
                "PATH": f"{programs}:{os.environ['PATH']}",
                "HOME": str(there),
                "EVENGAIT_HOME": str(there / "home"),
                "COLUMNS": "80",
            },
            stdin=terminal if name(page) in TYPED else subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            check=False,
            timeout=900,
        )
    os.close(keyboard)
    os.close(terminal)
    assert done.returncode == 0, (folder / "said").read_text("utf-8")[-4000:]
    for number, block in enumerate(blocks(page)):
        if block.language == "console" and block.why is None:
            for place, (typed, wanted) in enumerate(block.typed):
                said = (
                    (folder / f"block{number}-{place}").read_text("utf-8").replace(f"{folder}/elsewhere", "")
                )
                assert shows(said, wanted), f"{name(page)}, line {block.line}: {typed} says now\n{said}"


def of_page(page: Path) -> type:
    """Return a class of tests for a page: ``--dist loadscope`` sends classes to different workers."""

    class OfPage:
        def test_its_commands_do_what_it_says(
            self, tmp_path: Path, programs: Path, request: pytest.FixtureRequest
        ) -> None:
            run(page, tmp_path, programs, lambda: request.getfixturevalue("demo_home"))

    return OfPage


for _page in RUN:
    _title = "Test" + re.sub(r"\W", " ", name(_page).removesuffix(".md")).title().replace(" ", "")
    globals()[_title] = of_page(_page)


def test_blocks_that_are_not_run_are_known_and_say_why() -> None:
    found = {name(page): [block.why for block in blocks(page) if block.why is not None] for page in PAGES}
    assert {page: len(whys) for page, whys in found.items() if whys} == NOT_RUN


def test_a_page_that_shows_what_is_not_said_is_found() -> None:
    said = "Added 711 runs.\nShoes: Dunlin.\nNext: evengait explain\n"
    assert shows(said, "Added 711 runs.\n…\nNext: evengait explain\n")
    assert shows(said, "Added … runs.\nShoes: …\nNext: evengait explain")
    assert not shows(said, "Added 712 runs.\n…\n")
    assert not shows(said, "Added 711 runs.\nNext: evengait explain\n")
    assert not shows(said, "…\nShoes: Dunlin.\n")
    block = Block(1, "console", "$ cat <<END\n> words\n> END\nwords\n$ true\n", None)
    assert block.typed == [("cat <<END\nwords\nEND", "words\n"), ("true", "")]


def test_the_tutorial_speaks_of_the_made_up_runner_as_she_is() -> None:
    from evengait.simulation.demo import ONSET, SIDE, SITE

    words = f"--onset {ONSET.isoformat()} --site {SITE} --side {SIDE}"
    assert words in (ROOT / "docs" / "tutorial.md").read_text("utf-8")
    assert date.today() >= ONSET  # noqa: DTZ011 - an onset in the future would be refused
