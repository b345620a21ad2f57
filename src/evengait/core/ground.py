"""The ground under a runner: its classes, what tags say of it, and the ways of a map as arrays."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GROUNDS = ("paved", "gravel", "trail", "other")
"""Hard and bound; loose or compacted, but built; natural; none of these (a running track, say)."""


@dataclass(frozen=True)
class TagRule:
    """What some values of one tag say.

    Attributes
    ----------
    key : str
        The tag.
    values : tuple of str
    ground : str
        One of ``GROUNDS``.
    sure : float
        The share of metres it should be right for, 0 to 1.
    aside_m : float or None
        How far a runner usually is from the mapped line; None = this tag says nothing of it.  [m]
    liked : float or None
        How readily runners use it, against a footway; None = this tag says nothing of it.
    """

    key: str
    values: tuple[str, ...]
    ground: str
    sure: float
    aside_m: float | None = None
    liked: float | None = None


@dataclass(frozen=True)
class GroundRules:
    """Every rule for the tags of a map, in one dated version.

    Attributes
    ----------
    surface, tracktype, hint
        Rules in the order they are asked; the first that knows a way's value speaks.
    run_on
        What is run on at all (``highway`` and ``leisure``), and its ground where nothing else is said.
    profile
        What a watch's own profile says of a session without positions (``sub_sport``).
    """

    version: str
    status: str
    surface: tuple[TagRule, ...]
    tracktype: tuple[TagRule, ...]
    hint: tuple[TagRule, ...]
    run_on: tuple[TagRule, ...]
    profile: tuple[TagRule, ...]


@dataclass(frozen=True)
class WayKind:
    """What is known of a way's ground; many ways share one.

    Attributes
    ----------
    ground, sure, aside_m, liked
        As in :class:`TagRule`.
    tagged : bool
        True where the way's own surface tag says it, False where it was inferred.
    """

    ground: str
    sure: float
    tagged: bool
    aside_m: float
    liked: float


@dataclass(frozen=True)
class Ways:
    """The runnable ways of one map, cut into short pieces and sorted by the cells of a grid.

    Attributes
    ----------
    ends : int32 array of shape (pieces, 4)
        Latitude and longitude of both ends of each piece.  [1e-7 degrees]
    way : int32 array of shape (pieces,)
        The way each piece belongs to.
    along_m : float32 array of shape (pieces,)
        How far along its way a piece begins.  [m]
    cell, cell_start : int64 arrays of shape (cells,) and (cells + 1,)
        Cells that hold the middle of a piece, rising, and where their pieces begin.
    kind : int16 array of shape (ways,)
        Index into ``kinds``.
    length_m : float32 array of shape (ways,)
    join_key : int64 array of shape (joins,)
        ``one * ways + other`` for two ways that share a node, rising, both ways round.
    join_from_m, join_to_m : float32 arrays of shape (joins,)
        How far along the one and the other the node lies.  [m]
    kinds : tuple of WayKind
    """

    ends: NDArray[np.int32]
    way: NDArray[np.int32]
    along_m: NDArray[np.float32]
    cell: NDArray[np.int64]
    cell_start: NDArray[np.int64]
    kind: NDArray[np.int16]
    length_m: NDArray[np.float32]
    join_key: NDArray[np.int64]
    join_from_m: NDArray[np.float32]
    join_to_m: NDArray[np.float32]
    kinds: tuple[WayKind, ...]

    def __len__(self) -> int:
        return len(self.kind)


@dataclass(frozen=True)
class GroundMetres:
    """How far a session went on each ground.

    Attributes
    ----------
    paved_m, gravel_m, trail_m, other_m : float
        ``other_m``: on a running track or another course that is none of the three.  [m]
    unknown_m : float
        Where nothing tells.  [m]
    sure : float or None
        The share of the metres whose ground is told for which it should be right; None where there are none.
    """

    paved_m: float
    gravel_m: float
    trail_m: float
    other_m: float
    unknown_m: float
    sure: float | None


ARRAYS = tuple(field.name for field in fields(Ways) if field.name != "kinds")
"""The attributes of :class:`Ways` that are arrays."""
