"""How well threads are read: posts and authors, and the advice in them, for or against.

    python benchmarks/thread_study.py [--write] [--wrong]

Reads tests/threads/threads.toml and german.toml: threads with what a careful reader notes. Half of them were looked at
while the phrases were written, the other half never. ``--wrong`` prints every difference of the first half;
``--write`` puts the tables into docs/thread.md.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from evengait.actions.take_thread import ThreadReading, take_thread  # noqa: E402
from forum_pages import FORUMS, Said  # noqa: E402

PAGE = ROOT / "docs" / "thread.md"
MARKS = {"en": "study", "de": "study in German"}
"""The name of a table's marks in the docs, by language."""
FILES = {"en": "threads.toml", "de": "german.toml"}
ROWS = ("posts with their authors", "advice: topic", "advice: topic, for or against")


def threads(half: str, language: str = "en") -> list[dict[str, Any]]:
    """Return the threads of a half with what is noted of them."""
    found = tomllib.loads((ROOT / "tests" / "threads" / FILES[language]).read_text("utf-8"))["thread"]
    return [thread for thread in found if thread["half"] == half]


def reading_of(thread: dict[str, Any]) -> ThreadReading:
    """Read a thread: its text, or its posts in a forum's markup."""
    if "html" in thread:
        posts = tuple(Said(author, role, html) for author, role, html in thread["posts"])
        return take_thread(FORUMS[thread["html"]](posts, title=thread["title"]).encode())
    return take_thread(thread["text"].encode())


def facts_of(reading: ThreadReading) -> dict[str, set[tuple[Any, ...]]]:
    """Return what was read, by row of the table."""
    advice = {(found.post, found.topic.id, found.stance) for found in reading.advice}
    return {
        ROWS[0]: {(post.number, post.author or "") for post in reading.thread.posts},
        ROWS[1]: {(post, topic) for post, topic, _ in advice},
        ROWS[2]: advice,
    }


def noted(thread: dict[str, Any]) -> dict[str, set[tuple[Any, ...]]]:
    """Return what a careful reader notes, by row of the table."""
    authors = [*thread["authors"], *thread.get("extra_authors", [])]
    return {
        ROWS[0]: set(enumerate(authors, start=1)),
        ROWS[1]: {(post, topic) for post, topic, _ in thread["advice"]},
        ROWS[2]: {tuple(entry) for entry in thread["advice"]},
    }


def score(
    half: str, language: str = "en", *, wrong: bool = False
) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Return right, extra and missed facts by row."""
    right, extra, missed = Counter[str](), Counter[str](), Counter[str]()
    for thread in threads(half, language):
        have, want = facts_of(reading_of(thread)), noted(thread)
        for row in ROWS:
            right[row] += len(want[row] & have[row])
            extra[row] += len(have[row] - want[row])
            missed[row] += len(want[row] - have[row])
        if wrong:
            for sign, these in (("+", have[ROWS[2]] - want[ROWS[2]]), ("-", want[ROWS[2]] - have[ROWS[2]])):
                for fact in sorted(these):
                    print(language, half, thread["style"], sign, *fact)
            if have[ROWS[0]] != want[ROWS[0]]:
                print(half, thread["style"], "posts", sorted(have[ROWS[0]]))
    return right, extra, missed


def table(language: str = "en") -> list[str]:
    """Return the table of a language, as lines."""
    kept, tuned = score("kept", language), score("tuned", language)
    lines = [
        "| what | there, kept half | precision | recall | there, tuned half | precision | recall |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for row in ROWS:
        cells = []
        for right, extra, missed in (kept, tuned):
            r, e, m = right[row], extra[row], missed[row]
            cells += [str(r + m), f"{100 * r / max(r + e, 1):.0f} %", f"{100 * r / max(r + m, 1):.0f} %"]
        lines.append(f"| {row} | {' | '.join(cells)} |")
    replies = sum(
        len(thread["authors"]) - 1 for half in ("kept", "tuned") for thread in threads(half, language)
    )
    counts = {half: len(threads(half, language)) for half in ("kept", "tuned")}
    return [*lines, "", f"{counts['kept']} threads kept, {counts['tuned']} tuned; {replies} replies."]


def write(language: str, lines: list[str]) -> None:
    """Put a table between its marks in the docs."""
    begin, end = (f"<!-- {MARKS[language]}: {edge} -->" for edge in ("begin", "end"))
    head, _, rest = PAGE.read_text("utf-8").partition(begin)
    _, _, tail = rest.partition(end)
    PAGE.write_text("\n".join((head + begin, "", *lines, end + tail)), "utf-8")


if __name__ == "__main__":
    for tongue in FILES:
        if "--wrong" in sys.argv:
            score("tuned", tongue, wrong=True)
        print("\n".join(("", tongue, "", *(lines := table(tongue)))))
        if "--write" in sys.argv:
            write(tongue, lines)
