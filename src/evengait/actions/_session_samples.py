"""Samples of the archive as a bout again, for analysis that looks at seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evengait.core.columns import table
from evengait.core.recording import Bout, Samples

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from evengait.storage.archive import Archive

GAIT = (
    "timestamp",
    "distance_m_x100",
    "speed_m_s_x1000",
    "step_rate_spm_x64",
    "lat_semicircles",
    "lon_semicircles",
)


def bouts_of(archive: Archive, sports: Mapping[str, str], columns: Sequence[str] = GAIT) -> dict[str, Bout]:
    """Return sessions as bouts, with the columns that are asked for; a session without samples is left out.

    Parameters
    ----------
    sports : mapping of session to sport
        Which sessions.
    """
    if not sports:
        return {}
    frame = archive.samples(sports).select("session", *columns).collect()
    return {
        str(key[0]): _bout(part.sort("timestamp"), sports[str(key[0])])
        for key, part in frame.partition_by("session", as_dict=True).items()
    }


def _bout(frame: pl.DataFrame, sport: str) -> Bout:
    clock = frame["timestamp"].dt.timestamp("us").to_numpy()
    known = table("samples")
    columns = {}
    for name in frame.columns:
        if name in {"session", "timestamp"} or name not in known or frame[name].null_count() == len(frame):
            continue
        valid = frame[name].is_not_null().to_numpy()
        columns[name] = (frame[name].fill_null(0).to_numpy(), None if valid.all() else valid)
    return Bout(int(clock[0]) if len(clock) else 0, sport, Samples(clock.astype(np.int64), columns))
