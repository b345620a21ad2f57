"""Small cells: a count that could give a runner away is not shown, nor one from which it could be worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

SMALLEST_CELL = 5


def hidden_cells(
    counts: Sequence[int], people: Sequence[AbstractSet[str]] | None = None, untold: int | None = None
) -> set[int]:
    """Return the places of the counts that are not to be shown, where their sum is known.

    Counts under five, or of fewer than five people, are hidden. What they add up to follows from the sum, so more are
    hidden, the smallest first, until at least two are, and together they count five or more, of as many people.

    Parameters
    ----------
    people : sequence of sets, optional
        Who is in each cell, where somebody may count more than once.
    untold : int, optional
        Place of a count that nobody is told anyway: it covers another hidden one.

    Examples
    --------
    >>> hidden_cells([279, 15, 11, 2])
    {2, 3}
    >>> hidden_cells([30, 20])
    set()
    """
    places = range(len(counts))
    hidden = {place for place in places if _few({place}, counts, people)}
    if hidden and untold is not None:
        hidden.add(untold)
    left = sorted(set(places) - hidden, key=lambda place: (counts[place], place))
    while hidden and left and (len(hidden) < 2 or _few(hidden, counts, people)):
        hidden.add(left.pop(0))
    return hidden


def _few(some: set[int], counts: Sequence[int], people: Sequence[AbstractSet[str]] | None) -> bool:
    together = sum(counts[place] for place in some)
    if people is not None:
        together = min(together, len(frozenset[str]().union(*(people[place] for place in some))))
    return together < SMALLEST_CELL


def shown_cells(counts: Sequence[int], rest: int = 0) -> list[int | None]:
    """Return the counts whose sum is known elsewhere, None where one is not to be shown.

    Parameters
    ----------
    rest : int
        What else the known sum holds and nobody is told.

    Examples
    --------
    >>> shown_cells([279, 15, 11, 2])
    [279, 15, None, None]
    >>> shown_cells([279, 15, 11, 2], rest=40)
    [279, 15, 11, None]
    >>> shown_cells([279, 15, 11], rest=2)
    [279, 15, None]
    >>> shown_cells([9, 1, 1, 1])
    [None, None, None, None]
    """
    every = [*counts, rest] if rest else list(counts)
    hidden = hidden_cells(every, untold=len(counts) if rest else None)
    return [None if place in hidden else count for place, count in enumerate(counts)]
