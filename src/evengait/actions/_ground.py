"""After an import or an undo: the ground of sessions that no map has been asked about yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.storage.home import home_of
from evengait.storage.maps.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def tell_ground(folder: Path, tell: Callable[[int, int], None] | None = None) -> int:
    """Match a runner's sessions to the home's maps, if it has any; returns how many a map told newly.

    Raises
    ------
    TableError
        A map is damaged, or of another version of this program.
    """
    home = home_of(folder)
    if not Shelf(home).infos():
        return 0
    from evengait.actions.match_surfaces import match_surfaces

    return match_surfaces(home, folder, on_progress=tell).matched.total()
