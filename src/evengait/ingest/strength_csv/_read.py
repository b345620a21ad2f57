"""Read a CSV of sets: which app's it is, line by line; a bad row is told by its line and the rest goes on."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from evengait.core.errors import IngestError, TableError
from evengait.core.reasons import kept
from evengait.core.strength import StrengthSet
from evengait.ingest.strength_csv import _hevy, _own, _strong

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evengait.core.strength_setup import Weights

SHAPES: Mapping[str, Any] = MappingProxyType({"strong": _strong, "hevy": _hevy, "evengait": _own})
LARGEST = 64 * 1024 * 1024
"""Bytes of the largest CSV that is read: ten years of sets have some five."""


@dataclass
class SetsFile:
    """What a file held.

    Attributes
    ----------
    shape : {"strong", "hevy", "evengait"}
    sets : list of StrengthSet
        In the order of the file.
    failed : list of (line, sentence)
        Rows that were left out, by the line on which they begin.
    passed_over : int
        Rows that are no sets: rest timers, distances.
    own_names : set of str
        Exercises that the library does not have; their sets are kept under ``own:<name>``.
    """

    shape: str
    sets: list[StrengthSet] = field(default_factory=list)
    failed: list[tuple[int, str]] = field(default_factory=list)
    passed_over: int = 0
    own_names: set[str] = field(default_factory=set)


def read_sets(data: bytes, names: Mapping[str, str], weights: Weights | None = None) -> SetsFile:
    """Return the sets of a CSV file.

    Parameters
    ----------
    data : bytes
        The file; UTF-8.
    names : mapping of name to id
        Names of the library's exercises, in small letters, those of apps too.
    weights : {"kg", "lb"}, optional
        The unit of weight, where the file does not say it.

    Raises
    ------
    IngestError
        No CSV of sets, or the unit of weight is said nowhere.
    """
    text = _text(data)
    head = text.partition("\n")[0]
    comma = max(",;\t", key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=comma, strict=True)
    try:
        columns = tuple(name.strip().casefold() for name in next(lines, []))
    except csv.Error:
        columns = ()
    shape = next((name for name, part in SHAPES.items() if set(part.NEEDS) <= set(columns)), None)
    if shape is None:
        raise IngestError(
            kept(
                "The first line names no columns of Strong, Hevy or evengait. Export the workouts as CSV and try again."
            ),
            format="csv",
        )
    found = SetsFile(shape)
    word = "" if shape == "evengait" else _unit(SHAPES[shape], columns, weights)
    numbers: Counter[tuple[Any, ...]] = Counter()
    for line, cells in _rows(lines, columns, found):
        try:
            one = _own.set_of(cells) if shape == "evengait" else _set(shape, cells, word, names, numbers)
        except TableError as error:
            found.failed.append((line, str(error)))
            continue
        if one is None:
            found.passed_over += 1
            continue
        found.sets.append(one)
        if one.exercise.startswith("own:"):
            found.own_names.add(one.exercise.removeprefix("own:"))
    return found


def _set(
    shape: str,
    cells: Mapping[str, str],
    word: str,
    names: Mapping[str, str],
    numbers: Counter[tuple[Any, ...]],
) -> StrengthSet | None:
    row = SHAPES[shape].row(cells, word)
    if row is None:
        return None
    if not row.title:
        raise TableError(kept("the set names no exercise; fill the cell"), column="exercise")
    exercise = names.get(row.title.casefold(), f"own:{row.title}")
    place = (row.date, row.started, exercise, row.side)
    one = StrengthSet(
        row.date, exercise, numbers[place] + 1, row.reps, row.load_kg, row.rir, row.side, row.hold_s, row.pain_nprs,
        row.notes, shape, row.kind, row.started,
    )  # fmt: skip
    numbers[place] += 1
    return one


def _unit(shape: Any, columns: tuple[str, ...], weights: Weights | None) -> str:
    named: str | None = shape.unit(columns)
    if named is None and weights is None:
        raise IngestError(
            kept(
                "The file does not say whether weights are kg or lb. Say it with --weights kg or --weights lb."
            ),
            format="csv",
        )
    return named if named is not None else str(weights)


def _rows(lines: Any, columns: tuple[str, ...], found: SetsFile) -> Iterator[tuple[int, dict[str, str]]]:
    while True:
        line = lines.line_num + 1
        try:
            cells = next(lines, None)
        except csv.Error:
            found.failed.append((line, kept("the line is no CSV; mend it and import the file again")))
            continue
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(columns):
            found.failed.append(
                (line, kept("the row has more cells than the first line has names; mend the row"))
            )
            continue
        yield line, dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True))


def _text(data: bytes) -> str:
    if len(data) > LARGEST:
        raise IngestError(
            kept("The file is too large for a list of sets. Check that it is the right one."), format="csv"
        )
    try:
        return data.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        raise IngestError(
            kept("The file is no text in UTF-8. Save it as CSV in UTF-8 and try again."), format="csv"
        ) from None
