"""A recording in brief, and its row of ``recordings``: there and back."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.actions._session_row import instant
from evengait.analysis.load.stretches import Stretches
from evengait.analysis.same_run.trace import NO_PLACE, NO_RATE, trace_of
from evengait.core.same_run import Brief, Trace

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from evengait.core.recording import Bout
    from evengait.core.same_run import Limits

TRACE_COLUMNS = (
    "trace_step_s",
    "trace_first",
    "trace_lat_semicircles",
    "trace_lon_semicircles",
    "trace_heart_rate_bpm",
    "trace_step_rate_spm",
)


def recording_id(sha256: str, place: int) -> str:
    """Return the identifier of one bout of a file."""
    return hashlib.sha256(f"{sha256}:{place}".encode()).hexdigest()[:16]


def brief_of(bout: Bout, sha256: str, place: int, limits: Limits) -> Brief:
    """Return a bout in brief.

    Parameters
    ----------
    bout : Bout
    sha256 : str
        Hash of its file's content.
    place : int
        Which bout of the file.
    limits : Limits
    """
    stretches = Stretches(bout)
    elapsed_s = float(stretches.clock_s[-1]) if len(stretches.clock_s) > 1 else bout.totals.elapsed_s or 0.0
    return Brief(
        recording_id(sha256, place),
        bout.start_us,
        bout.start_us + round(elapsed_s * 1e6),
        bout.sport,
        len(bout.samples),
        frozenset(
            name for name, pair in bout.samples.columns.items() if pair[1] is None or bool(pair[1].any())
        ),
        trace_of(bout.samples, limits),
        bout.sub_sport,
        bout.utc_offset_s,
        bout.name,
        bout.note,
    )


def recording_row(brief: Brief, sha256: str, place: int, problem: str | None) -> dict[str, Any]:
    """Return a row of ``recordings``, but for where and when it came in."""
    row = {
        "recording": brief.recording,
        "sha256": sha256,
        "place": place,
        "start": instant(brief.start_us),
        "elapsed_s": brief.elapsed_s,
        "sport": brief.sport,
        "sub_sport": brief.sub_sport,
        "utc_offset_s": brief.utc_offset_s,
        "name": brief.name,
        "note": brief.note,
        "samples": brief.samples,
        "columns": sorted(brief.columns),
        "problem": problem,
    }
    trace = brief.trace
    if trace is None:
        return row
    return row | {
        "trace_step_s": trace.step_s,
        "trace_first": trace.first,
        "trace_lat_semicircles": _nulls(trace.lat, NO_PLACE),
        "trace_lon_semicircles": _nulls(trace.lon, NO_PLACE),
        "trace_heart_rate_bpm": _nulls(trace.pulse, NO_RATE),
        "trace_step_rate_spm": _nulls(trace.step_rate, NO_RATE),
    }


def brief_of_row(row: dict[str, Any]) -> Brief:
    """Return a recording in brief from its row, without its trace."""
    start_us = round(row["start"].timestamp() * 1_000_000)
    return Brief(
        row["recording"],
        start_us,
        start_us + round((row["elapsed_s"] or 0.0) * 1e6),
        row["sport"],
        row["samples"] or 0,
        frozenset(row["columns"] or ()),
        None,
        row["sub_sport"],
        row["utc_offset_s"],
        row["name"],
        row["note"],
    )


def traces_of(table: pa.Table) -> dict[str, Trace | None]:
    """Return the traces of a table of recordings, by recording; columns ``recording`` and ``TRACE_COLUMNS``."""
    from evengait.storage.archive.contents import arrays_of, rows_of

    lists = [arrays_of(table, name) for name in TRACE_COLUMNS[2:]]
    found: dict[str, Trace | None] = {}
    for i, row in enumerate(rows_of(table.select(["recording", *TRACE_COLUMNS[:2]]))):
        name = row["recording"]
        if row["trace_step_s"] is None:
            found[name] = None
            continue
        lat, lon = (_filled(column[i], NO_PLACE) for column in lists[:2])
        pulse, rate = (_filled(column[i], NO_RATE) for column in lists[2:])
        found[name] = Trace(
            row["trace_step_s"],
            row["trace_first"],
            None if lat is None else lat.astype(np.int32),
            None if lon is None else lon.astype(np.int32),
            None if pulse is None else pulse.astype(np.int16),
            None if rate is None else rate.astype(np.int16),
        )
    return found


def _nulls(values: NDArray[Any] | None, unknown: int) -> NDArray[np.float64] | None:
    return None if values is None else np.where(values == unknown, np.nan, values.astype(np.float64))


def _filled(values: NDArray[np.float64] | None, unknown: int) -> NDArray[np.int64] | None:
    return (
        None
        if values is None
        else np.where(np.isnan(values), unknown, np.nan_to_num(values)).astype(np.int64)
    )
