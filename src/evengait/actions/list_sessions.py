"""List a runner's sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from evengait.actions.own_sessions import own_sessions
from evengait.analysis.surface.told import ground_of
from evengait.storage.archive import Archive

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


def list_sessions(
    folder: Path, *, since: date | None = None, until: date | None = None, sport: str | None = None
) -> pl.DataFrame:
    """Return a runner's sessions, by start; names of shoes that she says are one pair are one.

    Parameters
    ----------
    folder : Path
        The runner's folder.
    since, until : date, optional
        First and last local date, both included.
    sport : str, optional
        Only this sport, in the words of ``columns.toml`` [sessions.sport].

    Returns
    -------
    DataFrame
        Columns of ``columns.toml`` [sessions], and ``surfaces``: the ground of each session, null = not looked at;
        see :func:`evengait.analysis.surface.told.ground_of`.

    Examples
    --------
    >>> from pathlib import Path
    >>> list_sessions(Path("nowhere"), sport="running").height
    0
    """
    archive = Archive(folder)
    sessions = own_sessions(archive).sessions.join(
        ground_of(archive.surfaces()), on="session", how="left", maintain_order="left"
    )
    if since is not None:
        sessions = sessions.filter(pl.col("local_date") >= since)
    if until is not None:
        sessions = sessions.filter(pl.col("local_date") <= until)
    if sport is not None:
        sessions = sessions.filter(pl.col("sport") == sport)
    return sessions


def sessions_document(sessions: pl.DataFrame) -> list[dict[str, Any]]:
    """Return sessions as ``sessions --json`` prints them: a row each, every column, null = not known."""
    rows = sessions.to_dicts()
    for row in rows:
        row["start"] = row["start"].isoformat()
        row["local_date"] = row["local_date"].isoformat()
    return rows
