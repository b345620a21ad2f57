"""Strength sets in from the CSV of an app, and out to one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evengait.actions._exercise_names import ids_by_name, titles
from evengait.core.errors import IngestError, UsageError
from evengait.core.language import say
from evengait.core.reasons import kept, reason_in_words
from evengait.ingest.strength_csv import SHAPES, read_sets, write_sets
from evengait.storage.records.strength import keep_sets, sets_of

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path
    from uuid import UUID

    from evengait.core.strength import StrengthSet
    from evengait.core.strength_setup import Weights

_KEPT = ("reps", "load_kg", "rir", "hold_s", "pain_nprs", "notes")
"""What an export may lack: the value that is there already stays."""


@dataclass(frozen=True)
class SetsImport:
    """What an import did.

    Attributes
    ----------
    shape : str
        Whose CSV it was.
    added, changed, same : int
        Sets.
    failed : tuple of (line, sentence)
        Rows that were left out.
    passed_over : int
        Rows that are no sets.
    own_names : tuple of str
        Exercises that the library does not know; kept under the runner's own name.
    """

    shape: str
    added: int
    changed: int
    same: int
    failed: tuple[tuple[int, str], ...]
    passed_over: int
    own_names: tuple[str, ...]


def import_sets(
    runner: UUID, file: Path, *, today: date, weights: Weights | None = None, dry_run: bool = False
) -> SetsImport:
    """Bring a CSV file of sets in; a bad row is told by its line, and the rest goes on.

    A set that is there already is not counted twice; what the file does not say of it (pain, say) stays.

    Parameters
    ----------
    weights : {"kg", "lb"}, optional
        The unit of weight where the file names none.
    dry_run : bool
        Say what would be done, and do nothing.

    Raises
    ------
    UsageError
        The file is not there, or is no CSV of sets.
    """
    try:
        found = read_sets(file.read_bytes(), ids_by_name(), weights)
    except OSError as error:
        raise UsageError(
            say(
                "The file could not be read: {strerror}. Check the path.",
                strerror=reason_in_words(str(error.strerror)),
            )
        ) from None
    except IngestError as error:
        raise UsageError(str(error)) from None
    ahead = sum(one.date > today for one in found.sets)
    sets = [one for one in found.sets if one.date <= today]
    first, last = min((s.date for s in sets), default=None), max((s.date for s in sets), default=None)
    there = {one.key: one for one in sets_of(runner, first, last)} if sets else {}
    merged = {one.key: _merged(one, there.get(one.key)) for one in sets}
    new = [one for key, one in merged.items() if key not in there]
    changed = [one for key, one in merged.items() if key in there and one != there[key]]
    if not dry_run:
        keep_sets(runner, [*new, *changed])
    failed = list(found.failed)
    if ahead:
        failed.append(
            (
                0,
                kept(
                    "{ahead:,} sets lie in the future and were left out; check the clock of the phone",
                    ahead=ahead,
                ),
            )
        )
    return SetsImport(
        found.shape, len(new), len(changed), len(merged) - len(new) - len(changed), tuple(failed), found.passed_over,
        tuple(sorted(found.own_names)),
    )  # fmt: skip


def _merged(one: StrengthSet, there: StrengthSet | None) -> StrengthSet:
    if there is None:
        return one
    said = {name: getattr(there, name) for name in _KEPT if getattr(one, name) is None}
    # Pounds come back from a file with an error far below a gram: the same load.
    if one.load_kg is not None and there.load_kg is not None and abs(one.load_kg - there.load_kg) < 1e-6:
        said["load_kg"] = there.load_kg
    return replace(one, **said, source=there.source)


def export_sets(
    runner: UUID,
    shape: str,
    *,
    weights: Weights = "kg",
    first: date | None = None,
    last: date | None = None,
) -> tuple[str, int]:
    """Return a runner's sets as the text of a CSV file, and how many they are.

    Raises
    ------
    UsageError
        The shape is not known.
    """
    if shape not in SHAPES:
        raise UsageError(say("A CSV of sets is one of: {names}.", names=", ".join(SHAPES)))
    sets = sets_of(runner, first, last)
    return write_sets(sets, shape, titles(), weights), len(sets)
