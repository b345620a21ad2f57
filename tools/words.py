"""Gather every sentence that people read into the catalogues, and build what the program loads: ``make words``.

Sentences come from templates as they stand there, from ``say``, ``say_many``, ``marked``, ``kept``, ``_`` and ``Said``
in Python, and from the keys of knowledge that people read (``KNOWLEDGE`` below). ``--check`` changes nothing; it
prints what a language lacks and fails where a catalogue is not what ``make words`` would make it. ``--missing`` prints
the English of what is untranslated.
"""

from __future__ import annotations

import argparse
import ast
import gettext
import io
import re
import sys
import tomllib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from evengait.cli import cli
from evengait.cli._help import helps
from evengait.core.exercise import DEMANDS, EQUIPMENT, MOVEMENTS
from evengait.core.intake_form import intake_fields
from evengait.core.language import CATALOGUES, DOMAIN, LANGUAGES
from evengait.core.reasons import CONTEXT
from evengait.core.sites import SITES
from evengait.core.template_words import messages
from evengait.storage.records.belongings import BELONGINGS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from babel.messages.catalog import Message

SOURCE = CATALOGUES.parent
SIGN_IN = SOURCE / "web" / "accounts" / "locale"
"""Words for sentences of django-allauth; what is not here is said as it says it."""
SAYS = frozenset({"say", "marked", "_", "gettext_lazy", "UsageError", "NotAllowed"})
IN_ENGLISH = frozenset({"simulation", "library.py"})
"""Rooms that speak English alone."""
KNOWLEDGE: dict[str, str] = {
    "core/intake.toml": "question help label says",
    "knowledge/advice/*.toml": "title",
    "knowledge/evidence/*.toml": "says source",
    "knowledge/factors.toml": "ask brief label less more needs",
    "knowledge/plan_changes/*.toml": "ask short says why",
    "knowledge/progressions/**/*.toml": "name ask met says supports",
    "knowledge/red_flags/**/*.toml": "say label",
    "knowledge/strength/**/*.toml": "name how find words muscles also_muscles supports",
    "knowledge/trial/*.toml": "label examples",
    "report/safety_net.toml": "when where signs advice",
}
"""Which keys of which files people read."""
SIGNS = (("decimal sign", "."), ("thousands sign", ","))
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
"""What is built from the same words is the same file, whenever it is built."""
_DATED = re.compile(
    rb'^"(?:[\w-]+-Date|Generated-By|Last-Translator|Language-Team|Report-Msgid-Bugs-To|Project-Id-Version).*\n',
    re.MULTILINE,
)
_UNIT = re.compile(r" \[\w+\]$")
_IN_BRACES = re.compile(r"""\b_\((["'])(.+?)\1\)""")


def gathered() -> Catalog:
    """Return every message of the program, in the order of the files."""
    found = Catalog(fuzzy=False)
    for sign, text in SIGNS:
        found.add(text, context=sign)
    for file in sorted(file for file in SOURCE.rglob("*.html") if "allauth" not in file.parts):
        for message in _of_template(file.read_text("utf-8")):
            found.add(message, locations=[(_place(file), None)])
    for file in sorted(SOURCE.rglob("*.py")):
        if file.relative_to(SOURCE).parts[0] not in IN_ENGLISH:
            for message, context in _of_code(file.read_text("utf-8")):
                found.add(message, context=context, locations=[(_place(file), None)])
    for files, keys in KNOWLEDGE.items():
        for file in sorted(SOURCE.glob(files)):
            for message in _of_data(tomllib.loads(file.read_text("utf-8")), keys.split()):
                found.add(message, locations=[(_place(file), None)])
    for message, file in _of_interface():
        found.add(message, locations=[(file, None)])
    for message in (*helps(cli), *_of_names(), *(one.about for one in BELONGINGS if one.file)):
        found.add(message)
    return found


def _of_interface() -> Iterator[tuple[str, str]]:
    """Yield what the page about the interface for programs says of each operation and field, and in which file."""
    for file in sorted((SOURCE / "web" / "api").glob("*.py")):
        for one in ast.walk(ast.parse(file.read_text("utf-8"))):
            for text in _of_operation(one) if isinstance(one, ast.FunctionDef) else _of_field(one):
                yield _UNIT.sub("", " ".join(text.split())), _place(file)
    columns = tomllib.loads((SOURCE / "core" / "columns.toml").read_text("utf-8"))
    for message in _of_data(columns["diary"], ["meaning"]):
        yield message, "core/columns.toml"


def _of_operation(function: ast.FunctionDef) -> Iterator[str]:
    calls = [one.func for one in function.decorator_list if isinstance(one, ast.Call)]
    if any(isinstance(one, ast.Name) and one.id == "operation" for one in calls):
        summary, *about = (ast.get_docstring(function) or "").split("\n\n")
        yield from (summary.rstrip("."), *about)


def _of_field(one: ast.AST) -> Iterator[str]:
    if isinstance(one, ast.Call) and isinstance(one.func, ast.Name):
        said = [key.value for key in one.keywords if one.func.id == "Field" and key.arg == "description"]
        said += one.args[:1] if one.func.id == "room" else []
        yield from (str(text.value) for text in said if isinstance(text, ast.Constant))


