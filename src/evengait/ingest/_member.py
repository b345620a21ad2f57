"""One file inside a folder or zip: where its bytes lie, and how to read them within bounds."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from evengait.core.errors import IngestError
from evengait.core.reasons import kept

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 256 * 1024**2
"""Bytes of one recording unpacked; a week at one sample a second with every sensor is 40 MB."""

_FREE_UNPACKED = 32 * 1024**2
_STEEPEST = 200
"""Unpacked to packed above 32 MB: recordings pack 2 to 20 times, a zip bomb a thousand."""

_MOST_GZIPS = 10_000
"""Gzip streams one after another in a file: block-wise tools write one per 64 KB."""

_BLOCK = 1 << 16
_LONGEST_NAME = 1000
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029), "\N{REPLACEMENT CHARACTER}") | (
    dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
"""Signs that would move the cursor, break the line or turn the text around; they come in hostile names only."""

_LOCAL_HEADER = struct.Struct("<4s22xHH")
_GZIP_MAGIC = b"\x1f\x8b"
_DAMAGED = kept("It is damaged in the zip. Download the zip again.")
_TOO_LARGE = kept("Unpacked, it would be far larger than any recording is. It was left alone.")


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside what the runner gave.

    Attributes
    ----------
    source : str
        For people: ``export.zip!activities/1.fit.gz``.
    name : str
        Path inside its container, with forward slashes.
    container : str
        The source of the zip or folder that holds it.
    path : str
        The file on the disk that its bytes lie in.
    size : int
        Bytes, as it came.
    crc32 : int or None
        Checksum as it came; None = a loose file not read yet.
    offset : int or None
        Where its local header starts in ``path``; None = ``path`` is the file itself.
    packed, method : int
        Bytes it takes in the zip, and how they are packed.
    data_offset : int or None
        For zips in zips: where the inner zip starts in ``path``.
    """

    source: str
    name: str
    container: str
    path: str
    size: int
    crc32: int | None = None
    offset: int | None = None
    packed: int = 0
    method: int = zipfile.ZIP_STORED
    data_offset: int | None = None

    @property
    def key(self) -> tuple[str, int | None, int]:
        """What it is known again by: file name, checksum and size."""
        return file_name(self.source), self.crc32, self.size


@dataclass(frozen=True)
class Content:
    """A file's bytes.

    Attributes
    ----------
    data : bytes
        Unpacked.
    crc32 : int
        Checksum of the file as it came.
    packed : bytes or None
        The same content in gzip form where it came so (or deflated in a zip), whole; None = it came unpacked, or
        its packing is cut short or followed by something else.
    """

    data: bytes
    crc32: int
    packed: bytes | None


def file_name(source: str) -> str:
    """Return the last name in a source: what a file is called wherever it lies.

    Examples
    --------
    >>> file_name("export.zip!activities/1.fit.gz"), file_name("export/1.fit")
    ('1.fit.gz', '1.fit')
    """
    return source.replace("!", "/").rpartition("/")[2]


def printable(name: str) -> str:
    r"""Return a name fit to be shown, logged and stored: no control characters, no lone surrogates, not endless.

    Examples
    --------
    >>> printable("1\n2.fit\udce4")
    '1�2.fit?'
    """
    shown = name.encode("utf-8", "replace").decode("utf-8").translate(_CONTROLS)
    return shown if len(shown) <= _LONGEST_NAME else "…" + shown[1 - _LONGEST_NAME :]


def refusal(member: Member, largest: int = LARGEST) -> str | None:
    """Return why a member must not be unpacked, judged by the sizes it states; None = nothing against it."""
    steep = member.offset is not None and member.size > max(1, member.packed) * _STEEPEST
    if member.size > largest or (member.size > _FREE_UNPACKED and steep):
        return _TOO_LARGE
    return None


def read_member(member: Member) -> Content:
    """Read a file whole and unpack it.

    Raises
    ------
    IngestError
        It is damaged, or too large.
    OSError
        The disk does not give it.
    """
    reason = refusal(member)
    if reason is not None:
        raise IngestError(reason)
    if member.offset is None:
        with Path(member.path).open("rb") as file:
            data = file.read(member.size)  # and no more: it may have grown since it was looked at
        crc, deflated = zlib.crc32(data), None
    else:
        data, deflated = _unzip(member)
        crc = zlib.crc32(data)
        if crc != member.crc32:
            raise IngestError(_DAMAGED)
    if data[:2] == _GZIP_MAGIC:
        unpacked, whole = _gunzip(data)
        return Content(unpacked, crc, data if whole else None)
    return Content(data, crc, None if deflated is None else _as_gzip(deflated, crc, len(data)))


def read_head(member: Member, size: int) -> bytes:
    """Read the first bytes of a file, unpacked from its zip but not from a gzip of its own.

    Raises
    ------
    IngestError
        It is damaged.
    OSError
        The disk does not give it.
    """
    if member.offset is None:
        with Path(member.path).open("rb") as file:
            return file.read(size)
    with Path(member.path).open("rb") as file, open_stream(member, file) as stream:
        return stream.read(size)


