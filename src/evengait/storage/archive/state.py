"""What is wrong with a table on the disk: its log, and each of its parts. Changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evengait.core.errors import TableError
from evengait.core.reasons import kept
from evengait.storage.archive.contents import read_parts
from evengait.storage.archive.log import Part
from evengait.storage.archive.part import rows_in
from evengait.storage.archive.schema import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import pyarrow as pa

    from evengait.storage.archive.layout import Layout
    from evengait.storage.archive.log import Log

MISSING = "missing"
LOG_CHANGED = "changed"
LOG_DAMAGED = "damaged"

_GONE = kept("A part of the archive's table '{name}' is missing.")
_CHANGED = kept("A part of the archive's table '{name}' is not as it was written.")
_TORN = kept("A part of the archive's table '{name}' cannot be read whole.")

_FROM_THE_FIRST = {"samples", "sessions", "files"}
"""Tables that every archive has, however old."""


@dataclass
class TableState:
    """One table as it lies on the disk.

    Attributes
    ----------
    name : str
    log : str or None
        What is wrong with its log: ``missing``, ``changed`` (a file of it has another hash, or is gone) or
        ``damaged`` (it cannot be read); None = nothing.
    changed : tuple of str
        Names of the log's files that are not as they were written, or are gone.
    parts : list of Part
        Whole parts, by the log.
    bad : dict of Part to str
        Parts that are missing or damaged, and a sentence that says how.
    """

    name: str
    log: str | None = None
    changed: tuple[str, ...] = ()
    parts: list[Part] = field(default_factory=list)
    bad: dict[str, tuple[Part, str]] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.log is None and not self.bad


def inspect(
    layout: Layout,
    name: str,
    changed: Collection[str],
    known: Collection[str],
    on_rows: Callable[[pa.Table], None] = lambda _: None,
) -> TableState:
    """Look through a table, part by part.

    Parameters
    ----------
    layout : Layout
    name : str
    changed : collection of str
        Relative paths of files that do not have their hash.
    known : collection of str
        Relative paths that were hashed once: a table among them must be there.
    on_rows : callable
        Called with the rows of every whole part.
    """
    state = TableState(name)
    log = layout.logs[name]
    logs = f"{name}/_delta_log/"
    state.changed = tuple(path[len(logs) :] for path in changed if path.startswith(logs))
    state.changed += tuple(_needed(log, [path[len(logs) :] for path in known if path.startswith(logs)]))
    if not log.exists():
        must = name in _FROM_THE_FIRST and any(layout.originals.glob("*.zip"))
        if must or any(path.startswith(f"{name}/") for path in known) or any(log.folder.glob("*.parquet")):
            state.log = MISSING
        return state
    parts = parts_of(log)
    if parts is None:
        state.log = LOG_DAMAGED
        parts = {}
        for path in log.folder.glob("*.parquet"):
            if f"{name}/{path.name}" in changed:
                state.bad[path.name] = (
                    Part(path.name, path.stat().st_size, rows_in(path) or 0),
                    _CHANGED.format(name=name),
                )
    if state.changed and state.log is None:
        state.log = LOG_CHANGED
    for part in parts.values():
        wrong = _wrong(layout, name, part, changed, on_rows)
        if wrong is None:
            state.parts.append(part)
        else:
            state.bad[part.name] = part, wrong
    return state


def _needed(log: Log, known: list[str]) -> list[str]:
    """Return the log's files that are gone and are not covered by a checkpoint."""
    covered = max((path.name[:20] for path in log.logs.glob("*.checkpoint*.parquet")), default="")
    gone = [name for name in known if not (log.logs / name).exists()]
    return [name for name in gone if not name[:20].isdigit() or name[:20] > covered]


def parts_of(log: Log) -> dict[str, Part] | None:
    """Return a table's parts by its log; None where the log cannot be read."""
    try:
        return log.parts()
    except TableError:
        return None


def whole_rows(layout: Layout, name: str, part: Part) -> pa.Table | None:
    """Return a part's rows where every page of it has its checksum and none is missing; None else."""
    try:
        rows = read_parts(layout.logs[name].folder, name, [part], arrow_schema(name).names)
    except TableError:
        return None
    return rows if rows.num_rows == part.rows else None


def _wrong(
    layout: Layout,
    name: str,
    part: Part,
    changed: Collection[str],
    on_rows: Callable[[pa.Table], None],
) -> str | None:
    if not (layout.logs[name].folder / part.name).exists():
        return _GONE.format(name=name)
    if f"{name}/{part.name}" in changed:
        return _CHANGED.format(name=name)
    rows = whole_rows(layout, name, part)
    if rows is None:
        return _TORN.format(name=name)
    on_rows(rows)
    return None
