"""Broken files through their readers alone, without an archive: the engines take turns, and at times must agree."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.actions._exercise_names import ids_by_name
from evengait.actions.read_member import bouts_that_count
from evengait.core.errors import IngestError
from evengait.ingest._containers import Refusal, Walk
from evengait.ingest._dispatch import HEAD, read, recognise
from evengait.ingest._member import read_member
from evengait.ingest.garmin_export import read_gear, read_list
from evengait.ingest.strava_export import read_table
from evengait.ingest.strength_csv import read_sets
from fuzz.holding import Broken, label_holds, rows_hold, sentence, took, validate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from evengait.core.recording import Recording
    from fuzz.inputs import Input

TABLES_EVERY = 32
"""Of so many inputs that gave a session, one is made into the archive's tables too."""

BOTH_EVERY = 4
"""Of so many inputs one is read by both engines, which must agree to the bit; the others by one or the other."""

_NO_KERNEL = "EVENGAIT_NO_KERNEL"


def read_through(given: Input, folder: Path) -> str:
    """Read one input as its format's readers do; returns ``session`` where there was a bout or a row in it.

    Raises
    ------
    Exception
        Whatever was found: an error other than the readers' own, engines that disagree, a value that must not be.
    """
    if given.kind in {"gz", "zip"}:
        return _verdict(sum([_recording(data, given.number) for data in _unpacked(given, folder)]))
    if given.kind == "csv":
        return _verdict(_lists(given.data))
    if given.kind == "json":
        return _verdict(_json(given.data))
    return _verdict(_recording(given.data, given.number))


def _verdict(count: int) -> str:
    return "session" if count else "refused"


def _unpacked(given: Input, folder: Path) -> Iterator[bytes]:
    path, spool = folder / given.name, folder / "spool"
    path.write_bytes(given.data)
    try:
        for item in Walk(spool, lambda _: False).members(path):
            if isinstance(item, Refusal):
                sentence(item.reason)
                continue
            try:
                yield read_member(item).data
            except IngestError as error:
                sentence(str(error))
    finally:
        path.unlink()
        if spool.exists():
            for copy in spool.iterdir():
                copy.unlink()


def _recording(data: bytes, number: int) -> int:
    name = recognise(data[:HEAD])
    if name is None:
        return 0
    both = number % BOTH_EVERY == 0
    found = _read(name, data, plain=not both and number % 2 == 1)
    if both and _told(found) != _told(_read(name, data, plain=True)):
        raise Broken(f"the two engines of {name} read otherwise")
    if isinstance(found, IngestError):
        return 0
    for problem in found.problems:
        sentence(problem)
    bouts = [took(bout, i) for i, bout in enumerate(bouts_that_count(found))]
    recordings = rows_hold(bouts)
    if number % TABLES_EVERY == 0 and bouts:
        validate(bouts, recordings)
    return len(bouts)


def _read(name: str, data: bytes, *, plain: bool) -> Recording | IngestError:
    try:
        if plain:
            with _plain_engines():
                return read(name, data)
        return read(name, data)
    except IngestError as error:
        sentence(str(error))
        return error


@contextmanager
def _plain_engines() -> Iterator[None]:
    before = os.environ.get(_NO_KERNEL)
    os.environ[_NO_KERNEL] = "1"
    try:
        yield
    finally:
        os.environ.pop(_NO_KERNEL)
        if before is not None:
            os.environ[_NO_KERNEL] = before


def _told(found: Recording | IngestError) -> Any:
    """Return all that was read, to be compared: NaN is equal to itself here."""
    if isinstance(found, IngestError):
        return str(found), found.format, found.offset
    bouts = [
        (
            *(repr(value) for key, value in vars(bout).items() if key != "samples"),
            bout.samples.timestamp_us.tobytes(),
            {name: _known(*column) for name, column in bout.samples.columns.items()},
        )
        for bout in found.bouts
    ]
    return found.kind, found.problems, bouts


def _known(values: np.ndarray, valid: np.ndarray | None) -> tuple[str, bytes, bytes]:
    there = np.ones(len(values), np.bool_) if valid is None else valid
    return str(values.dtype), values[there].tobytes(), there.tobytes()


def _lists(data: bytes) -> int:
    count = 0
    try:
        labels = read_table(data).labels
        for label in labels.values():
            label_holds(label)
        count += len(labels)
    except IngestError as error:
        sentence(str(error))
    try:
        count += len(read_sets(data, ids_by_name(), "kg").sets)
    except IngestError as error:
        sentence(str(error))
    return count


def _json(data: bytes) -> int:
    count = len(read_list(data)[0])
    try:
        return count + len(read_gear(data))
    except IngestError as error:
        sentence(str(error))
        return count
