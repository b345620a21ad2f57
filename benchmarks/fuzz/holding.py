"""What must hold of every file, however broken: one of four verdicts with a reason, and only values that may be."""

from __future__ import annotations

import math
import shutil
import traceback
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.actions._lists import Lists
from evengait.actions._recording_row import brief_of, recording_row
from evengait.actions._session_row import session_row
from evengait.actions.check_archive import check_archive
from evengait.actions.import_archive import VERDICTS, import_archive
from evengait.actions.read_member import Took, bouts_that_count, examine
from evengait.analysis.same_run.best import PLACE
from evengait.core.columns import table
from evengait.core.errors import EvengaitError, IngestError
from evengait.ingest._containers import Refusal, Walk
from evengait.ingest._dispatch import read
from evengait.ingest._member import Member, read_member
from evengait.ingest.strava_export import read_table
from evengait.knowledge.same_run import same_run_limits
from evengait.storage.archive.rows import recordings_table, samples_table, sessions_table

if TYPE_CHECKING:
    from evengait.core.label import Label
    from evengait.core.recording import Bout, Samples
    from fuzz.inputs import Input

WHOLE_EVERY = 25
"""One zip in so many goes through an import from end to end, with an archive, and once more."""


class Broken(AssertionError):
    """Something that must hold does not."""


def hold(given: Input, folder: Path) -> str:
    """Take one input in as an import does, and return what became of it.

    Parameters
    ----------
    given : Input
    folder : Path
        An empty folder; emptied again afterwards.

    Returns
    -------
    str
        ``session`` where at least one came in, else ``refused``.

    Raises
    ------
    Exception
        Whatever was found: it is for the caller to report.
    """
    path = folder / given.name
    path.write_bytes(given.data)
    try:
        if given.kind == "csv":
            _as_table(given.data)
        if given.kind == "zip" and given.number % WHOLE_EVERY == 0:
            _whole_import(path, folder / "home")
        return "session" if _members(path, folder / "spool") else "refused"
    finally:
        path.unlink(missing_ok=True)
        shutil.rmtree(folder / "spool", ignore_errors=True)
        shutil.rmtree(folder / "home", ignore_errors=True)


def _as_table(data: bytes) -> None:
    try:
        labels = read_table(data).labels
    except IngestError:
        return
    for label in labels.values():
        label_holds(label)


def label_holds(label: Label) -> None:
    """Refuse what no column may hold in what a runner said of a session."""
    _in_range("sessions", {"rpe_cr10": label.rpe_cr10})
    _finite("dirt_distance_m", label.dirt_distance_m)


def _members(path: Path, spool: Path) -> int:
    found = list(Walk(spool, lambda _: False).members(path))
    members = [item for item in found if isinstance(item, Member)]
    for item in found:
        if isinstance(item, Refusal):
            sentence(item.reason)
    lists = Lists(members)
    sessions = 0
    for member in members:
        examined = examine(member, lists.of(member))
        outcome = examined.outcome
        if outcome.verdict not in VERDICTS:
            raise Broken(f"verdict {outcome.verdict}")
        if outcome.reason is not None:
            sentence(outcome.reason)
            if "stumbled over it" in outcome.reason:
                _stumble_again(member)
        if not examined.bouts and outcome.reason is None:
            raise Broken("no session and no reason")
        if examined.bouts:
            validate(examined.bouts, rows_hold(examined.bouts))
            sessions += len(examined.bouts)
    return sessions


def _stumble_again(member: Member) -> None:
    """Raise what the reader stumbled over."""
    from evengait.ingest._dispatch import HEAD, recognise

    data = read_member(member).data
    for bout in bouts_that_count(read(recognise(data[:HEAD]) or "", data)):
        session_row(bout, [member.source], [], positions=True)
    raise Broken("stumbled once, not twice")


def took(bout: Bout, place: int) -> Took:
    """Return a bout as an import takes it."""
    brief = brief_of(bout, "0" * 64, place, same_run_limits())
    return Took(bout, place, brief, session_row(bout, ["samples=a"], (), positions=PLACE[0] in brief.columns))


