"""A Delta table's log: which Parquet files are in it now, and one atomic commit after another.

The log is ``deltalake``'s own. What is added here is that a commit lies on the disk itself before it counts as done,
and that a damaged log is one sentence.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from evengait.core.errors import TableError
from evengait.core.reasons import kept
from evengait.storage.archive.disk import flush_file, flush_folder
from evengait.storage.archive.schema import delta_schema

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from deltalake import DeltaTable

CHECKPOINT_EVERY = 10
"""Commits between checkpoints: what a reader, or the next commit, has to go through one by one."""

_RETENTION = {"delta.logRetentionDuration": "interval 1 days"}


@dataclass(frozen=True)
class Part:
    """One Parquet file of a table; the bounds are told to the log and not read back."""

    name: str
    size: int
    rows: int
    least: dict[str, str] = field(default_factory=dict, compare=False)
    most: dict[str, str] = field(default_factory=dict, compare=False)


class Log:
    """The log of the Delta table in one folder; every call sees what others have committed since."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.logs = folder / "_delta_log"

    def exists(self) -> bool:
        """Tell whether the folder holds a table."""
        return (self.logs / f"{0:020d}.json").exists() or (self.logs / "_last_checkpoint").exists()

    def create(self, name: str) -> None:
        """Make an empty table with the schema of ``columns.toml``; one that is there learns the columns it lacks."""
        from deltalake import DeltaTable, Schema

        schema = Schema.from_json(delta_schema(name))
        if not self.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            self._flush(DeltaTable.create(self.folder, schema, name=name, configuration=_RETENTION))
            return
        table = self._open()
        known = {column.name for column in table.schema().fields}
        lacking = [column for column in schema.fields if column.name not in known]
        if lacking:
            table.alter.add_columns(lacking)
            self._flush(table)

    def version(self) -> int:
        """Return the number of the newest commit; -1 = no table."""
        return self._open().version() if self.exists() else -1

    def parts(self) -> dict[str, Part]:
        """Return the files in the table now, by name, oldest first; none where there is no table.

        Raises
        ------
        TableError
            The log has a gap or cannot be read.
        """
        if not self.exists():
            return {}
        import pyarrow as pa

        rows = pa.table(self._open().get_add_actions(flatten=True)).select(
            ["path", "size_bytes", "num_records", "modification_time"]
        )
        found = sorted(rows.to_pylist(), key=lambda row: (row["modification_time"], row["path"]))
        return {row["path"]: Part(row["path"], row["size_bytes"], row["num_records"] or 0) for row in found}

    def commit(self, add: Iterable[Part] = (), remove: Iterable[Part] = (), *, changes: bool = True) -> int:
        """Add and remove files in one atomic step; it lies on the disk when this returns.

        Parameters
        ----------
        add, remove : iterable of Part
            Files that already lie in the folder; files in the table that shall count no more.
        changes : bool
            False where the same rows are only laid out anew.

        Returns
        -------
        int
            The commit's number.
        """
        from deltalake import CommitProperties, PostCommitHookProperties
        from deltalake.transaction import AddAction, RemoveAction

        now = int(time.time() * 1000)
        actions: list[AddAction | RemoveAction] = [
            AddAction(part.name, part.size, {}, now, changes, _stats(part)) for part in add
        ]
        actions += [RemoveAction(part.name, changes, now, part.size) for part in remove]
        table = self._open()
        table.create_write_transaction(
            actions,
            mode="append",
            schema=table.schema(),
            commit_properties=CommitProperties(max_commit_retries=0),
            post_commithook_properties=PostCommitHookProperties(
                create_checkpoint=False, cleanup_expired_logs=False
            ),
        )
        table.update_incremental()
        self._flush(table)
        if table.version() % CHECKPOINT_EVERY == 0:
            table.create_checkpoint()
        return table.version()

    def tidy(self) -> None:
        """Drop commits that are past their retention."""
        if self.version() >= CHECKPOINT_EVERY:
            self._open().cleanup_metadata()

    def _open(self) -> DeltaTable:
        from deltalake import DeltaTable
        from deltalake.exceptions import DeltaError

        try:
            return DeltaTable(self.folder)
        except (DeltaError, OSError, ValueError) as error:
            raise TableError(
                kept(
                    "The archive's table {name!r} cannot be read: its log is damaged. Put the folder "
                    "back from a backup; nothing was changed.",
                    name=self.folder.name,
                )
            ) from error

    def _flush(self, table: Any) -> None:
        flush_file(self.logs / f"{table.version():020d}.json")
        flush_folder(self.logs)


def _stats(part: Part) -> str:
    return json.dumps({"numRecords": part.rows, "minValues": part.least, "maxValues": part.most})
