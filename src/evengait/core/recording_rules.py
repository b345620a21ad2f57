"""What every recording must keep to, whoever's reader made it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.core.columns import Column, table
from evengait.core.recording import Bout, Recording

if TYPE_CHECKING:
    from collections.abc import Iterator

LATEST_US = 7_258_118_400_000_000
"""2200-01-01; instants lie between 1970 and this."""

_NOT_MEASURED = ("session", "timestamp")


def broken_rules(recording: Any) -> list[str]:
    """Return what is wrong with a recording, one sentence each; none where it may enter the archive.

    Parameters
    ----------
    recording : object
        What a reader gave.

    Examples
    --------
    >>> broken_rules(Recording("mine", "activity"))
    []
    >>> broken_rules({"heart_rate": [140]})
    ['It is no Recording.']
    """
    if not isinstance(recording, Recording):
        return ["It is no Recording."]
    out = []
    if not all(isinstance(word, str) and word for word in (recording.format, recording.kind)):
        out.append("Its format and kind are not both words.")
    if not all(isinstance(sentence, str) for sentence in recording.problems):
        out.append("Its problems are not sentences.")
    for place, bout in enumerate(recording.bouts):
        if isinstance(bout, Bout):
            out += [f"Bout {place}: {what}" for what in _of_bout(bout)]
        else:
            out.append(f"Bout {place} is no Bout.")
    return out


def _of_bout(bout: Bout) -> Iterator[str]:
    if not isinstance(bout.start_us, int) or not 0 <= bout.start_us < LATEST_US:
        yield "its start is no whole number of microseconds between 1970 and 2200."
    sports = table("sessions")["sport"].values or ()
    if bout.sport not in sports:
        yield f"its sport is none of {', '.join(sports)}."
    low, high = table("sessions")["utc_offset_s"].range or (0, 0)
    if bout.utc_offset_s is not None and not low <= bout.utc_offset_s <= high:
        yield "its offset from UTC is further than any clock's."
    if any(end <= start for start, end in bout.pauses_us) or any(
        after[0] < before[1] for before, after in pairwise(bout.pauses_us)
    ):
        yield "its pauses are not in order."
    for name, value in vars(bout.totals).items():
        if value is not None and not 0 <= value < np.inf:
            yield f"the total {name} is negative or no number."
    yield from _of_samples(bout)


def _of_samples(bout: Bout) -> Iterator[str]:
    instants = bout.samples.timestamp_us
    if not isinstance(instants, np.ndarray) or instants.dtype != np.int64 or instants.ndim != 1:
        yield "its instants are no int64 array of one dimension."
        return
    if len(instants) and (instants[0] < 0 or instants[-1] >= LATEST_US or (np.diff(instants) < 0).any()):
        yield "its instants do not rise, or lie outside 1970 to 2200."
    known = table("samples")
    for name, pair in bout.samples.columns.items():
        column = known.get(name)
        if column is None or name in _NOT_MEASURED:
            yield f"{name!r} is no column of columns.toml [samples]."
        else:
            wrong = _of_column(column, pair, len(instants))
            if wrong:
                yield f"{name}: {wrong}"


def _of_column(column: Column, pair: Any, count: int) -> str | None:
    if not isinstance(pair, tuple) or len(pair) != 2:
        return "it is no pair of values and valid."
    values, valid = pair
    if not isinstance(values, np.ndarray) or values.shape != (count,) or values.dtype != column.dtype:
        return f"its values are no {column.dtype} array with one value a sample."
    if valid is not None and (
        not isinstance(valid, np.ndarray) or valid.shape != (count,) or valid.dtype != np.bool_
    ):
        return "valid is neither None nor a bool array with one value a sample."
    measured = values if valid is None else values[valid]
    if not len(measured):
        return "it holds nothing; leave it out."
    if column.range is not None:
        low, high = (limit * column.scale for limit in column.range)
        if measured.min() < low or measured.max() > high:
            return "a value lies outside its range; make it null."
    return None
