"""The pages of the docs, and the blocks of them that can be run.

A fenced block of ``sh``, ``console`` or ``python`` is run as it stands there, after those before it. In a ``console``
block lines after ``$`` are typed and the others are what the terminal must show; ``…`` stands for any words, alone
on a line for any lines. A block that cannot run has ``<!-- not run: why -->`` above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
        *(ROOT / "docs").rglob("*.md"),
    ]
)
LANGUAGES = {
    "sh": "sh",
    "bash": "sh",
    "shell": "sh",
    "console": "console",
    "python": "python",
    "py": "python",
}
FENCE = re.compile(
    r"^(?:[ ]*<!-- not run: (?P<why>[^\n]+) -->\n\n?)?(?P<indent>[ ]*)```(?P<language>\w*)[^\n]*\n"
    r"(?P<code>.*?)^[ ]*```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    """A block of a page: where it begins, what it is, and why it is not run, if it is not."""

    line: int
    language: str
    code: str
    why: str | None

    @property
    def typed(self) -> list[tuple[str, str]]:
        """Return the commands of a ``console`` block, each with what must be shown after it."""
        found: list[tuple[str, str]] = []
        for line in self.code.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], ""))
            elif line.startswith("> ") and not found[-1][1]:
                found[-1] = (f"{found[-1][0]}\n{line[2:]}", "")
            else:
                found[-1] = (found[-1][0], f"{found[-1][1]}{line}\n")
        return found


def name(page: Path) -> str:
    """Return a page's name as tests and links call it."""
    return page.relative_to(ROOT).as_posix().removeprefix("docs/")


def blocks(page: Path) -> list[Block]:
    """Return a page's blocks that are commands or code, in their order."""
    text = page.read_text("utf-8")
    return [
        Block(
            text.count("\n", 0, hit.start("code")) + 1,
            LANGUAGES[hit["language"]],
            re.sub(rf"^{hit['indent']}", "", hit["code"], flags=re.MULTILINE),
            hit["why"],
        )
        for hit in FENCE.finditer(text)
        if hit["language"] in LANGUAGES
    ]


def shows(said: str, wanted: str) -> bool:
    """Whether a terminal showed what a page says, with ``…`` for what may differ."""
    pattern = ""
    for line in wanted.rstrip("\n").splitlines():
        words = ".*".join(re.escape(part) for part in line.rstrip().split("…"))
        pattern += r"(?:[^\n]*\n)*" if line.strip() == "…" else rf"{words}[ ]*\n".replace(".*", "[^\n]*")
    told = said.replace("\N{NO-BREAK SPACE}", " ").rstrip("\n")
    return re.fullmatch(pattern, f"{told}\n" if told else "") is not None
