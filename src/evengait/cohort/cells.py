"""Small cells: a count that could give a runner away is not shown, nor one from which it could be worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SMALLEST_CELL = 5


def shown_cells(counts: Sequence[int], smallest: int = SMALLEST_CELL) -> list[int | None]:
    """Return the counts whose sum is known elsewhere, None where one is not to be shown.

    Counts under ``smallest`` are hidden. Their sum follows from the total, so more are hidden, the smallest first,
    until at least two are, and together they count ``smallest`` or more.

    Examples
    --------
    >>> shown_cells([279, 15, 11, 2])
    [279, 15, None, None]
    >>> shown_cells([30, 20])
    [30, 20]
    >>> shown_cells([9, 1, 1, 1])
    [None, None, None, None]
    """
    hidden = {place for place, count in enumerate(counts) if count < smallest}
    left = sorted(set(range(len(counts))) - hidden, key=lambda place: (counts[place], place))
    while hidden and left and (len(hidden) < 2 or sum(counts[place] for place in hidden) < smallest):
        hidden.add(left.pop(0))
    return [None if place in hidden else count for place, count in enumerate(counts)]
