"""The maps of a home: put on the shelf whole or not at all, opened without reading them, taken off again."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.core.errors import TableError, UsageError
from evengait.core.ground import ARRAYS, WayKind, Ways
from evengait.core.language import say
from evengait.core.reasons import kept

if TYPE_CHECKING:
    from pathlib import Path

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_ABOUT = "about.json"
_LAYOUT = 1
"""Raise it with every change of what the arrays mean: older maps are then to be added again."""


@dataclass(frozen=True)
class MapInfo:
    """What is known of a map.

    Attributes
    ----------
    name : str
    sha256 : str
        Of the extract it was made from.
    extract_bytes : int
        Size of the extract.  [B]
    data_of : str or None
        The instant the extract says its data is of; None = it does not say.
    rules : str
        Version of the rules that read its tags.
    ways, pieces : int
    box : (south, west, north, east), or None without a way.  [degrees]
    layout : int
        Version of the arrays.
    """

    name: str
    sha256: str
    extract_bytes: int
    data_of: str | None
    rules: str
    ways: int
    pieces: int
    box: tuple[float, float, float, float] | None
    layout: int = _LAYOUT

    @property
    def identifier(self) -> str:
        """Name and the first digits of the extract's hash: a newer extract of the same name is another map."""
        return f"{self.name}@{self.sha256[:12]}"

    def meets(self, box: tuple[float, float, float, float]) -> bool:
        """Tell whether a box (south, west, north, east) touches the map's own."""
        if self.box is None:
            return False
        south, west, north, east = self.box
        return south <= box[2] and box[0] <= north and west <= box[3] and box[1] <= east


class Shelf:
    """The maps of a home.

    Parameters
    ----------
    home : Path
        The folder that keeps everything; maps are shared by its runners.

    Examples
    --------
    >>> from pathlib import Path
    >>> Shelf(Path("nowhere")).infos()
    []
    """

    def __init__(self, home: Path) -> None:
        self.folder = home / "maps"

    def infos(self) -> list[MapInfo]:
        """Return what is known of each map, by name; folders that are no map are passed over."""
        if not self.folder.is_dir():
            return []
        found = [_info(place) for place in sorted(self.folder.iterdir()) if not place.name.startswith(".")]
        return [info for info in found if info is not None]

    def open(self, info: MapInfo) -> Ways:
        """Return a map's ways, mapped into memory: only what is looked at is read.

        Raises
        ------
        TableError
            Something of it is missing or damaged, or another version of this program made it.
        """
        place = self.folder / info.name
        again = f"Remove it and add its extract again: evengait surfaces remove {info.name}"
        if info.layout != _LAYOUT:
            raise TableError(
                kept(
                    "The map {name!r} was made by another version of this program. {again}",
                    name=info.name,
                    again=again,
                )
            )
        try:
            arrays = {name: np.load(place / f"{name}.npy", mmap_mode="r") for name in ARRAYS}
            about = json.loads((place / _ABOUT).read_text("utf-8"))
            return Ways(**arrays, kinds=tuple(WayKind(**kind) for kind in about["kinds"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise TableError(
                kept("The map {name!r} is damaged. {again}", name=info.name, again=again)
            ) from error

    def put(self, info: MapInfo, ways: Ways) -> None:
        """Put a map on the shelf; it appears whole or not at all, and replaces one of the same name."""
        check_name(info.name)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._sweep()
        beside = self.folder / f".{info.name}.new"
        beside.mkdir()
        for name in ARRAYS:
            np.save(beside / f"{name}.npy", getattr(ways, name))
        about: dict[str, Any] = asdict(info) | {"kinds": [asdict(kind) for kind in ways.kinds]}
        (beside / _ABOUT).write_text(json.dumps(about, indent=1), "utf-8")
        self._take_off(info.name)
        beside.rename(self.folder / info.name)

    def remove(self, name: str) -> None:
        """Take a map off the shelf.

        Raises
        ------
        UsageError
            There is no such map.
        """
        if not _NAME.fullmatch(name) or not (self.folder / name / _ABOUT).exists():
            raise UsageError(
                say("There is no map called {name!r}. See them all with: evengait surfaces list", name=name)
            )
        self._take_off(name)
        self._sweep()

    def _take_off(self, name: str) -> None:
        # Renamed first: whoever looks meanwhile sees a whole map or none.
        if (self.folder / name).exists():
            gone = self.folder / f".{name}.old"
            shutil.rmtree(gone, ignore_errors=True)
            (self.folder / name).rename(gone)

    def _sweep(self) -> None:
        for place in self.folder.glob(".*"):
            if place.name.endswith((".new", ".old")):
                shutil.rmtree(place, ignore_errors=True)


def check_name(name: str) -> None:
    """Raise where a name would lead off the shelf, or no file system would take it.

    Raises
    ------
    UsageError
        It would.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(
            "A map's name has up to 64 letters, digits, dots or dashes, and starts with a letter or digit."
        )


def _info(place: Path) -> MapInfo | None:
    try:
        about = json.loads((place / _ABOUT).read_text("utf-8"))
        about.pop("kinds", None)
        box = about.pop("box")
        return MapInfo(**about, box=tuple(box) if box else None)
    except (OSError, ValueError, TypeError, KeyError):
        return None
