"""Write the reference pages from what they describe: commands, columns, factors with their sources.

python tools/make_reference.py          writes the pages of PAGES: docs/commands.md, columns.md, red-flags.md and so on
python tools/make_reference.py --check  says which of them is not up to date, and exits with 1
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import click

from evengait.cli import COMMANDS, cli
from evengait.core.columns import Column, table
from evengait.core.intake_form import intake_fields
from evengait.core.language import say, speaking
from evengait.core.red_flag import LEVELS
from evengait.knowledge import evidence, factor_book
from evengait.knowledge.red_flag_book import red_flag_book
from evengait.report.safety import safety_net
from evengait.report.screening import NOT_A_DIAGNOSIS, RUNNING, UNRECOGNISED, headline

DOCS = Path(__file__).parents[1] / "docs"
KNOWLEDGE = Path(__file__).parents[1] / "src" / "evengait" / "knowledge"
NOTE = "<!-- Made by `python tools/make_reference.py`. Change what it describes, not this page. -->\n"


def in_german() -> str:
    """Return every question and every sentence of the red flags in both languages, for a clinician's review."""
    about = (
        "Every question that is asked, every sentence that a red flag or the safety net says, in English and in "
        "German. **The German is not reviewed by a clinician**: whoever reviews it finds both here, side by side.\n"
    )
    parts = ["# Red flags in German\n", NOTE, about]
    english, german = _both_languages()
    for title in english:
        parts += [f"## {title}\n", "| English | German |", "|---|---|"]
        rows = zip(english[title], german[title], strict=True)
        parts += [f"| {a} | {b} |" for a, b in dict.fromkeys(rows)]
        parts.append("")
    return "\n".join(parts)


def _both_languages() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    told = []
    for language in ("en", "de"):
        with speaking(language):
            fields, rules, net = intake_fields().values(), red_flag_book().rules, safety_net()
            told.append(
                {
                    "Questions": [text for one in fields for text in (one.question, one.help)],
                    "An answer yes": [one.says for one in fields if one.says],
                    "What fires": [rule.label for rule in rules],
                    "What to do": [rule.say for rule in rules],
                    "What to ask about": list(red_flag_book().conditions.values()),
                    "Signs that cannot wait": [
                        text
                        for group in net.groups
                        for text in (group.when, group.where, *group.signs, group.advice or "")
                        if text
                    ],
                    "How urgent, and may one run": [
                        *(headline(level) for level in LEVELS),
                        *RUNNING.values(),
                        say(NOT_A_DIAGNOSIS),
                        say(UNRECOGNISED),
                    ],
                }
            )
    return told[0], told[1]


def commands() -> str:
    """Return every command's help."""
    parts = ["# Commands\n", NOTE, _help(cli, "evengait")]
    for name in sorted(COMMANDS):
        command = cli.get_command(click.Context(cli), name)
        if command is not None:
            parts.append(f"## evengait {name}\n\n" + _help(command, f"evengait {name}"))
            for part, inner in sorted(getattr(command, "commands", {}).items()):
                parts.append(f"### evengait {name} {part}\n\n" + _help(inner, f"evengait {name} {part}"))
    parts.append(
        "## Exit status\n\n"
        "0 done · 1 the program failed (a full disk, a bug) · 2 wrong use, or input that cannot be read at all · "
        "3 done in part: some files failed, the rest is kept · 130 stopped by Ctrl-C: what was in stays in.\n"
    )
    return "\n".join(parts)


def _help(command: click.Command, path: str) -> str:
    context = click.Context(command, info_name=path, max_content_width=100, terminal_width=100)
    return f"```text\n{command.get_help(context)}\n```\n"


def columns() -> str:
    """Return every column of every table."""
    parts = ["# Columns\n", NOTE]
    for name, about in (
        ("sessions", "One row per bout of exercise; a Delta table in the archive."),
        ("samples", "One row per sample, integers as the device wrote them; a Delta table in the archive."),
        ("surfaces", "One row per session that was looked at for its ground; a Delta table in the archive."),
        ("recordings", "One row per bout of each file that is kept; a Delta table in the archive."),
        ("labels", "One row per activity that an export's table speaks of; a Delta table in the archive."),
        ("files", "One row per file that an import looked at; a Delta table in the archive."),
        ("exposures", "One row per local date; computed, not stored."),
        ("strength_sets", "One row per set of a strength exercise; in the home's database."),
        ("diary", "One row per local date that the runner spoke of; also the CSV of the diary."),
    ):
        parts.append(f"## {name}\n\n{about}\n\n| column | type | unit | meaning |\n|---|---|---|---|")
        parts.extend(_row(column) for column in table(name).values())
        parts.append("")
    return "\n".join(parts)


