"""A Delta table's log: which Parquet files are in it now, and one atomic commit after another.

Every commit is a small JSON file that appears whole or not at all; readers are Delta's own (Polars, Spark, DuckDB,
delta-rs). Written here because ``deltalake`` replays the log at every commit (2.5 ms at first, 50 ms at the sixtieth)
and takes 0.2 s to load: see ``docs/decisions/0002-archive-table-format.md``. Checkpoints are left to ``deltalake``.
"""

from __future__ import annotations

import contextlib
import json
import time
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from evengait.core.errors import TableError
from evengait.storage.archive.disk import write_new
from evengait.storage.archive.schema import delta_schema

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

CHECKPOINT_EVERY = 100
"""Commits between checkpoints: what a reader has to go through one by one."""


@dataclass(frozen=True)
class Part:
    """One Parquet file of a table."""

    name: str
    size: int
    rows: int
    least: dict[str, str] = field(default_factory=dict)
    most: dict[str, str] = field(default_factory=dict)


@dataclass
class _State:
    """A log as it was read: its newest commit, the parts after it, and that commit's file to know it by."""

    version: int
    parts: dict[str, Part]
    about: dict[str, Any] = field(default_factory=dict)
    stamp: tuple[int, int] | None = None


class Log:
    """The log of the Delta table in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.logs = folder / "_delta_log"
        self._read = _State(-1, {})

    def exists(self) -> bool:
        """Tell whether the folder holds a table."""
        return self._commit_path(0).exists() or (self.logs / "_last_checkpoint").exists()

    def create(self, name: str) -> None:
        """Make an empty table with the schema of ``columns.toml``; one that is there learns the columns it lacks."""
        self.logs.mkdir(parents=True, exist_ok=True)
        state = self._now()
        if state.version < 0:
            about = {
                "id": str(uuid.uuid4()),
                "name": name,
                "format": {"provider": "parquet", "options": {}},
                "schemaString": delta_schema(name),
                "partitionColumns": [],
                "configuration": {"delta.logRetentionDuration": "interval 1 days"},
                "createdTime": _now_ms(),
            }
            protocol = {"minReaderVersion": 1, "minWriterVersion": 2}
            self._write(0, "CREATE TABLE", [{"protocol": protocol}, {"metaData": about}])
        elif state.about.get("schemaString") != delta_schema(name):
            about = state.about | {"schemaString": delta_schema(name)}
            self._write(state.version + 1, "ADD COLUMNS", [{"metaData": about}])

    def version(self) -> int:
        """Return the number of the newest commit; -1 = no table."""
        return self._now().version

    def parts(self) -> dict[str, Part]:
        """Return the files in the table now, by name, oldest first; none where there is no table.

        Raises
        ------
        TableError
            The log has a gap or cannot be read.
        """
        return dict(self._now().parts)

    def commit(
        self, add: Iterable[Part] = (), remove: Iterable[Part] = (), *, operation: str, changes: bool = True
    ) -> int:
        """Add and remove files in one atomic step.

        Parameters
        ----------
        add, remove : iterable of Part
            Files that already lie in the folder; files in the table that shall count no more.
        operation : str
            Delta's word for it: ``WRITE``, ``DELETE``, ``OPTIMIZE``.
        changes : bool
            False where the same rows are only laid out anew.

        Returns
        -------
        int
            The commit's number.
        """
        version = self.version() + 1
        lines = [{"add": _add(part, changes=changes)} for part in add]
        lines += [{"remove": _remove(part, changes=changes)} for part in remove]
        self._write(version, operation, lines)
        return version

    def checkpoint_if_due(self) -> None:
        """Write a checkpoint, and drop commits past their retention, where many commits have come since the last."""
        if self.version() - max(self._checkpointed(), 0) < CHECKPOINT_EVERY:
            return
        from deltalake import DeltaTable
        from deltalake.exceptions import DeltaError

        # A checkpoint only saves readers time: without it the log says the same.
        with contextlib.suppress(DeltaError, OSError):
            table = DeltaTable(self.folder)
            table.create_checkpoint()
            table.cleanup_metadata()

    def _write(self, version: int, operation: str, lines: list[dict[str, Any]]) -> None:
        about = {"timestamp": _now_ms(), "operation": operation, "engineInfo": "evengait"}
        text = "\n".join(json.dumps(line, ensure_ascii=False) for line in [{"commitInfo": about}, *lines])
        write_new(self._commit_path(version), text.encode())

    def _now(self) -> _State:
        """Return what the log says now; what was read before is taken up where it ended, since a log only grows."""
        state = self._read
        if state.version < 0 or self._stamp(state.version) != state.stamp:
            start = self._checkpointed()
            state = self._checkpoint(start) if start >= 0 else _State(start, {})
        while self._commit_path(state.version + 1).exists():
            actions = self._actions(state.version + 1)
            state.version += 1
            for action in actions:
                if "add" in action:
                    part = _part(action["add"])
                    state.parts[part.name] = part
                elif "remove" in action:
                    state.parts.pop(unquote(action["remove"]["path"]), None)
                elif "metaData" in action:
                    state.about = action["metaData"]
        state.stamp = self._stamp(state.version)
        self._read = state
        return state

    def _stamp(self, version: int) -> tuple[int, int] | None:
        try:
            about = self._commit_path(version).stat()
        except FileNotFoundError:
            return None
        return about.st_ino, about.st_mtime_ns

    def _commit_path(self, version: int) -> Path:
        return self.logs / f"{version:020d}.json"

    def _checkpointed(self) -> int:
        try:
            return int(json.loads((self.logs / "_last_checkpoint").read_text("utf-8"))["version"])
        except FileNotFoundError:
            return -1

    def _checkpoint(self, version: int) -> _State:
        import pyarrow.parquet as pq

        try:
            rows = pq.read_table(
                self.logs / f"{version:020d}.checkpoint.parquet", columns=["add", "metaData"]
            )
        except OSError as error:
            raise TableError(
                f"The archive's table {self.folder.name!r} cannot be read: "
                f"its checkpoint {version} is missing or damaged."
            ) from error
        parts = [_part(row) for row in rows.column("add").to_pylist() if row is not None]
        about: dict[str, Any] = next(
            (row for row in rows.column("metaData").to_pylist() if row is not None), {}
        )
        # Parquet's maps come as lists of pairs; in the log's JSON they are objects.
        about["configuration"] = dict(about.get("configuration") or {})
        about["format"] = {"provider": "parquet", "options": {}}
        return _State(version, {part.name: part for part in parts}, about)

    def _actions(self, version: int) -> list[dict[str, Any]]:
        try:
            lines = self._commit_path(version).read_text("utf-8").splitlines()
            return [json.loads(line) for line in lines if line.strip()]
        except (OSError, ValueError) as error:
            raise TableError(
                f"The archive's table {self.folder.name!r} cannot be read: its commit {version} is missing or damaged."
            ) from error


def _part(add: dict[str, Any]) -> Part:
    stats = json.loads(add.get("stats") or "{}")
    return Part(
        unquote(add["path"]),
        int(add["size"]),
        int(stats.get("numRecords", 0)),
        stats.get("minValues", {}),
        stats.get("maxValues", {}),
    )


def _add(part: Part, *, changes: bool) -> dict[str, Any]:
    stats = {"numRecords": part.rows, "minValues": part.least, "maxValues": part.most}
    return {
        "path": quote(part.name),
        "partitionValues": {},
        "size": part.size,
        "modificationTime": _now_ms(),
        "dataChange": changes,
        "stats": json.dumps(stats),
    }


def _remove(part: Part, *, changes: bool) -> dict[str, Any]:
    return {
        "path": quote(part.name),
        "deletionTimestamp": _now_ms(),
        "dataChange": changes,
        "size": part.size,
    }


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
