"""Sessions made of their samples alone, where their row and their original are both lost: better than nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evengait.core.recording import Bout, Samples
from evengait.storage.archive.contents import read_parts
from evengait.storage.archive.schema import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evengait.analysis.same_run.best import Choice
    from evengait.storage.archive.layout import Layout


def bouts_of_samples(layout: Layout, sessions: Mapping[str, Choice]) -> Iterator[tuple[str, Bout]]:
    """Yield sessions as bouts that know nothing but their samples and what their recordings' rows say.

    Parameters
    ----------
    layout : Layout
    sessions : mapping of session to Choice
    """
    log = layout.logs["samples"]
    wanted = pa.array(sorted(sessions), pa.string())
    for part in log.parts().values() if sessions else ():
        rows: Any = read_parts(log.folder, "samples", [part], arrow_schema("samples").names)
        rows = rows.filter(pc.is_in(rows.column("session"), value_set=wanted))
        for session in rows.column("session").unique().to_pylist():
            own = rows.filter(pc.equal(rows.column("session"), session))
            yield str(session), _bout(own, sessions[str(session)])


def _bout(rows: Any, choice: Choice) -> Bout:
    clock = rows.column("timestamp").cast(pa.int64()).to_numpy()
    columns = {}
    for field in list(arrow_schema("samples"))[2:]:
        column = rows.column(field.name)
        if column.null_count == len(column):
            continue
        valid = None if column.null_count == 0 else np.asarray(column.is_valid())
        columns[field.name] = column.fill_null(0).to_numpy(), valid
    samples = Samples(clock, columns)
    return Bout(int(clock[0]), choice.sport, samples, choice.sub_sport, choice.utc_offset_s)
