"""A zip's table of contents, read within bounds: how many members, where they lie, that none shares another's bytes."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from typing import BinaryIO

from evengait.core.errors import IngestError
from evengait.core.reasons import kept
from evengait.ingest._folders import natural

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

MOST_MEMBERS = 100_000
"""In one zip: a watch writes some ten thousand files in ten years."""

_NOT_READ = (
    zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OverflowError, IndexError, struct.error
)  # fmt: skip
"""What zipfile raises for a table of contents that is none."""

_LARGEST_CONTENTS = 64 * 1024**2
_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = 30
"""Bytes a member takes at least before its content."""

_CUT_SHORT = kept(
    "Its table of contents is missing or damaged: the download was probably cut short. Download it again."
)
_NO_ZIP = kept("It is not a zip, whatever its name says. Download it again.")
_EMPTY = kept("It is an empty zip.")
_TOO_MANY = kept(
    "It says it holds more than {most:,} files; no export does. It was left alone.",
    most=MOST_MEMBERS,
)
_OVERLAPPING = kept("Its members share the same bytes, as only a trap's do. It was left alone.")


def contents(file: BinaryIO, start: int, size: int) -> list[zipfile.ZipInfo]:
    """Return a zip's members in the order of their numbers; folders are left out.

    Parameters
    ----------
    file : binary file
    start, size : int
        Where the zip lies in it.

    Raises
    ------
    IngestError
        It is none, is damaged, is empty, holds too much, or is a trap.
    """
    try:
        with zipfile.ZipFile(_Window(file, start, size)) as opened:
            found = opened.infolist()
    except _NOT_READ as error:
        file.seek(start)
        raise IngestError(_CUT_SHORT if file.read(4) in ZIP_MAGIC else _NO_ZIP) from error
    _refuse_overlap(found)
    infos = [info for info in found if info.filename and not info.is_dir()]
    if not infos:
        raise IngestError(_EMPTY)
    return sorted(infos, key=lambda info: natural(info.filename))


def _refuse_overlap(infos: list[zipfile.ZipInfo]) -> None:
    end = None
    for info in sorted(infos, key=lambda info: info.header_offset):
        if end is not None and info.header_offset < end:
            raise IngestError(_OVERLAPPING)
        end = info.header_offset + _LOCAL_HEADER + info.compress_size


class _Window(io.RawIOBase):
    """A stretch of a file, as a file of its own; a table of contents beyond all measure is not handed out."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file, self._start, self._size, self._at = file, start, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = max(0, {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence] + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # any writable buffer will do
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def read(self, size: int = -1) -> bytes:
        # zipfile asks for exact counts and does not ask again; the largest read is its table of contents.
        rest = max(0, self._size - self._at)
        size = rest if size < 0 else min(size, rest)
        if size > _LARGEST_CONTENTS:
            raise IngestError(_TOO_MANY)
        self._file.seek(self._start + self._at)
        data = self._file.read(size)
        self._at += len(data)
        # Counted before zipfile makes an object of each.
        if data.count(_ENTRY) > MOST_MEMBERS:
            raise IngestError(_TOO_MANY)
        return data
