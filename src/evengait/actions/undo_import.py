"""Take one import back, whole."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from evengait.core.errors import TableError, UsageError
from evengait.core.language import say
from evengait.storage.archive.writer import writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from evengait.storage.archive.undo import Undone


def undo_import(folder: Path, batch: str, *, on_wait: Callable[[], None] | None = None) -> Undone:
    """Remove what only this import brought in; the archive is then what the other imports make.

    A session that it shared with others is made anew from theirs. What another import brought as well stays.

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
        How many files and sessions went; sessions as there are fewer now, which may be none.

    Raises
    ------
    UsageError
        The archive knows no such import.
    """
    from evengait.actions._after_undo import sessions_in, settle_after_undo
    from evengait.actions._ground import tell_ground

    unknown = UsageError(
        say(
            "No import is called {batch!r}: it brought in nothing new, or has been taken back "
            "already. Run `evengait doctor` to see the imports.",
            batch=batch,
        )
    )
    if not folder.exists():
        raise unknown
    with writing(folder, on_wait=on_wait) as writer:
        before = sessions_in(writer.layout)
        done = writer.undo(batch)
        if done is None:
            raise unknown
        settle_after_undo(writer)
        writer.put_surfaces(())  # only leaves out sessions that are gone
        found = replace(done, sessions=max(0, before - sessions_in(writer.layout)))
    # Sessions that were made anew are laid on the maps again; a damaged map is told where one is asked for it.
    with suppress(TableError):
        tell_ground(folder)
    return found
