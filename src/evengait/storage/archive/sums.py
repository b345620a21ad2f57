"""``SHA256SUMS``: the hash of every file of an archive, so that a changed byte is found; ``sha256sum -c`` reads it too.

A file is hashed once, when the writer who made it closes the archive; what is hashed never changes, but for Delta's
pointer to its last checkpoint. The last line holds the hash of the lines above it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.storage.archive.disk import put
from evengait.storage.archive.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

FILE = "SHA256SUMS"
_REWRITTEN = "_last_checkpoint"
_OWN = "# the lines above: "
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Sums:
    """What ``SHA256SUMS`` says.

    Attributes
    ----------
    by_name : dict of str to str
        Relative path to hash, in hexadecimal.
    there, whole : bool
        Whether there is such a file, and whether it is as it was written.
    """

    by_name: dict[str, str]
    there: bool = True
    whole: bool = True


def read_sums(folder: Path) -> Sums:
    """Return an archive's hashes; of a damaged list, the lines that can be read."""
    try:
        data = (folder / FILE).read_bytes()
    except FileNotFoundError:
        return Sums({}, there=False)
    return parse_sums(data)


def parse_sums(data: bytes) -> Sums:
    """Return the hashes in the bytes of such a list; of a damaged one, the lines that can be read."""
    head, mark, own = data.rpartition(_OWN.encode())
    whole = bool(mark) and own.rstrip(b"\n") == hashlib.sha256(head).hexdigest().encode()
    lines = (line.split("  ", 1) for line in data.decode("utf-8", "replace").splitlines() if line[:1] != "#")
    return Sums(
        {words[1]: words[0] for words in lines if len(words) == 2 and len(words[0]) == 64}, whole=whole
    )


def refresh(folder: Path) -> None:
    """Hash what has not been hashed yet, and leave out what is gone; the caller holds the lock.

    Raises
    ------
    OSError
        The disk is full or does not give a file; the list stays as it was.
    """
    before = read_sums(folder)
    now = {name: before.by_name.get(name) or "" for name in names(folder)}
    for name in now:
        if not now[name] or name.endswith(_REWRITTEN):
            now[name] = hash_of(folder / name)
    if now != before.by_name or not before.whole or not before.there:
        write_sums(folder, now)


def forget(folder: Path, gone: Iterable[str]) -> None:
    """Leave files out of the list that are made anew."""
    sums = read_sums(folder)
    gone = set(gone)
    if sums.there and gone & set(sums.by_name):
        write_sums(folder, {name: digits for name, digits in sums.by_name.items() if name not in gone})


def write_sums(folder: Path, by_name: dict[str, str]) -> None:
    """Write the list anew; it appears whole or not at all."""
    put(folder / FILE, sums_text(by_name))


def sums_text(by_name: dict[str, str]) -> bytes:
    """Return the bytes of a list: a line for each file by its name, and the hash of those lines."""
    text = "".join(f"{digits}  {name}\n" for name, digits in sorted(by_name.items())).encode()
    return text + _OWN.encode() + hashlib.sha256(text).hexdigest().encode() + b"\n"


def names(folder: Path) -> list[str]:
    """Return the relative paths of every file of an archive that is hashed."""
    found = [folder / "archive.json"] if (folder / "archive.json").exists() else []
    for table in TABLES:
        found += (folder / table).glob("*.parquet")
        found += (path for path in (folder / table / "_delta_log").glob("[0-9_]*") if path.is_file())
    found += (folder / "originals").glob("*.zip")
    return sorted(path.relative_to(folder).as_posix() for path in found)


def changed(folder: Path, sums: Sums, on_file: Callable[[], None] = lambda: None) -> list[str]:
    """Return the files that are there and do not have their hash; one that cannot be read is among them."""
    bad = []
    for name in names(folder):
        on_file()
        if name in sums.by_name:
            try:
                same = hash_of(folder / name) == sums.by_name[name]
            except OSError:
                same = False
            if not same:
                bad.append(name)
    return bad


def hash_of(path: Path) -> str:
    """Return a file's SHA-256, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
