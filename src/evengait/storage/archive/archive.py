"""A runner's archive for reading: sessions, samples, files and batches as Polars frames."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import polars as pl

from evengait.analysis.surface.told import with_ground
from evengait.core.columns import polars_schema
from evengait.core.errors import TableError
from evengait.core.reasons import kept
from evengait.storage.archive.form import refuse_newer
from evengait.storage.archive.layout import Layout, chunk_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

T = TypeVar("T")


class Archive:
    """A runner's folder, opened for reading.

    A folder that is not there, or has nothing in it yet, is an archive without rows. Only what the table ``files``
    knows is shown: what an import that was cut off left behind does not count.

    Parameters
    ----------
    folder : Path or str
        The runner's folder, ``<home>/runners/<runner>``.

    Raises
    ------
    TableError
        A newer version of this program made it.

    Examples
    --------
    >>> Archive("nowhere").sessions().height
    0
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self._layout = Layout(self.folder)
        refuse_newer(self.folder)

    def held(self, name: Hashable, make: Callable[[], T]) -> T:  # noqa: ARG002 - for who keeps what was read
        """Return what ``make`` reads from the archive; :class:`KeptArchive` remembers it under ``name``."""
        return make()

    def version(self) -> str:
        """Return a short text that changes whenever something comes in, goes or is laid out anew."""
        return ".".join(str(self._layout.logs[name].version()) for name in ("files", "sessions"))

    def files(self) -> pl.DataFrame:
        """Return one row per file that an import looked at, oldest import first.

        Returns
        -------
        DataFrame
            Columns of ``columns.toml`` [files].
        """
        return self._read("files", self._layout.logs["files"].parts())

    def sessions(self) -> pl.DataFrame:
        """Return one row per session, by start.

        Returns
        -------
        DataFrame
            Columns of ``columns.toml`` [sessions]; the ground from the most telling witness.

        Raises
        ------
        TableError
            A file of the archive is missing or damaged.
        """
        return self.held("sessions", self._sessions)

    def _sessions(self) -> pl.DataFrame:
        sessions = self._read("sessions", self._layout.logs["sessions"].parts())
        counted = self._counting(sessions).sort("start", "session")
        return with_ground(counted, self.surfaces())

    def surfaces(self) -> pl.DataFrame:
        """Return one row per session that was looked at for its ground, in no order.

        Returns
        -------
        DataFrame
            Columns of ``columns.toml`` [surfaces]; a session that is gone may still have a row.
        """
        return self.held("surfaces", lambda: self._read("surfaces", self._layout.logs["surfaces"].parts()))

    def samples(self, session: str | Iterable[str] | None = None) -> pl.LazyFrame:
        """Return samples, lazily; only the parts and row groups in question are read.

        Parameters
        ----------
        session : str or iterable of str, optional
            Which sessions; None = all.

        Returns
        -------
        LazyFrame
            Columns of ``columns.toml`` [samples]; each session's rows in the order of time.
        """
        schema = polars_schema("samples")
        known = self.held("known", self._known)
        if session is not None:
            wanted = [session] if isinstance(session, str) else list(session)
            known = known.filter(pl.col("session").is_in(wanted))
        # None: merged parts hold only what was committed when they were merged.
        chunks = {None, *self._chunks()}
        names = self.held("samples", lambda: [*self._layout.logs["samples"].parts()])
        parts = [name for name in names if chunk_of(name) in chunks]
        if not parts or known.is_empty():
            return pl.LazyFrame(schema=schema)
        folder = self._layout.logs["samples"].folder
        frame = _scan([folder / name for name in parts], schema)
        if session is not None:
            # The clock's bounds let a reader skip row groups; ids made from hashes cannot.
            end = pl.col("start") + pl.duration(milliseconds=(pl.col("elapsed_s").fill_null(0) + 1) * 1000)
            first, last = known.select(pl.col("start").min(), end.max().alias("end")).row(0)
            slack = pl.duration(hours=1)
            frame = frame.filter(pl.col("timestamp").is_between(pl.lit(first) - slack, pl.lit(last) + slack))
        return frame.filter(pl.col("session").is_in(known["session"].implode()))

    def batches(self) -> pl.DataFrame:
        """Return one row per import: when, how many files of each verdict, how many sessions.

        Returns
        -------
        DataFrame
            ``batch``, ``imported_at``, ``added``, ``duplicate``, ``not_a_session``, ``failed`` (files), ``sessions``.
        """
        verdict = pl.col("verdict")
        return (
            self.files()
            .group_by("batch")
            .agg(
                pl.col("imported_at").min(),
                *(
                    (verdict == word).sum().alias(word)
                    for word in ("added", "duplicate", "not_a_session", "failed")
                ),
                pl.col("sessions").filter(verdict == "added").list.len().sum().alias("sessions"),
            )
            .sort("imported_at", "batch")
        )

    def _counting(self, sessions: pl.DataFrame) -> pl.DataFrame:
        """Keep the sessions whose recordings are all in; of those that name none, what an import added."""
        parts = self._layout.logs["recordings"].parts()
        rows = self._read("recordings", parts, ["recording", "chunk"])
        there = rows.filter(pl.col("chunk").is_in(self._chunks().implode()))["recording"]
        made_of = sessions.select("session", "recordings").explode("recordings", empty_as_null=True)
        lost = made_of.filter(
            pl.col("recordings").is_not_null() & ~pl.col("recordings").is_in(there.implode())
        )
        files = self._read("files", self._layout.logs["files"].parts(), ["verdict", "sessions"])
        added = files.filter(pl.col("verdict") == "added")["sessions"].explode(empty_as_null=False)
        named = pl.col("recordings").list.len().fill_null(0) > 0
        return sessions.filter(
            ~pl.col("session").is_in(lost["session"].implode())
            & (named | pl.col("session").is_in(added.drop_nulls().implode()))
        )

    def _known(self) -> pl.DataFrame:
        """Return of every session that counts when it was and what it is made of."""
        columns = ["session", "start", "elapsed_s", "recordings"]
        parts = self._layout.logs["sessions"].parts()
        return self._counting(self._read("sessions", parts, columns))

    def _chunks(self) -> pl.Series:
        return self.held(
            "chunks",
            lambda: self._read("files", self._layout.logs["files"].parts(), ["chunk"])["chunk"].unique(),
        )

    def _read(self, name: str, parts: Iterable[str], columns: list[str] | None = None) -> pl.DataFrame:
        schema = polars_schema(name)
        paths = [self._layout.logs[name].folder / part for part in parts]
        names = columns or list(schema)
        if not paths:
            return pl.DataFrame(schema={key: schema[key] for key in names})
        try:
            return (
                pl.scan_parquet(paths, missing_columns="insert", extra_columns="ignore", schema=schema)
                .select(names)
                .collect()
            )
        except (OSError, pl.exceptions.PolarsError) as error:
            raise TableError(
                kept(
                    "The archive's table {name!r} cannot be read: a file is missing or damaged. Run "
                    "`evengait doctor` to see what is affected.",
                    name=name,
                )
            ) from error


def _scan(paths: list[Path], schema: dict[str, pl.DataType]) -> pl.LazyFrame:
    # Older parts may lack a column, and those of a newer version have one more.
    return pl.scan_parquet(paths, missing_columns="insert", extra_columns="ignore", schema=schema)
