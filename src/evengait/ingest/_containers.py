"""Walk folders and zips without unpacking them: which files are in there, and where their bytes lie.

Nothing is ever written under a name that a zip gives: members are read by their place in the zip, so ``../`` in a name
has no power. A zip in a zip is read in place where it is stored as it is, and from a bounded copy where it is packed.
"""

from __future__ import annotations

import io
import os
import re
import stat
import tempfile
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from evengait.core.errors import IngestError
from evengait.ingest._member import Member, open_stream, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_DEEPEST = 4
"""Zips in zips in zips: further down is no export, but a trap."""

_LARGEST_ZIP = 8 * 1024**3
_ENCRYPTED = 0x1

_CUT_SHORT = (
    "Its table of contents is missing or damaged: the download was probably cut short. Download it again."
)
_NO_ZIP = "It is not a zip, whatever its name says. Download it again."


@dataclass(frozen=True)
class Refusal:
    """Something that could not even be opened: its name for people, and why."""

    source: str
    reason: str


class Walk:
    """Goes through what the runner gave.

    Parameters
    ----------
    spool : Path
        Folder for copies of packed zips in zips; made when first needed, removed by the caller.
    known : callable
        Tells whether a member is known already and need not be looked into.
    exclude : Path or None
        A folder to leave out: the archive itself.
    """

    def __init__(self, spool: Path, known: Callable[[Member], bool], exclude: Path | None = None) -> None:
        self._spool = spool
        self._known = known
        self._exclude = exclude.resolve() if exclude is not None else None

    def members(self, path: Path) -> Iterator[Member | Refusal]:
        """Yield every file in a folder, a zip, or the file itself, without hidden files and the Mac's shadow files.

        Parameters
        ----------
        path : Path
            A folder, a zip or a single file.
        """
        if path.is_dir():
            label = path.resolve().name or path.resolve().anchor
            for file in self._files(path):
                inside = file.relative_to(path).as_posix()
                yield from self._loose(file, f"{label}/{inside}", inside, label)
        else:
            yield from self._loose(path, path.name, path.name, path.name)

    def _files(self, folder: Path) -> Iterator[Path]:
        for root, folders, names in os.walk(folder):
            folders[:] = sorted((name for name in folders if not _hidden(name)), key=_natural)
            if self._exclude is not None:
                folders[:] = [name for name in folders if (Path(root) / name).resolve() != self._exclude]
            for name in sorted((name for name in names if not _hidden(name)), key=_natural):
                yield Path(root) / name

    def _loose(self, path: Path, source: str, name: str, container: str) -> Iterator[Member | Refusal]:
        source = _printable(source)
        try:
            about = path.stat()
            if not stat.S_ISREG(about.st_mode):
                return
            member = Member(source, _printable(name), container, str(path), about.st_size)
            if self._known(member):
                yield member
                return
            with path.open("rb") as file:
                # By its bytes; one that is called zip is tried as well, for zips that start with something else.
                if file.read(4) in _ZIP_MAGIC or name.lower().endswith(".zip"):
                    yield from self._zip(file, member, about.st_size, depth=0)
                    return
        except OSError as error:
            yield Refusal(
                source, f"It could not be read from the disk ({error.strerror or 'no reason given'})."
            )
            return
        yield member

    def _zip(self, file: BinaryIO, holder: Member, size: int, *, depth: int) -> Iterator[Member | Refusal]:
        base = holder.data_offset or 0
        try:
            with zipfile.ZipFile(_Window(file, base, size)) as opened:
                infos = opened.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OverflowError):
            file.seek(base)
            yield Refusal(holder.source, _CUT_SHORT if file.read(4) in _ZIP_MAGIC else _NO_ZIP)
            return
        if not any(not info.is_dir() for info in infos):
            yield Refusal(holder.source, "It is an empty zip.")
            return
        for info in sorted(infos, key=lambda info: _natural(info.filename)):
            if not info.is_dir() and not any(map(_hidden, info.filename.split("/"))):
                yield from self._member(file, holder, base, info, depth)

    def _member(
        self, file: BinaryIO, holder: Member, base: int, info: zipfile.ZipInfo, depth: int
    ) -> Iterator[Member | Refusal]:
        name = _printable(info.filename)
        member = Member(
            f"{holder.source}!{name}",
            name,
            holder.source,
            holder.path,
            info.file_size,
            info.CRC,
            base + info.header_offset,
            info.compress_size,
            info.compress_type,
        )
        if info.flag_bits & _ENCRYPTED:
            yield Refusal(
                member.source, "It is locked with a password. Unlock the zip, then import it again."
            )
        elif self._known(member):
            yield member
        else:
            yield from self._look_into(file, member, depth)

    def _look_into(self, file: BinaryIO, member: Member, depth: int) -> Iterator[Member | Refusal]:
        try:
            with open_stream(member, file) as stream:
                nested = stream.read(4) in _ZIP_MAGIC
        except IngestError as error:
            yield Refusal(member.source, str(error))
            return
        reason = refusal(member, _LARGEST_ZIP) if nested else None
        if reason is None and nested and depth >= _DEEPEST:
            reason = "It is a zip in too many zips. Unpack it once, then import it again."
        if reason is not None:
            yield Refusal(member.source, reason)
        elif not nested:
            yield member
        else:
            yield from self._nested(file, member, depth)

    def _nested(self, file: BinaryIO, member: Member, depth: int) -> Iterator[Member | Refusal]:
        try:
            if member.method == zipfile.ZIP_STORED:
                with open_stream(member, file) as stream:
                    start = stream.start
                yield from self._zip(file, replace(member, data_offset=start), member.size, depth=depth + 1)
                return
            copy = self._copy(file, member)
        except (IngestError, zlib.error) as error:
            yield Refusal(member.source, str(error) if isinstance(error, IngestError) else "It is damaged.")
            return
        with copy.open("rb") as inner:
            holder = replace(member, path=str(copy), data_offset=0)
            yield from self._zip(inner, holder, copy.stat().st_size, depth=depth + 1)

    def _copy(self, file: BinaryIO, member: Member) -> Path:
        self._spool.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._spool, suffix=".zip")
        with os.fdopen(handle, "wb") as copy, open_stream(member, file) as stream:
            while block := stream.read(1 << 20):
                copy.write(block)
        return Path(name)


class _Window(io.RawIOBase):
    """A stretch of a file, as a file of its own."""

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
        self._file.seek(self._start + self._at)
        data = self._file.read(max(0, min(len(buffer), self._size - self._at)))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def read(self, size: int = -1) -> bytes:
        # zipfile asks for exact counts and does not ask again.
        self._file.seek(self._start + self._at)
        rest = max(0, self._size - self._at)
        data = self._file.read(rest if size < 0 else min(size, rest))
        self._at += len(data)
        return data


def _hidden(name: str) -> bool:
    return name == "__MACOSX" or (name.startswith(".") and name not in {".", ".."})


def _natural(name: str) -> list[tuple[int, int, str]]:
    return [
        (0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in re.split(r"(\d{1,18})", name)
    ]


def _printable(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")
