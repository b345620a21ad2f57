"""A lake: Parquet files of many runners under pseudonyms, on a disk or in an object storage, in 256 parts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from evengait.core.errors import EvengaitError, UsageError
from evengait.core.reasons import kept

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.fs import FileSystem

KINDS = {
    "sessions": {
        "runner": pl.String, "local_date": pl.Date, "sport": pl.String, "sub_sport": pl.String, "shoe": pl.String,
        "distance_m": pl.Float64, "moving_s": pl.Float64, "elapsed_s": pl.Float64, "ascent_m": pl.Float64,
        "descent_m": pl.Float64, "steps": pl.Float64, "rpe_cr10": pl.Float64, "paved_share": pl.Float64,
        "gravel_share": pl.Float64, "trail_share": pl.Float64,
    },
    "runners": {"runner": pl.String, "entered": pl.Date, "ended": pl.Date, "injured": pl.Boolean},
    "problems": {
        "runner": pl.String, "onset": pl.Date, "site": pl.String, "side": pl.String, "mode": pl.String,
        "returned_on": pl.Date, "closed_on": pl.Date,
    },
}  # fmt: skip
"""Every table with all its columns: what is not named here is not gathered."""


def part_of(pseudonym: str) -> str:
    """Return the part that a runner's rows are in: the first two digits of the pseudonym."""
    return pseudonym[:2]


class Lake:
    """A lake for reading and writing.

    Parameters
    ----------
    place : str
        A folder, or an address such as ``s3://bucket/lake``; for a server of one's own with
        ``?endpoint_override=host:9000&scheme=http`` behind it. Keys of an object storage come from its usual
        environment variables.

    Raises
    ------
    UsageError
        The address is none that can be read.
    """

    def __init__(self, place: str) -> None:
        from pyarrow.fs import FileSystem, LocalFileSystem

        self._fs: FileSystem
        if "://" in place:
            # Checksums in trailers are asked of every request otherwise; most servers but Amazon's own refuse them.
            os.environ.setdefault("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required")
            try:
                self._fs, root = FileSystem.from_uri(place)
            except (ValueError, OSError):
                raise UsageError(
                    "That lake's address cannot be read. Write a folder, or s3://bucket/lake."
                ) from None
        else:
            self._fs, root = LocalFileSystem(), str(Path(place).resolve())
        self._root = root.rstrip("/")

    def put(self, kind: str, part: str, source: str, rows: pl.DataFrame) -> None:
        """Write what one home has in one part, whole or not at all; no rows take the file away.

        Raises
        ------
        EvengaitError
            The storage refused.
        """
        from pyarrow import parquet
        from pyarrow.fs import FileType

        folder = f"{self._root}/{kind}/part={part}"
        file = f"{folder}/{source}.parquet"
        try:
            if not len(rows):
                if self._fs.get_file_info(file).type == FileType.File:
                    self._fs.delete_file(file)
                return
            table: pa.Table = rows.select(*KINDS[kind]).to_arrow()
            whole = self._fs.type_name == "local"
            if whole:  # an object store has no folders, and some take the mark of one for a file
                self._fs.create_dir(folder, recursive=True)
            written = f"{folder}/_{source}.part" if whole else file
            with self._fs.open_output_stream(written) as stream:
                parquet.write_table(table, stream, compression="zstd")
            if whole:
                self._fs.move(written, file)
        except OSError:
            raise EvengaitError(
                kept("The lake's storage refused to be written to. Check its address and keys.")
            ) from None

    def has(self, kind: str, part: str, source: str) -> bool:
        """Tell whether a home's file of one part is there."""
        from pyarrow.fs import FileType

        file = f"{self._root}/{kind}/part={part}/{source}.parquet"
        return bool(self._fs.get_file_info(file).type == FileType.File)

    def read(self, kind: str) -> pl.DataFrame:
        """Return a table of the lake; empty where there is none.

        Raises
        ------
        EvengaitError
            The storage refused, or a file is damaged.
        """
        import pyarrow as pa
        from pyarrow import dataset
        from pyarrow.fs import FileSelector, FileType

        root = f"{self._root}/{kind}"
        empty = pl.DataFrame(schema=KINDS[kind])
        try:
            every = self._fs.get_file_info(FileSelector(root, allow_not_found=True, recursive=True))
            files = [one.path for one in every if one.type == FileType.File and one.path.endswith(".parquet")]
            found = dataset.dataset(
                files, schema=empty.to_arrow().schema, filesystem=self._fs, format="parquet"
            ).to_table(columns=list(KINDS[kind]))
        except (OSError, pa.ArrowInvalid, KeyError):
            raise EvengaitError(
                kept("The lake cannot be read: its storage refused, or a file is damaged.")
            ) from None
        table = pl.from_arrow(found)
        return table if isinstance(table, pl.DataFrame) else empty
