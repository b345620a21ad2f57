"""A runner's sessions as she knows them: two names that she says are one pair of shoes are one, wherever they are read.

The archive keeps what the recordings say. What she says of it lies in the records; here, below the pages, the API and
the command line, the two come together, so that no reader can forget it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.actions.tell_shoes import first_km, with_shoes
from evengait.storage.home import home_of

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

    from evengait.core.shoe import Shoe
    from evengait.storage.archive import Archive


@dataclass(frozen=True)
class OwnSessions:
    """Sessions with the names of shoes as the runner says, and what pairs had done before they show up [km]."""

    sessions: pl.DataFrame
    first_km: dict[str, float]


def own_sessions(archive: Archive) -> OwnSessions:
    """Return a runner's sessions as she knows them; without records they are those of the archive."""
    shoes = told_shoes(archive.folder)
    return OwnSessions(with_shoes(archive.sessions(), shoes), first_km(shoes))


def told_shoes(folder: Path) -> dict[str, Shoe]:
    """Return what the runner of a folder said of her shoes, by the archive's name; nothing without records."""
    from evengait.storage.records.opening import are_open, has_records, open_records

    home = home_of(folder)
    if not has_records(home):
        return {}
    if not are_open(home):
        open_records(home)
    from evengait.storage.records.runners import runner_by_name
    from evengait.storage.records.shoes import shoes_of

    runner = runner_by_name(folder.name)
    return shoes_of(runner.id) if runner else {}