def _unzip(member: Member) -> tuple[bytes, bytes | None]:
    with Path(member.path).open("rb") as file:
        if member.method not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            with open_stream(member, file) as stream:
                return stream.read(member.size + 1), None
        file.seek(_data_start(file, member.offset or 0))
        # What it states may be beyond all memory; what is there is not.
        raw = file.read(min(member.packed, os.fstat(file.fileno()).st_size))
    if member.method == zipfile.ZIP_STORED:
        return raw, None
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = unpacker.decompress(raw, member.size + 1)
    except zlib.error as error:
        raise IngestError(_DAMAGED) from error
    return data, raw if unpacker.eof and not unpacker.unused_data else None


def _gunzip(data: bytes) -> tuple[bytes, bool]:
    """Return what a gzip holds, and whether it is whole with nothing behind it."""
    out = bytearray()
    ended = False
    view, at, streams = memoryview(data), 0, 0
    most = max(_FREE_UNPACKED, min(LARGEST, len(data) * _STEEPEST))
    while at < len(data) and streams < _MOST_GZIPS:
        if out and view[at : at + 2] != _GZIP_MAGIC:
            break  # bytes after the end, as some tools leave them
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        while at < len(data) and not unpacker.eof:
            block = view[at : at + _BLOCK]
            try:
                out += unpacker.decompress(block, most + 1 - len(out))
            except zlib.error as error:
                raise IngestError(
                    kept("It is damaged: its gzip packing cannot be undone. Export it again.")
                ) from error
            if len(out) > most:
                raise IngestError(_TOO_LARGE)
            at += len(block) - len(unpacker.unused_data)
        # One cut short ends here: what is whole is handed on, and its reader says what is missing.
        streams += 1
        ended = unpacker.eof
    return bytes(out), ended and at == len(data)


def _as_gzip(deflated: bytes, crc: int, size: int) -> bytes:
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
    return head + deflated + struct.pack("<II", crc, size & 0xFFFFFFFF)


def _data_start(file: BinaryIO, offset: int) -> int:
    if offset < 0:
        raise IngestError(_DAMAGED)
    file.seek(offset)
    head = file.read(_LOCAL_HEADER.size)
    if len(head) < _LOCAL_HEADER.size:
        raise IngestError(_DAMAGED)
    magic, name_length, extra_length = _LOCAL_HEADER.unpack(head)
    if magic != b"PK\x03\x04":
        raise IngestError(_DAMAGED)
    return offset + _LOCAL_HEADER.size + int(name_length) + int(extra_length)


class _Stream:
    """A member's bytes, unpacked block by block, never more than it says it has."""

    def __init__(self, file: BinaryIO, member: Member) -> None:
        self.start = _data_start(file, member.offset or 0)
        self._file, self._at, self._packed_left, self._left = file, self.start, member.packed, member.size
        self._unpacker = None if member.method == zipfile.ZIP_STORED else _unpacker(member.method)

    def read(self, size: int) -> bytes:
        out = io.BytesIO()
        size = min(size, self._left)
        while out.tell() < size:
            block = self._some(size - out.tell())
            if not block:
                break
            out.write(block)
        self._left -= out.tell()
        return out.getvalue()

    def _some(self, size: int) -> bytes:
        """Return some bytes, at most ``size``; none only at the end."""
        if self._unpacker is None:
            return self._raw(size)
        while not self._unpacker.eof:
            raw = getattr(self._unpacker, "unconsumed_tail", b"") or self._raw(min(_BLOCK, max(256, size)))
            if not raw and getattr(self._unpacker, "needs_input", True):
                break
            if block := self._unpacker.decompress(raw, size):
                return block
        return b""

    def _raw(self, size: int) -> bytes:
        self._file.seek(self._at)
        raw = self._file.read(min(size, self._packed_left))
        self._at += len(raw)
        self._packed_left -= len(raw)
        return raw


def _unpacker(method: int) -> zlib._Decompress:
    if method == zipfile.ZIP_DEFLATED:
        return zlib.decompressobj(-zlib.MAX_WBITS)
    if method == zipfile.ZIP_BZIP2:
        import bz2

        return bz2.BZ2Decompressor()  # type: ignore[return-value]  # the same two methods are used
    raise IngestError(
        kept("It is packed in a way that is not read here. Pack the zip again the usual way (deflate).")
    )


@contextmanager
def open_stream(member: Member, file: BinaryIO) -> Iterator[_Stream]:
    """Open a zip's member for reading in blocks.

    Raises
    ------
    IngestError
        It is damaged or packed in an unusual way.
    """
    try:
        yield _Stream(file, member)
    except (zlib.error, OSError, EOFError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise IngestError(_DAMAGED) from error
