"""The exercise library and the dated blocks, from ``strength/``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from evengait.core.errors import RuleError
from evengait.core.exercise import DEMANDS, EQUIPMENT, LOADS, MEASURES, MOVEMENTS, Exercise
from evengait.core.language import kept_by_language
from evengait.core.sites import SITES
from evengait.core.strength_block import (
    ROLES,
    Apart,
    BlockWeek,
    Break,
    HardRun,
    LoadKind,
    PainRule,
    Progress,
    Slot,
    StrengthBlock,
    Support,
    WarmUpShare,
)
from evengait.knowledge import _build, _read, evidence

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

DEFAULT_BLOCK = "six_week"


@kept_by_language
def exercises() -> dict[str, Exercise]:
    """Return the exercise library, by id.

    Raises
    ------
    RuleError
        An id stands twice, a word is not known, or a one-leg variant is not there.

    Examples
    --------
    >>> exercises()["bird_dog"].measure
    'holds'
    """
    folder = files("evengait.knowledge").joinpath("strength/exercises")
    return read_exercises(
        sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    )


def read_exercises(found: list[Traversable]) -> dict[str, Exercise]:
    """Return the exercises of some files, by id; see ``exercises``."""
    book: dict[str, Exercise] = {}
    for file in found:
        for entry in _read(file, "name", "how", "muscles", "also_muscles")["exercise"]:
            exercise: Exercise = _build(Exercise, _tuples(entry), file.name)
            if exercise.id in book:
                raise _wrong(file, f"exercise {exercise.id!r} stands twice; rename one", "id")
            _check_words(exercise, file)
            book[exercise.id] = exercise
    for exercise in book.values():
        if exercise.one_leg and exercise.one_leg not in book:
            raise RuleError(f"{exercise.id}: its one-leg variant {exercise.one_leg!r} is not in the library")
    return book


@cache
def block_versions(name: str = DEFAULT_BLOCK) -> tuple[str, ...]:
    """Return the versions of a block, oldest first; empty where there is no such block."""
    folder = files("evengait.knowledge").joinpath(f"strength/{name}")
    if name == "exercises" or not folder.is_dir():
        return ()
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml")))


@kept_by_language
def strength_block(name: str = DEFAULT_BLOCK, version: str | None = None) -> StrengthBlock:
    """Return a block in one version (None = the newest).

    Raises
    ------
    RuleError
        There is no such block or version, or its file is wrong.

    Examples
    --------
    >>> len(strength_block().weeks)
    6
    """
    versions = block_versions(name)
    wanted = version or (versions[-1] if versions else "")
    if wanted not in versions:
        raise RuleError(f"there is no strength block {name!r} of that version; update the program", key=name)
    return read_block(files("evengait.knowledge").joinpath(f"strength/{name}/{wanted}.toml"), exercises())


def read_block(file: Traversable, book: dict[str, Exercise]) -> StrengthBlock:
    """Return the block of one file, checked against the library.

    Raises
    ------
    RuleError
        Not valid, a key is unknown or missing, an exercise, site, demand or source is not known.
    """
    data = _read(file, "name", "words", "find", "supports")
    warm_up = data.pop("warm_up", {})
    try:
        parts: dict[str, Any] = {
            "sources": _many(Support, data.pop("source"), file),
            "weeks": _many(BlockWeek, data.pop("week"), file),
            "slots": _many(Slot, data.pop("slot"), file),
            "breaks": _many(Break, data.pop("break"), file),
            "spare": {item["site"]: tuple(item["demands"]) for item in data.pop("spare")},
            "loads": {kind.kind: kind for kind in _many(LoadKind, data.pop("load"), file)},
            "progress": _build(Progress, _tuples(data.pop("progress")), file.name),
            "pain": _build(PainRule, _tuples(data.pop("pain")), file.name),
            "apart": _build(Apart, _tuples(data.pop("apart")), file.name),
            "hard_run": _build(HardRun, data.pop("hard_run"), file.name),
            "warm_up": warm_up["words"],
            "warm_up_sets": _many(WarmUpShare, warm_up["set"], file),
        }
    except KeyError as error:
        raise _wrong(file, f"{error.args[0]!r} is missing", str(error.args[0])) from None
    data["version"] = str(data.get("version", ""))
    block: StrengthBlock = _build(StrengthBlock, _tuples(data) | parts, file.name)
    _check_block(block, book, file)
    return block


def _check_block(block: StrengthBlock, book: dict[str, Exercise], file: Traversable) -> None:
    named = {
        "exercise": ({choice for slot in block.slots for choice in slot.choices}, set(book)),
        "role": ({slot.role for slot in block.slots}, set(ROLES)),
        "site": (set(block.spare), set(SITES)),
        "demand": ({word for words in block.spare.values() for word in words}, set(DEMANDS)),
        "load": (set(block.loads), set(LOADS)),
        "evidence": (
            {source.id for source in block.sources}
            | {*block.progress.evidence, *block.pain.evidence, *block.apart.evidence},
            set(evidence()),
        ),
    }
    for what, (used, known) in named.items():
        if used - known:
            word = min(used - known)
            raise _wrong(file, f"{what} {word!r} is not known; add it or mend the word", word)
    if [week.number for week in block.weeks] != list(range(1, len(block.weeks) + 1)):
        raise _wrong(file, "weeks are numbered 1, 2, … in order; mend the numbers", "week")


def _check_words(exercise: Exercise, file: Traversable) -> None:
    for what, used, known in (
        ("movement", {exercise.movement}, MOVEMENTS),
        ("load", {exercise.load}, LOADS),
        ("measure", {exercise.measure}, MEASURES),
        ("equipment", set(exercise.needs), EQUIPMENT),
        ("demand", set(exercise.demands), DEMANDS),
    ):
        if not used <= set(known):
            word = min(used - set(known))
            raise _wrong(
                file, f"{exercise.id}: {what} {word!r} is not known; one of: {', '.join(known)}", what
            )


def _many(kind: type[Any], entries: list[dict[str, Any]], file: Traversable) -> tuple[Any, ...]:
    return tuple(_build(kind, _tuples(entry), file.name) for entry in entries)


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


def _wrong(file: Traversable, what: str, key: str) -> RuleError:
    return RuleError(f"{file.name}: {what}", file=file.name, key=key)