def _of_names() -> Iterator[str]:
    """Yield the names that are their own words: those of conditions, answers of the intake, units, equipment."""
    conditions = SOURCE / "knowledge" / "red_flags" / "_conditions.toml"
    yield from tomllib.loads(conditions.read_text("utf-8")).values()
    names = [*EQUIPMENT, *MOVEMENTS, *DEMANDS, *SITES, "both"]
    for field in intake_fields().values():
        names += [*field.choices, *field.words, *([field.unit] if field.unit else [])]
    yield from (name.replace("_", " ") for name in names)


def _of_data(data: Any, keys: list[str]) -> Iterator[str]:
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        if key in keys:
            yield from (
                [value] if isinstance(value, str) else (text for text in value if isinstance(text, str))
            )
        else:
            yield from _of_data(value, keys)


def _of_code(source: str) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    """Yield the sentences of calls that say, mark or keep one, and of tables of sentences; each with its context."""
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or not call.args:
            continue
        first = call.args[0]
        if call.func.id in SAYS and isinstance(first, ast.Constant) and first.value:
            yield first.value, None
        elif call.func.id == "kept" and isinstance(first, ast.Constant) and first.value:
            yield first.value, CONTEXT
        elif call.func.id == "say_many":
            yield tuple(one.value for one in call.args[:2] if isinstance(one, ast.Constant)), None
        elif call.func.id == "Said" and isinstance(first, ast.Dict):
            named = (key.value for key in call.keywords if key.arg == "context")
            context = next((value.value for value in named if isinstance(value, ast.Constant)), None)
            yield from (
                (one.value, context) for one in first.values if isinstance(one, ast.Constant) and one.value
            )


def _of_template(source: str) -> Iterator[str]:
    yield from messages(source)
    yield from (match[2] for match in _IN_BRACES.finditer(source))


def _place(file: Path) -> str:
    return file.relative_to(SOURCE).as_posix()


def catalogue(language: str) -> Catalog:
    """Return a language's catalogue with every message of the program in it, and nothing else."""
    file = po_file(language)
    known = (
        read_po(io.BytesIO(file.read_bytes()), locale=language) if file.exists() else Catalog(locale=language)
    )
    known.update(gathered(), no_fuzzy_matching=True)
    known.obsolete.clear()
    known.fuzzy = False
    known.header_comment = f"# {LANGUAGES[language]}. Made by `make words`; translate here."
    return known


def po_file(language: str) -> Path:
    """Return where a catalogue is kept for people."""
    return CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def written(known: Catalog) -> tuple[bytes, bytes]:
    """Return a catalogue as people and as programs read it."""
    for_people, for_programs = io.BytesIO(), io.BytesIO()
    write_po(for_people, known, width=0, omit_header=False, sort_by_file=False)
    text = _DATED.sub(b"", for_people.getvalue())
    built = read_po(io.BytesIO(text), locale=str(known.locale))
    built.creation_date = built.revision_date = UNDATED
    write_mo(for_programs, built)
    return text, for_programs.getvalue()


def is_built(language: str) -> bool:
    """Tell whether what programs load says what the catalogue for people says, whichever version wrote it."""
    return built_of(po_file(language), language)


def built_of(file: Path, language: str) -> bool:
    """Tell the same of one catalogue for people."""
    for_people = read_po(io.BytesIO(file.read_bytes()), locale=language)
    with file.with_suffix(".mo").open("rb") as program:
        for_programs = gettext.GNUTranslations(program)
    return all(_as_built(for_programs, message) == message.string for message in for_people if message.id)


def _as_built(program: gettext.GNUTranslations, message: Message) -> Any:
    if isinstance(message.id, tuple):
        one, many = message.id
        said = tuple(program.ngettext(one, many, n) for n in (1, 2))
        return said if said != message.id else ("", "")
    said = program.pgettext(message.context, message.id) if message.context else program.gettext(message.id)
    return said if said != message.id or message.string == message.id else ""


def missing(known: Catalog) -> list[str]:
    """Return the English of what has no translation."""
    return [
        str(message.id)
        for message in known
        if message.id and not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]


def build_sign_in() -> None:
    """Build what the program loads of the sign-in's own words, which the desk says in its own way."""
    for file in sorted(SIGN_IN.rglob("*.po")):
        known = read_po(io.BytesIO(file.read_bytes()), locale=file.parts[-3])
        file.with_suffix(".mo").write_bytes(written(known)[1])


def main() -> int:
    """Gather, or check."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--check", action="store_true")
    asked.add_argument("--missing", action="store_true")
    told = asked.parse_args()
    stale = 0
    if not told.check and not told.missing:
        build_sign_in()
    for language in (name for name in LANGUAGES if name != "en"):
        known = catalogue(language)
        lacking = missing(known)
        text, program = written(known)
        file = po_file(language)
        if told.missing:
            sys.stdout.write("\n".join(lacking) + "\n")
            continue
        if told.check:
            stale += file.read_bytes() != text or not is_built(language)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text)
            file.with_suffix(".mo").write_bytes(program)
        sys.stdout.write(f"{language}: {len(known)} messages, {len(lacking)} without a translation\n")
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
