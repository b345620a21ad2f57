"""The two forms of a backup: one zip file, or a folder with a tree for each time, unchanged files linked.

Both are built beside the place they are for, read back whole, and only then get their name.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Protocol

from evengait.core.errors import EvengaitError, UsageError
from evengait.core.language import say
from evengait.core.reasons import kept
from evengait.storage.archive.disk import flush_file, flush_folder
from evengait.storage.archive.sums import FILE as SUMS
from evengait.storage.archive.sums import hash_of, parse_sums
from evengait.storage.backup.book import ABOUT, is_inside, read_about

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from evengait.storage.backup.book import About

_BLOCK = 1 << 20
_UNREADABLE = (KeyError, OSError, RuntimeError, ValueError, zipfile.BadZipFile)
"""What reading a damaged zip can raise; a place in it may seem to lie before its beginning, or to need a password."""

_WHEN = (1980, 1, 1, 0, 0, 0)


class Target(Protocol):
    """A backup that is being written."""

    scratch: Path

    def add(self, name: str, source: Path, known: str | None) -> str:
        """Take a file in and return its SHA-256; ``known`` is the hash it should have."""

    def write(self, name: str, content: bytes) -> None:
        """Take a small file in."""

    def finish(self) -> Source:
        """Put everything on the disk; returns the same for reading, still without its name."""

    def name_it(self) -> Path:
        """Give it its name, after which it counts."""

    def close(self) -> None:
        """Let go of what is open, finished or not."""


class Source(Protocol):
    """A backup that is being read."""

    def has(self, name: str) -> bool:
        """Tell whether there is a file of this name in it."""

    def open(self, name: str) -> IO[bytes]:
        """Open a file of it."""


@dataclass
class ZipTarget:
    """One zip file, members as they are."""

    file: Path
    scratch: Path

    def __post_init__(self) -> None:
        self._path = self.scratch / "backup.zip"
        self._zip = zipfile.ZipFile(self._path, "w", zipfile.ZIP_STORED, allowZip64=True)

    def add(self, name: str, source: Path, known: str | None) -> str:  # noqa: ARG002, D102 - see Target
        digest = hashlib.sha256()
        info = zipfile.ZipInfo(name, _WHEN)
        info.external_attr = 0o600 << 16
        info.file_size = source.stat().st_size
        with source.open("rb") as file, self._zip.open(info, "w") as out:
            while block := file.read(_BLOCK):
                digest.update(block)
                out.write(block)
        return digest.hexdigest()

    def write(self, name: str, content: bytes) -> None:  # noqa: D102 - see Target
        self._zip.writestr(zipfile.ZipInfo(name, _WHEN), content)

    def finish(self) -> Source:  # noqa: D102 - see Target
        self._zip.close()
        self._path.chmod(0o600)
        flush_file(self._path)
        return ZipSource(self._path)

    def name_it(self) -> Path:  # noqa: D102 - see Target
        self._path.replace(self.file)
        flush_folder(self.file.parent)
        return self.file

    def close(self) -> None:  # noqa: D102 - see Target
        with suppress(OSError):  # the full disk, once more
            self._zip.close()


@dataclass
class FolderTarget:
    """A tree; files that the tree before it has already are linked to it, after their hash was compared."""

    folder: Path
    stamp: str
    scratch: Path
    linked: int = 0
    _before: dict[str, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._tree = self.scratch / "tree"
        self._tree.mkdir()
        if (last := latest(self.folder)) is not None:
            sums = parse_sums((last / SUMS).read_bytes()).by_name
            self._before = {digits: last / name for name, digits in sums.items()}

    @property
    def linked_before(self) -> bool:
        """Whether there is an earlier tree to link to."""
        return bool(self._before)

    def add(self, name: str, source: Path, known: str | None) -> str:  # noqa: D102 - see Target
        path = self._tree / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        before = self._before.get(known or "")
        if known is not None and before is not None and before.exists() and hash_of(before) == known:
            with suppress(OSError):
                os.link(before, path)
                self.linked += 1
                return known
        shutil.copyfile(source, path)
        path.chmod(0o600)
        flush_file(path)
        return hash_of(path)

    def write(self, name: str, content: bytes) -> None:  # noqa: D102 - see Target
        (self._tree / name).write_bytes(content)
        flush_file(self._tree / name)

    def finish(self) -> Source:  # noqa: D102 - see Target
        return FolderSource(self._tree)

    def name_it(self) -> Path:  # noqa: D102 - see Target
        place = self.folder / self.stamp
        self._tree.rename(place)
        flush_folder(self.folder)
        return place

    def close(self) -> None:  # noqa: D102 - see Target
        return


@contextmanager
def target_at(place: Path, stamp: str) -> Iterator[ZipTarget | FolderTarget]:
    """Begin a backup: into trees where the place is a folder, into one file elsewhere; what is unfinished goes.

    Raises
    ------
    UsageError
        There is no folder for the file, or the file that is there is no backup.
    """
    trees = place.is_dir()
    if not trees and not place.parent.is_dir():
        raise UsageError(
            say("There is no folder {parent}. Make it first, or name another place.", parent=place.parent)
        )
    if not trees and place.exists():
        about_at(place)  # a file that is no backup is never written over
    within = place if trees else place.parent
    scratch = within / f".{'trees' if trees else place.name}.evengait-part"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(mode=0o700)
    target = FolderTarget(place, stamp, scratch) if trees else ZipTarget(place, scratch)
    try:
        yield target
    finally:
        target.close()
        shutil.rmtree(scratch, ignore_errors=True)


@dataclass
class ZipSource:
    """A zip file, opened for each file of it: a handful of long reads."""

    file: Path

    def __post_init__(self) -> None:
        self._zip = zipfile.ZipFile(self.file)

    def has(self, name: str) -> bool:  # noqa: D102 - see Source
        return name in self._zip.namelist()

    def open(self, name: str) -> IO[bytes]:  # noqa: D102 - see Source
        return self._zip.open(name)


@dataclass
class FolderSource:
    """A tree."""

    folder: Path

    def has(self, name: str) -> bool:  # noqa: D102 - see Source
        return (self.folder / name).is_file()

    def open(self, name: str) -> IO[bytes]:  # noqa: D102 - see Source
        return (self.folder / name).open("rb")


def source_at(place: Path) -> Source:
    """Open a backup: a file, a tree, or the latest tree of a folder.

    Raises
    ------
    UsageError
        There is none.
    """
    if place.is_dir():
        tree = place if (place / ABOUT).exists() else latest(place)
        if tree is None:
            raise UsageError("There is no backup in this folder.")
        return FolderSource(tree)
    try:
        return ZipSource(place)
    except FileNotFoundError:
        raise UsageError(say("There is no file {place}.", place=place)) from None
    except (zipfile.BadZipFile, RuntimeError, ValueError, IsADirectoryError):
        raise UsageError(say("{place} is not a backup, or it is cut off.", place=place)) from None


def latest(folder: Path) -> Path | None:
    """Return the newest tree of a folder of backups, None where there is none."""
    return max((tree.parent for tree in folder.glob(f"[0-9]*/{ABOUT}")), default=None)


def about_at(place: Path) -> tuple[Source, About, dict[str, str]]:
    """Open a backup and return it, what it says of itself, and the hash of every file in it.

    Raises
    ------
    UsageError
        It is none.
    EvengaitError
        It is damaged, or of a newer version.
    """
    source = source_at(place)
    if not source.has(ABOUT):
        raise UsageError(say("{place} is not a backup of evengait.", place=place))
    about = read_about(b"".join(_blocks(source, ABOUT)))
    sums = b"".join(_blocks(source, SUMS))
    found = parse_sums(sums)
    if hashlib.sha256(sums).hexdigest() != about.sums or not all(map(is_inside, found.by_name)):
        raise EvengaitError(kept("The backup is damaged: its list of files is not as it was written."))
    return source, about, found.by_name


def verified(source: Source, by_name: dict[str, str], into: Path | None = None) -> Iterator[int]:
    """Read files of a backup, compare each with its hash, and put them into a folder if one is given.

    Yields
    ------
    int
        Bytes of each file, when it is done.

    Raises
    ------
    EvengaitError
        A file is missing or damaged.
    """
    for name, wanted in by_name.items():
        digest, size = hashlib.sha256(), 0
        with _out(into, name) as out:
            for block in _blocks(source, name):
                digest.update(block)
                size += len(block)
                if out is not None:
                    out.write(block)
        if digest.hexdigest() != wanted:
            raise EvengaitError(kept("The backup is damaged: a file of it is not as it was written."))
        yield size


@contextmanager
def _out(into: Path | None, name: str) -> Iterator[IO[bytes] | None]:
    if into is None:
        yield None
        return
    path = into / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())


def _blocks(source: Source, name: str) -> Iterator[bytes]:
    try:
        with source.open(name) as file:
            while block := file.read(_BLOCK):
                yield block
    except _UNREADABLE as error:
        raise EvengaitError(kept("The backup is damaged: a file of it cannot be read whole.")) from error
