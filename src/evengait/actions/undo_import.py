"""Take one import back, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.storage.archive.writer import writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from evengait.storage.archive.undo import Undone


def undo_import(folder: Path, batch: str, *, on_wait: Callable[[], None] | None = None) -> Undone:
    """Remove everything that an import brought in: sessions, samples, originals.

    Parameters
    ----------
    folder : Path
        The runner's folder.
    batch : str
        The import, as ``import`` printed it.
    on_wait : callable, optional
        Called once where another process is writing and this one has to wait.

    Returns
    -------
    Undone
        How many files and sessions went.

    Raises
    ------
    UsageError
        The archive knows no such import.
    """
    unknown = UsageError(
        f"No import is called {batch!r}: it brought in nothing new, or has been taken back already. "
        "Run `evengait doctor` to see the imports."
    )
    if not folder.exists():
        raise unknown
    with writing(folder, on_wait=on_wait) as writer:
        done = writer.undo(batch)
        writer.put_surfaces(())  # only leaves out sessions that are gone
    if done is None:
        raise unknown
    return done