def _row(column: Column) -> str:
    meaning = column.meaning
    if column.scale != 1:
        meaning += f" Stored times {column.scale}."
    if column.range:
        meaning += f" {column.range[0]:g} to {column.range[1]:g}."
    if column.values:
        meaning += " One of: " + ", ".join(column.values) + "."
    return f"| `{column.name}` | {column.dtype} | {column.unit} | {meaning} |"


def factors() -> str:
    """Return the factors of ``explain`` and the published numbers behind them."""
    book = factor_book()
    parts = [
        "# Factors of explain\n", NOTE,
        f"Version {book.version}, {book.status}; not reviewed by a clinician.\n",
        "| factor | column | window | unusual when | sources |", "|---|---|---|---|---|",
    ]  # fmt: skip
    for f in book.factors:
        days = (
            "1 day (or the day before)" if f.reach_days else f"{f.window_days} day{'s' * (f.window_days > 1)}"
        )
        sources = ", ".join(f"`{key}`" for key in f.evidence) or "none: a comparison with oneself only"
        parts.append(
            f"| {f.label} (`{f.id}`) | `{f.column}`, {f.aggregate} | {days} | {f.direction} | {sources} |"
        )
    parts.append(
        "\n## Published numbers\n\n| id | says | source | grade | read in the source |\n|---|---|---|---|---|"
    )
    parts.extend(
        f"| `{e.id}` | {e.says} | {e.source}{f', doi {e.doi}' if e.doi else ''} | {e.shown_grade} "
        f"| {'yes' if e.verified else 'no'} |"
        for e in evidence().values()
    )
    return "\n".join(parts) + "\n"


def red_flags() -> str:
    """Return the red-flag rules with their sources, most urgent first."""
    book = red_flag_book()
    reviewed = "reviewed" if book.reviewed else "not reviewed by a clinician"
    about = f"{len(book.rules)} rules, newest of {book.version}; {reviewed}. "
    about += "How they work and how often they are right: [screening.md](screening.md).\n"
    parts = ["# Red-flag rules\n", NOTE, about]
    for level in LEVELS:
        parts.append(
            f"## {level.replace('_', ' ')}\n\n| rule | pattern | running | ask about | sources | grade |"
        )
        parts.append("|---|---|---|---|---|---|")
        parts.extend(
            f"| `{rule.id}` | {rule.label} | {rule.running} | {', '.join(rule.consider)} | "
            f"{'; '.join(f'`{source.id}`: {source.supports}' for source in rule.sources)} | {rule.grade} |"
            for rule in book.rules
            if rule.level == level
        )
        parts.append("")
    return "\n".join(parts)


def review_state() -> str:
    """Return every dated file of rules with its state of review and its sources."""
    found = []
    for file in sorted([*KNOWLEDGE.rglob("*.toml"), *(KNOWLEDGE.parent / "report").glob("*.toml")]):
        rules = tomllib.loads(file.read_text("utf-8"))
        if "status" in rules:
            keys = {one["id"] for one in rules.get("source", ()) if isinstance(one, dict)}
            known = sorted((keys | set(rules.get("evidence", ()))) & evidence().keys())
            cells = (
                f"`{file.relative_to(KNOWLEDGE.parent)}`", rules["version"], rules["status"],
                ", ".join(rules.get("reviewed_by", ())) or "nobody", rules.get("review_due", ""),
                ", ".join(f"`{key}`" for key in known),
            )  # fmt: skip
            found.append((rules["status"], f"| {' | '.join(map(str, cells))} |"))
    reviewed = sum(status == "reviewed" for status, _ in found)
    about = f"{len(found)} files of rules, {reviewed} of them reviewed by a clinician. What an unreviewed rule says to "
    about += "people carries the words *not reviewed by a clinician*. Sources of single parts are in the "
    about += (
        "file. What each source says, and its grade: [published numbers](factors.md#published-numbers).\n"
    )
    parts = ["# Rules and their review\n", NOTE, about]
    parts.append("| file | version | status | reviewed by | review due | sources of the whole |")
    parts.append("|---|---|---|---|---|---|")
    parts.extend(row for _, row in found)
    return "\n".join(parts) + "\n"


PAGES = {
    "commands.md": commands,
    "columns.md": columns,
    "factors.md": factors,
    "red-flags.md": red_flags,
    "red-flags-german.md": in_german,
    "review-state.md": review_state,
}


def main() -> int:
    """Write the pages, or check them."""
    stale = []
    for name, make in PAGES.items():
        page, text = DOCS / name, make()
        if "--check" not in sys.argv:
            page.write_text(text, "utf-8")
        elif not page.exists() or page.read_text("utf-8") != text:
            stale.append(name)
    if stale:
        print(f"Not up to date: {', '.join(stale)}. Run python tools/make_reference.py")  # noqa: T201 - this is its output
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
