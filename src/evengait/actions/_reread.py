"""Kept originals, read again: what an archive should hold of each, to compare with what it does hold."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.actions._recording_row import recording_id
from evengait.actions._remake import as_made
from evengait.actions._session_row import session_row
from evengait.actions.read_member import bouts_again
from evengait.core.columns import table
from evengait.core.errors import TableError
from evengait.storage.archive.originals import read_original
from evengait.storage.archive.rows import samples_table

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from evengait.actions._remake import Plan
    from evengait.core.recording import Bout

LAID_OVER = {"gravel_share", "trail_share", "surface_sure"}
"""Columns of ``sessions`` that are told when they are read, and not kept."""

Digests = dict[str, bytes]


def bouts_of(folder: Path, address: str) -> dict[str, Bout] | None:
    """Return the recordings in an original; None where it is missing or not what it was.

    Parameters
    ----------
    folder : Path
        The runner's folder.
    address : str
        As the column ``original`` of ``files`` has it.
    """
    sha = address.partition("!")[2]
    try:
        content = read_original(folder, address)
    except TableError:
        return None
    if hashlib.sha256(content).hexdigest() != sha:
        return None
    return {recording_id(sha, i): bout for i, bout in enumerate(bouts_again(content))}


def row_again(bout: Bout, plan: Plan) -> dict[str, Any]:
    """Return a session's row as it is made now."""
    return session_row(bout, plan.sources, plan.said, positions=plan.positions) | as_made(plan)


def differs(row: dict[str, Any], kept: dict[str, Any]) -> bool:
    """Tell whether a session as made now is another than the one that is kept."""
    return any(not _same(row.get(name), kept[name]) for name in table("sessions") if name not in LAID_OVER)


def digests(rows: pa.Table) -> dict[str, Digests]:
    """Return, for each session in rows of ``samples``, a short hash of every column that has a value.

    A session's rows lie together, in one part, in the order of time.
    """
    if not rows.num_rows:
        return {}
    rows = rows.combine_chunks()
    names = np.asarray(rows.column("session").to_numpy(zero_copy_only=False), dtype=object)
    starts = np.flatnonzero(np.concatenate(([True], names[1:] != names[:-1])))
    ends = np.append(starts[1:], len(names))
    columns = {name: _plain(rows.column(name)) for name in rows.column_names if name != "session"}
    out: dict[str, Digests] = {}
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        found = out.setdefault(str(names[start]), {})
        for name, (values, null) in columns.items():
            if null is None or not null[start:end].all():
                digest = hashlib.blake2b(values[start:end].tobytes(), digest_size=8)
                if null is not None and null[start:end].any():
                    digest.update(null[start:end].tobytes())
                # Where a session lies in two places, the same column is seen twice: then it is none's.
                found[name] = digest.digest() if name not in found else b"twice"
    return out


def digests_again(session: str, bout: Bout) -> Digests:
    """Return the same of a bout as it is read now."""
    return digests(samples_table([(session, bout.samples)])).get(session, {})


def _plain(column: Any) -> tuple[Any, Any]:
    if column.null_count == 0:
        return column.to_numpy(), None
    null = np.asarray(column.is_null())
    return np.where(null, 0, column.fill_null(0).to_numpy()), null


def _same(now: Any, kept: Any) -> bool:
    if isinstance(now, np.ndarray):
        now = [None if value != value else value for value in now.tolist()]
    if isinstance(now, list) or isinstance(kept, list):
        one, other = now or [], kept or []
        return (now is None) == (kept is None) and len(one) == len(other) and all(map(_same, one, other))
    if isinstance(now, float) and isinstance(kept, float):
        return bool(np.isclose(now, kept, rtol=1e-5, atol=1e-6, equal_nan=True))
    return bool(now == kept)
