"""Times that record headers carry: five bits of seconds, counted on from the last whole time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.ingest.fit._expand import accumulate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.ingest.fit._message import Group


def header_times(groups: list[Group], data: NDArray[np.uint8]) -> None:
    """Work out the times of all messages of one part that carry them in their headers, in place.

    Parameters
    ----------
    groups : list of Group
        Every group of the part: whole times come from whatever message was last.
    data : uint8 array
        The whole file.

    Notes
    -----
    A time before the first whole one stays 0 = unknown.
    """
    places, values, whole, owners = [], [], [], []
    for group in groups:
        head = data[group.offsets]
        packed = np.flatnonzero(head >= 0x80)
        field = group.layout.fields.get("timestamp")
        if field and field.base == 6 and field.count == 1:
            seconds = _seconds(group, field.at, data)
            known = np.flatnonzero(seconds != 0xFFFFFFFF)
            places.append(group.offsets[known])
            values.append(seconds[known].astype(np.int64))
            whole.append(np.ones(len(known), bool))
        if len(packed):
            group.header_rows = packed
            group.header_times = np.zeros(len(packed), np.uint32)
            owners.append(group)
            places.append(group.offsets[packed])
            values.append((head[packed] & 31).astype(np.int64))
            whole.append(np.zeros(len(packed), bool))
    if not owners:
        return
    at, value, begins = np.concatenate(places), np.concatenate(values), np.concatenate(whole)
    # A message with both a whole time and one in its header: the whole one counts, and comes last.
    order = np.lexsort((begins, at))
    at, value, begins = at[order], value[order], begins[order]
    first = int(np.argmax(begins)) if begins.any() else len(at)
    times = np.zeros(len(at), np.int64)
    times[first:] = accumulate(value[first:], begins[first:], 5)
    for group in owners:
        assert group.header_rows is not None  # noqa: S101  set above, said for the type checker
        where = np.searchsorted(at, group.offsets[group.header_rows], side="left")
        group.header_times = times[where].astype(np.uint32)


def _seconds(group: Group, at: int, data: NDArray[np.uint8]) -> NDArray[Any]:
    order = ">u4" if group.layout.big_endian else "<u4"
    every: NDArray[Any] = np.ndarray((len(data) - 3,), order, data, 0, (1,))
    return every[group.offsets + at]