def rows_hold(bouts: list[Took]) -> list[dict[str, Any]]:
    """Refuse samples and rows with a value that their columns do not allow; returns the rows of recordings."""
    recordings = [recording_row(took.brief, "0" * 64, took.place, None) for took in bouts]
    for took in bouts:
        _samples(took.bout.samples)
        _between(took)
        _in_range("sessions", took.session)
        if not date(1989, 1, 1) <= took.session["local_date"] <= date(2100, 1, 1):
            raise Broken("a date before the first watch or long after the last")
    for recording in recordings:
        _in_range("recordings", recording)
    return recordings


def validate(bouts: list[Took], recordings: list[dict[str, Any]]) -> None:
    """Make the archive's tables of bouts, and refuse what is not valid in them."""
    samples_table([(took.brief.recording, took.bout.samples) for took in bouts]).validate(full=True)
    sessions_table([took.session for took in bouts]).validate(full=True)
    recordings_table(recordings).validate(full=True)


def _between(took: Took) -> None:
    """Refuse samples outside their session's span of time, where the archive looks for them."""
    clock = took.bout.samples.timestamp_us
    if len(clock):
        end = took.bout.start_us + (took.session["elapsed_s"] or 0) * 1e6
        if clock[0] < took.bout.start_us - 3_600_000_000 or clock[-1] > end + 3_601_000_000:
            raise Broken("samples lie outside their session")


def _samples(samples: Samples) -> None:
    clock = samples.timestamp_us
    if (np.diff(clock) < 0).any():
        raise Broken("a clock that runs backwards came in")
    for name, (values, valid) in samples.columns.items():
        column = table("samples")[name]
        if values.shape != clock.shape or (valid is not None and valid.shape != clock.shape):
            raise Broken(f"{name}: {values.shape} for {clock.shape}")
        if values.dtype != np.dtype(column.dtype):
            raise Broken(f"{name}: {values.dtype}")
        known = values if valid is None else values[valid]
        if column.range is not None and len(known):
            low, high = (bound * column.scale for bound in column.range)
            if known.min() < low or known.max() > high:
                raise Broken(f"samples.{name}: outside its range")
        if name == "distance_m_x100" and (np.diff(known.astype(np.int64)) < 0).any():
            raise Broken("a distance that falls came in")
    if "lat_semicircles" in samples.columns:
        values, valid = samples.columns["lat_semicircles"]
        known = values if valid is None else values[valid]
        if (np.abs(known.astype(np.int64)) > 2**30).any():
            raise Broken("a latitude past the pole came in")


def _in_range(name: str, row: dict[str, Any]) -> None:
    for key, value in row.items():
        column = table(name)[key]
        if isinstance(value, float):
            _finite(key, value)
        if value is not None and column.range is not None and not column.range[0] <= value <= column.range[1]:
            raise Broken(f"{name}.{key}: outside its range")
        if value is not None and column.values is not None and value not in column.values:
            raise Broken(f"{name}.{key}: no word of its list")
        floats = isinstance(value, np.ndarray) and value.dtype.kind == "f"
        least = -(2**31) if key.endswith("_semicircles") else 0
        if floats and (np.isinf(value).any() or (value[~np.isnan(value)] < least).any()):
            raise Broken(f"{name}.{key}: infinite or below zero")


def _finite(name: str, value: float | None) -> None:
    if value is not None and not math.isfinite(value):
        raise Broken(f"{name}: not a finite number")


def sentence(reason: str) -> None:
    """Refuse what is no sentence for people."""
    if not reason or reason[-1] not in ".)" or "\n" in reason or "Traceback" in reason:
        raise Broken(f"no sentence: {reason!r}")
    reason.encode()


def _whole_import(path: Path, home: Path) -> None:
    try:
        first = import_archive(home, [path], workers=1)
        again = import_archive(home, [path], workers=1)
    except EvengaitError as error:
        raise Broken(f"the import ended with {type(error).__name__}") from error
    if again.counts["added"]:
        raise Broken("the same file came in twice")
    found = check_archive(home, home)
    if not found.sound or found.sessions != first.sessions:
        raise Broken("after the import the archive is not sound")


def signature(error: BaseException) -> str:
    """Return what tells one finding from another: the kind of error and where it was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "evengait" in frame.filename] or list(frames)
    where = f"{Path(ours[-1].filename).name}:{ours[-1].name}:{ours[-1].lineno}" if ours else "?"
    words = str(error)[:120] if isinstance(error, Broken) else ""
    return f"{type(error).__name__} {where} {words}".strip()
