"""One file inside a folder or zip: where its bytes lie, and how to read them within bounds."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from evengait.core.errors import IngestError

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 256 * 1024**2
"""Bytes of one recording unpacked; a week at one sample a second with every sensor is 40 MB."""

_FREE_UNPACKED = 32 * 1024**2
_STEEPEST = 200
"""Unpacked to packed above 32 MB: recordings pack 2 to 20 times, a zip bomb a thousand."""

_LOCAL_HEADER = struct.Struct("<4s22xHH")
_GZIP_MAGIC = b"\x1f\x8b"
_DAMAGED = "It is damaged in the zip. Download the zip again."
_TOO_LARGE = "Unpacked, it would be far larger than any recording is. It was left alone."


@dataclass(frozen=True)
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
        The same content in gzip form where it came so (or deflated in a zip); None = it came unpacked.
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
        data = Path(member.path).read_bytes()
        crc, deflated = zlib.crc32(data), None
    else:
        data, deflated = _unzip(member)
        crc = zlib.crc32(data)
        if crc != member.crc32:
            raise IngestError(_DAMAGED)
    if data[:2] == _GZIP_MAGIC:
        return Content(_gunzip(data), crc, data)
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
        raw = file.read(member.packed)
    if member.method == zipfile.ZIP_STORED:
        return raw, None
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(raw, member.size + 1), raw
    except zlib.error as error:
        raise IngestError(_DAMAGED) from error


def _gunzip(data: bytes) -> bytes:
    out = bytearray()
    rest = data
    most = max(_FREE_UNPACKED, min(LARGEST, len(data) * _STEEPEST))
    while rest:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            out += unpacker.decompress(rest, most + 1 - len(out))
        except zlib.error as error:
            if out and not rest.startswith(_GZIP_MAGIC):
                break  # bytes after the end, as some tools leave them
            raise IngestError("It is damaged: its gzip packing cannot be undone. Export it again.") from error
        if len(out) > most:
            raise IngestError(_TOO_LARGE)
        if not unpacker.eof:
            break  # cut short: what is whole is handed on, and its reader says what is missing
        rest = unpacker.unused_data
    return bytes(out)


def _as_gzip(deflated: bytes, crc: int, size: int) -> bytes:
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
    return head + deflated + struct.pack("<II", crc, size & 0xFFFFFFFF)


def _data_start(file: BinaryIO, offset: int) -> int:
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
        if self._unpacker is None:
            return self._raw(size)
        tail = getattr(self._unpacker, "unconsumed_tail", b"")
        raw = tail or self._raw(min(1 << 16, max(256, size)))
        if not raw and getattr(self._unpacker, "needs_input", True):
            return b""
        block: bytes = self._unpacker.decompress(raw, size)
        return block or (self._some(size) if raw and not self._unpacker.eof else b"")

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
        "It is packed in a way that is not read here. Pack the zip again the usual way (deflate)."
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
