"""Walk folders and zips without unpacking them: which files are in there, and where their bytes lie.

Nothing is ever written under a name that a zip gives: members are read by their place in the zip, so ``../`` in a name
has no power. A zip in a zip is read in place where it is stored as it is, and from a bounded copy where it is packed.
"""

from __future__ import annotations

import errno
import os
import stat
import tempfile
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from evengait.core.errors import IngestError
from evengait.core.reasons import kept
from evengait.ingest._folders import NO_FILE, UNREADABLE, Refusal, files_below, hidden
from evengait.ingest._member import Member, open_stream, printable, refusal
from evengait.ingest._zips import ZIP_MAGIC, contents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Refusal", "Walk"]

MOST_FILES = 250_000
"""In one import: what is known of each takes a kilobyte or two of memory until the end."""

MOST_ZIPS = 1_000
"""Zips in the zips of one import: an account's archive has some tens."""

_DEEPEST = 4
"""Zips in zips in zips: further down is no export, but a trap."""

_LARGEST_ZIP = 8 * 1024**3
_COPY_FREE = 1024**3
_COPY_GROWS = 4
"""Copies of packed zips in a zip may take a gigabyte, or four times the zip: recordings are packed already."""

_HOME_REFUSES = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG}
"""The home's disk is full or may not be written: nothing is wrong with what was given."""

_TOO_MANY_FILES = kept(
    "More than {most:,} files were given at once; the rest was left alone. Import it in parts.",
    most=MOST_FILES,
)
_LARGEST_SIZE = 1 << 50
_ENCRYPTED = 0x1
_TOO_LARGE = kept("It says it would be far larger than any recording is. It was left alone.")
_TOO_MANY_ZIPS = kept(
    "There are more than {most:,} zips in the zip; no export has. The rest was left alone.",
    most=MOST_ZIPS,
)
_TOO_MUCH_COPIED = kept("Unpacked, the zips in it would be far larger than any export is. It was left alone.")


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
        self._exclude = exclude
        self._files = 0
        self._zips = 0
        self._room = 0

    def members(self, path: Path) -> Iterator[Member | Refusal]:
        """Yield every file in a folder, a zip, or the file itself, without hidden files and the Mac's shadow files.

        Parameters
        ----------
        path : Path
            A folder, a zip or a single file.

        Raises
        ------
        OSError
            A copy of a packed zip cannot be written.
        """
        for item in self._below(path):
            if self._files == MOST_FILES:
                yield Refusal(printable(path.name), _TOO_MANY_FILES)
                return
            self._files += 1
            yield item

    def _below(self, path: Path) -> Iterator[Member | Refusal]:
        if not path.is_dir():
            yield from self._loose(path, printable(path.name), printable(path.name), printable(path.name))
            return
        label = printable(path.resolve().name or path.resolve().anchor)
        for file in files_below(path, label, self._exclude):
            if isinstance(file, Refusal):
                yield file
                continue
            inside = printable(file.relative_to(path).as_posix())
            yield from self._loose(file, f"{label}/{inside}", inside, label)

    def _loose(self, path: Path, source: str, name: str, container: str) -> Iterator[Member | Refusal]:
        try:
            about = path.stat()
            if not stat.S_ISREG(about.st_mode):
                yield Refusal(source, NO_FILE)
                return
            member = Member(source, name, container, str(path), about.st_size)
            file = None if self._known(member) else path.open("rb")
        except OSError as error:
            yield Refusal(source, UNREADABLE.format(why=error.strerror or "no reason given"))
            return
        if file is None:
            yield member
            return
        with file:
            try:
                # By its bytes; one that is called zip is tried as well, for zips that start with something else.
                if file.read(4) in ZIP_MAGIC or name.lower().endswith(".zip"):
                    self._room = max(_COPY_FREE, _COPY_GROWS * about.st_size)
                    yield from self._zip(file, member, about.st_size, depth=0)
                else:
                    yield member
            except OSError as error:
                if error.errno in _HOME_REFUSES:
                    raise
                yield Refusal(source, UNREADABLE.format(why=error.strerror or "no reason given"))

    def _zip(self, file: BinaryIO, holder: Member, size: int, *, depth: int) -> Iterator[Member | Refusal]:
        base = holder.data_offset or 0
        try:
            infos = contents(file, base, size)
        except IngestError as error:
            yield Refusal(holder.source, str(error))
            return
        for info in infos:
            if not any(map(hidden, info.filename.split("/"))):
                yield from self._member(file, holder, base, info, depth)

    def _member(
        self, file: BinaryIO, holder: Member, base: int, info: zipfile.ZipInfo, depth: int
    ) -> Iterator[Member | Refusal]:
        name = printable(info.filename)
        if max(info.file_size, info.compress_size) > _LARGEST_SIZE:
            yield Refusal(f"{holder.source}!{name}", _TOO_LARGE)
            return
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
                member.source, kept("It is locked with a password. Unlock the zip, then import it again.")
            )
        elif self._known(member):
            yield member
        else:
            yield from self._look_into(file, member, depth)

    def _look_into(self, file: BinaryIO, member: Member, depth: int) -> Iterator[Member | Refusal]:
        try:
            with open_stream(member, file) as stream:
                nested = stream.read(4) in ZIP_MAGIC
        except IngestError as error:
            yield Refusal(member.source, str(error))
            return
        if not nested:
            yield member
            return
        reason = refusal(member, _LARGEST_ZIP)
        if reason is None and depth >= _DEEPEST:
            reason = kept("It is a zip in too many zips. Unpack it once, then import it again.")
        if reason is None and self._zips == MOST_ZIPS:
            reason = _TOO_MANY_ZIPS
        if reason is not None:
            yield Refusal(member.source, reason)
            return
        self._zips += 1
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
            yield Refusal(
                member.source, str(error) if isinstance(error, IngestError) else kept("It is damaged.")
            )
            return
        with copy.open("rb") as inner:
            holder = replace(member, path=str(copy), data_offset=0)
            yield from self._zip(inner, holder, copy.stat().st_size, depth=depth + 1)

    def _copy(self, file: BinaryIO, member: Member) -> Path:
        self._room -= member.size
        if self._room < 0:
            raise IngestError(_TOO_MUCH_COPIED)
        self._spool.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._spool, suffix=".zip")
        with os.fdopen(handle, "wb") as copy, open_stream(member, file) as stream:
            while block := stream.read(1 << 20):
                copy.write(block)
        return Path(name)
