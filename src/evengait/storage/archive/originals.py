"""The files as they came, addressed by the hash of their content: one plain zip pack per committed chunk."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
import zlib
from typing import TYPE_CHECKING, Protocol

from evengait.core.errors import TableError
from evengait.core.reasons import kept
from evengait.storage.archive.disk import flush_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_WHEN = (1980, 1, 1, 0, 0, 0)
"""A fixed date: the same files make the same pack."""

_GZIP_LEVEL = 1
"""For files that came unpacked: level 6 takes three times as long and saves a tenth."""


class Original(Protocol):
    """A file's content, and its gzip form where it came in one."""

    @property
    def data(self) -> bytes: ...  # noqa: D102  described by the class

    @property
    def packed(self) -> bytes | None: ...  # noqa: D102  described by the class


def write_pack(path: Path, originals: Iterable[tuple[str, Original]]) -> None:
    """Write a pack and put it on the disk.

    Parameters
    ----------
    path : Path
        ``originals/<chunk>.zip``.
    originals : iterable of (sha256, Original)
        Hash of the unpacked content; the content, and its gzip form where it came in one.
    """
    write_packed(
        path,
        (
            (sha, original.packed or gzip.compress(original.data, _GZIP_LEVEL, mtime=0))
            for sha, original in originals
        ),
    )


def write_packed(path: Path, originals: Iterable[tuple[str, bytes]]) -> None:
    """Write a pack of files that are in gzip form already, and put it on the disk."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as pack:
        for sha, packed in originals:
            pack.writestr(zipfile.ZipInfo(sha, _WHEN), packed)
    flush_file(path)


def read_original(folder: Path, address: str) -> bytes:
    """Return a kept file's content, unpacked.

    Parameters
    ----------
    folder : Path
        The runner's folder.
    address : str
        ``originals/<pack>.zip!<sha256>``, as the column ``original`` of ``files`` has it.

    Raises
    ------
    TableError
        The pack or the member is missing or damaged.
    """
    pack_name, _, sha = address.partition("!")
    try:
        with zipfile.ZipFile(folder / pack_name) as pack:
            return gzip.decompress(pack.read(sha))
    except (OSError, KeyError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise TableError(
            kept("An original in {pack_name} is missing or damaged.", pack_name=pack_name), column="original"
        ) from error


def copy_originals(folder: Path, addresses: Iterable[str], path: Path) -> None:
    """Write a pack of originals that lie in others, as they are, and put it on the disk.

    Parameters
    ----------
    folder : Path
        The runner's folder.
    addresses : iterable of str
        As the column ``original`` of ``files`` has them. One that is missing is left out: ``doctor`` tells of it.
    path : Path
        The pack to write; one that is there is replaced.
    """
    by_pack: dict[str, list[str]] = {}
    for address in addresses:
        name, _, sha = address.partition("!")
        by_pack.setdefault(name, []).append(sha)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as pack:
        for name, shas in by_pack.items():
            try:
                with zipfile.ZipFile(folder / name) as old:
                    there = set(old.namelist())
                    for sha in shas:
                        if sha in there:
                            pack.writestr(zipfile.ZipInfo(sha, _WHEN), old.read(sha))
            except (OSError, zipfile.BadZipFile):
                continue
    flush_file(path)


def damaged(folder: Path, addresses: Iterable[str]) -> Iterator[str]:
    """Yield the addresses whose content is missing or no longer has the hash it is named by."""
    for address in addresses:
        try:
            content = read_original(folder, address)
        except TableError:
            yield address
            continue
        if hashlib.sha256(content).hexdigest() != address.partition("!")[2]:
            yield address
