"""Bring the tables and packs of a damaged archive back to what of them is whole; what is replaced is set aside.

The caller holds the lock, and makes anew from the originals what is missing then.
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
import struct
import uuid
import zipfile
import zlib
from typing import TYPE_CHECKING

import pyarrow as pa

from evengait.storage.archive.contents import read_parts
from evengait.storage.archive.layout import merged_name
from evengait.storage.archive.log import Part
from evengait.storage.archive.originals import write_packed
from evengait.storage.archive.part import rows_in, write_part
from evengait.storage.archive.state import whole_rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from evengait.storage.archive.layout import Layout
    from evengait.storage.archive.state import TableState

_KEYS = {"samples": "session", "sessions": "session", "surfaces": "session", "recordings": "recording"}
_LOCAL = struct.Struct("<4s5H3L2H")


def mend_table(layout: Layout, state: TableState, aside: Path) -> int:
    """Make a table of its whole parts, and of the rows that can be saved from others; returns how many parts went.

    Parameters
    ----------
    layout : Layout
    state : TableState
    aside : Path
        Folder for what is replaced.
    """
    log = layout.logs[state.name]
    saved = _saved(layout, state)
    if state.log is None:
        log.commit(add=saved, remove=[part for part, _ in state.bad.values()])
    else:
        parts = _chosen(layout, state, saved)
        if log.logs.exists():
            set_aside(layout.folder, log.logs, aside)
        log.create(state.name)
        if parts:
            log.commit(add=parts)
    for name in state.bad:
        set_aside(layout.folder, log.folder / name, aside)
    return len(state.bad)


def _saved(layout: Layout, state: TableState) -> list[Part]:
    """Lay out anew the rows of parts whose pages are all whole though some other byte of the file is not."""
    found = []
    for part, _ in state.bad.values():
        rows = whole_rows(layout, state.name, part)
        if rows is not None and rows.num_rows:
            folder = layout.logs[state.name].folder
            found.append(write_part(folder, merged_name(uuid.uuid4().hex), state.name, rows))
    return found


def _chosen(layout: Layout, state: TableState, saved: list[Part]) -> list[Part]:
    """Choose, of what lies on the disk, parts that together hold every row once: merged ones before their pieces."""
    name, folder = state.name, layout.logs[state.name].folder
    there = {part.name: part for part in saved}
    for path in folder.glob("*.parquet"):
        rows = rows_in(path)
        part = Part(path.name, path.stat().st_size, rows or 0)
        if (
            rows
            and path.name not in there
            and path.name not in state.bad
            and whole_rows(layout, name, part) is not None
        ):
            there[path.name] = part
    order = sorted(there.values(), key=lambda part: (-part.rows, part.name))
    key = _KEYS.get(name, "chunk")
    chosen: list[Part] = []
    seen: set[str] = set()
    for part in order:
        keys = {str(value) for value in read_parts(folder, name, [part], [key]).column(key).to_pylist()}
        if keys <= seen:
            continue
        chosen.append(part if not keys & seen else _rest(layout, name, part, key, seen))
        seen |= keys
    return chosen


def _rest(layout: Layout, name: str, part: Part, key: str, seen: set[str]) -> Part:
    folder = layout.logs[name].folder
    rows = whole_rows(layout, name, part)
    assert rows is not None  # noqa: S101  it was whole a moment ago, and nobody else may write
    fresh = pa.array([str(value) not in seen for value in rows.column(key).to_pylist()])
    return write_part(folder, merged_name(uuid.uuid4().hex), name, rows.filter(fresh))


def mend_pack(layout: Layout, path: Path, aside: Path) -> set[str]:
    """Lay out a damaged pack anew with those of its files that are whole; returns their hashes."""
    whole = dict(whole_originals(path)) if path.exists() else {}
    if path.exists():
        set_aside(layout.folder, path, aside)
    if whole:
        write_packed(path, whole.items())
    return set(whole)


def whole_originals(path: Path) -> Iterable[tuple[str, bytes]]:
    """Yield hash and gzip of every whole file in a pack: by its table of contents, else wherever one begins."""
    data = path.read_bytes()
    at = data.find(b"PK\x03\x04")
    seen = set()
    while at >= 0:
        sha, packed = _member(data, at)
        if sha and sha not in seen and _is_whole(sha, packed):
            seen.add(sha)
            yield sha, packed
        at = data.find(b"PK\x03\x04", at + 4)


def _member(data: bytes, at: int) -> tuple[str, bytes]:
    """Return the name and bytes of a stored member by its own header."""
    if at + _LOCAL.size > len(data):
        return "", b""
    _, _, _, method, _, _, _, packed, _, name_length, extra_length = _LOCAL.unpack_from(data, at)
    start = at + _LOCAL.size + name_length + extra_length
    name = data[at + _LOCAL.size : at + _LOCAL.size + name_length].decode("ascii", "replace")
    if method != zipfile.ZIP_STORED or len(name) != hashlib.sha256().digest_size * 2:
        return "", b""
    return name, data[start : start + packed]


def _is_whole(sha: str, packed: bytes) -> bool:
    try:
        return hashlib.sha256(gzip.decompress(packed)).hexdigest() == sha
    except (OSError, EOFError, zlib.error):
        return False


def set_aside(folder: Path, path: Path, aside: Path) -> None:
    """Move something out of the archive, under the same path; nothing where it is not there."""
    if not path.exists():
        return
    target = aside / path.relative_to(folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(path, target)
