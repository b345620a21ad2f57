"""Bytes that survive a crash: written beside, flushed to the disk, then named."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def flush_file(path: Path) -> None:
    """Have the system put a written file on the disk itself."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_folder(path: Path) -> None:
    """Have the system put a folder's list of names on the disk; a system that cannot is let be."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put(path: Path, content: bytes) -> None:
    """Write a file over whatever is there; it appears whole or not at all."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(content)
        flush_file(beside)
        beside.replace(path)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()
    flush_folder(path.parent)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all, and never over another.

    Raises
    ------
    FileExistsError
        There is a file of that name.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    beside.write_bytes(content)
    flush_file(beside)
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links. The caller holds the archive's lock, so nobody comes in between.
        if path.exists():
            raise FileExistsError(path) from None
        beside.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            beside.unlink()
    flush_folder(path.parent)
