"""How well stories are read: precision and recall by field, and whether anything was read that was denied or another's.

    python benchmarks/story_study.py [--write] [--wrong [--kept]]

Reads tests/stories/stories.toml and german.toml: stories with what a careful assistant would tick. Half of them were
looked at while the phrases were written, the other half never. ``--wrong`` prints every difference of the first half,
with ``--kept`` of both; ``--write`` puts the tables into docs/story.md.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from evengait.analysis.story.reader import read_story
from evengait.core.intake import read_intake
from evengait.core.intake_form import intake_fields, known_words
from evengait.knowledge.story_lexicon import lexicon

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "story.md"
MARKS = {"en": "study", "de": "study in German"}
"""The name of a table's marks in the docs, by language."""
FILES = {"en": "stories.toml", "de": "german.toml"}
TOLD = date(2026, 11, 26)
GROUPS = {
    "age, sex": ("age", "sex"),
    "site": ("site",),
    "side": ("side",),
    "onset, duration": ("onset.date", "duration_days"),
    "how it began": ("onset.mode",),
    "quality": ("quality",),
    "pain scores": ("pain.",),
    "worse, better with": ("worse_with", "better_with"),
    "findings": ("findings.",),
    "history": ("history.",),
    "training": ("training.",),
    "tests": ("tests.",),
    "tried: what": ("tried",),
    "tried: helped or not": ("helped",),
}


def stories(language: str = "en") -> list[dict[str, Any]]:
    """Return the stories of a language with their gold."""
    return list(tomllib.loads((ROOT / "tests" / "stories" / FILES[language]).read_text("utf-8"))["story"])


def facts(form: dict[str, Any]) -> set[tuple[str, str]]:
    """Return an intake's values as facts, each item of a list one."""
    found: set[tuple[str, str]] = set()
    values = read_intake(form).intake.values
    for path, value in values.items():
        if path == "tried":
            for tried in value:  # type: ignore[union-attr]
                found.add((path, tried.what))  # type: ignore[union-attr]
                if tried.helped is not None:  # type: ignore[union-attr]
                    found.add(("helped", f"{tried.what} {tried.helped}"))  # type: ignore[union-attr]
        elif intake_fields()[path].kind == "words":
            found |= {(path, word) for word in known_words(path, value)}  # type: ignore[arg-type]
        else:
            found.add((path, _plain(value)))
    return found


def _plain(value: Any) -> str:
    """Return a value as text; 60 and 60.0 are the same."""
    if isinstance(value, tuple):
        return " to ".join(f"{part:g}" for part in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def nested(gold: dict[str, Any]) -> dict[str, Any]:
    """Return gold by path as the nested JSON of an intake."""
    form: dict[str, Any] = {}
    for path, value in gold.items():
        group, _, name = path.rpartition(".")
        place = form.setdefault(group, {}) if group else form
        place[name] = value
    return form


def group_of(path: str) -> str:
    """Return the row of the table a path belongs to."""
    return next(
        name
        for name, paths in GROUPS.items()
        if any(path == p or (p[-1] == "." and path.startswith(p)) for p in paths)
    )


def score(
    half: str, language: str = "en", *, wrong: bool = False
) -> tuple[Counter[str], Counter[str], Counter[str], list[str]]:
    """Return right, extra and missed facts by group, and findings read although denied, another's or only feared."""
    right, extra, missed = Counter[str](), Counter[str](), Counter[str]()
    grave = []
    for number, story in enumerate(stories(language), start=1):
        if story["half"] != half:
            continue
        want = facts(nested(story["gold"]))
        have = facts(read_story(story["text"], lexicon(language), told=TOLD).intake.to_json())
        for counter, these in ((right, want & have), (extra, have - want), (missed, want - have)):
            counter.update(group_of(path) for path, _ in these)
        grave += [
            f"{number}: {path}"
            for path, value in have - want
            if path.startswith(("findings", "history")) and value == "True"
        ]
        if wrong:
            for sign, these in (("+", have - want), ("-", want - have)):
                for fact in sorted(these):
                    print(language, half, number, sign, *fact)
    return right, extra, missed, grave


def table(language: str = "en") -> list[str]:
    """Return the table of a language, as lines."""
    lines = [
        "| field | facts, kept half | precision | recall | precision, tuned half | recall, tuned half |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    kept, tuned = score("kept", language), score("tuned", language)
    for name in [*GROUPS, "all"]:
        cells = []
        for right, extra, missed, _ in (kept, tuned):
            r, e, m = (sum(c.values()) if name == "all" else c[name] for c in (right, extra, missed))
            cells += [
                f"{100 * r / (r + e):.0f} %" if r + e else "–",
                f"{100 * r / (r + m):.0f} %" if r + m else "–",
            ]
        facts_there = sum(sum(c.values()) if name == "all" else c[name] for c in (kept[0], kept[2]))
        lines.append(f"| {name} | {facts_there} | " + " | ".join(cells) + " |")
    false, count = len(kept[3]) + len(tuned[3]), len(stories(language))
    lines += [
        "",
        f"Findings and history read as *yes* that the story does not say, in {count} stories: {false}.",
    ]
    return lines


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
            score("kept", tongue, wrong="--kept" in sys.argv)
        print("\n".join(("", tongue, "", *(lines := table(tongue)))))
        if "--write" in sys.argv:
            write(tongue, lines)
