"""Find every message: one walk over the record headers, in Python, with a 256-entry table of sizes.

A definition fixes the size of every data message of its local type, so the walk never looks inside a
message. Where the same header, or the same two headers in turn, come again and again, the walk looks ahead
with one strided slice and takes the whole stretch at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

WHOLE, CUT, UNDEFINED, TOO_MANY = range(4)
"""Why a walk ended: at the end, inside a message, at a message that nothing defines, at too many definitions."""

MAX_DEFINITIONS = 4096
"""Different definitions in one file; the most in any real file seen is 21. A bound on hostile ones."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Every message of one FIT file: offsets of data messages, grouped by definition, in file order within.

    Attributes
    ----------
    definitions : list of (start, end)
        Where each *different* definition stands first: the bytes after its header.
    counts : list of int
        Data messages of each definition.
    offsets : int64 array, shape (sum of counts,)
        Their headers' offsets: first those of definition 0, then 1, …
    stop : int
        Where the walk ended.
    why : int
        ``WHOLE``, ``CUT``, ``UNDEFINED`` or ``TOO_MANY``.
    compressed : bool
        Some message carries its time in the header.
    """

    definitions: list[tuple[int, int]]
    counts: list[int]
    offsets: NDArray[np.int64]
    stop: int
    why: int
    compressed: bool


def walk(data: bytes, begin: int, end: int) -> Walk:
    """Walk over the records of ``data[begin:end]``.

    Examples
    --------
    >>> walk(bytes([0x40, 0, 0, 20, 0, 1, 3, 1, 2, 0, 151, 0, 152]), 0, 13).offsets.tolist()
    [9, 11]
    """
    walker = _Walker(data, end)
    stop, why = walker.run(begin)
    offsets, group, compressed = walker.rows()
    counts = np.bincount(group, minlength=len(walker.definitions)).tolist()
    if len(counts) > 1:
        offsets = offsets[np.argsort(group, kind="stable")]
    return Walk(walker.definitions, counts, offsets, stop, why, compressed)


class _Walker:
    """State of one walk: sizes by header, the group of each local type, and the rows found so far."""

    def __init__(self, data: bytes, end: int) -> None:
        self.data, self.end = data, end
        self.size = [0] * 256
        self.local_size = [0] * 16
        self.local_group = [0] * 16
        self.unusual: dict[int, list[int]] = {}
        self.known: dict[bytes, tuple[int, int]] = {}
        self.definitions: list[tuple[int, int]] = []
        self.found: list[int] = []
        self.parts: list[NDArray[np.int64]] = []
        self.in_parts = 0
        self.epochs: list[int] = []
        self.tables: list[int] = []

    def run(self, pos: int) -> tuple[int, int]:
        """Walk until something ends it; return where and why."""
        data, end, size = self.data, self.end, self.size
        burst, append = 16, self.found.append
        while pos < end:
            for _ in range(burst):
                if pos >= end or not (step := size[data[pos]]):
                    break
                append(pos)
                pos += step
            else:
                before = pos
                pos = self._stretch(pos)
                burst = 16 if pos - before > 40 * step else min(2 * burst, 512)
                continue
            if pos > end:
                break
            if pos < end:
                before = pos
                pos, why = self._definition(pos)
                if why != WHOLE:
                    return before, why
                append = self.found.append
        if pos > end:
            # The last message reaches over the end: only a found single can, a stretch is taken whole.
            return self.found.pop(), CUT
        return pos, WHOLE

    def _stretch(self, pos: int) -> int:
        """Take what repeats from here on: one header, or two in turn. Return where it ends."""
        data, end, size, found = self.data, self.end, self.size, self.found
        if pos >= end or len(found) < 2:
            return pos
        first = data[pos]
        if data[found[-1]] == first:
            period, heads = size[first], [(first, 0)]
        elif data[found[-2]] == first and found[-1] >= found[-2]:
            second = data[found[-1]]
            period, heads = size[first] + size[second], [(first, 0), (second, size[first])]
        else:
            return pos
        most = (end - pos) // period if period else 0
        tried = min(most, 16)
        while tried:
            count = tried
            for head, at in heads:
                seen = data[pos + at : pos + at + (count - 1) * period + 1 : period]
                count -= len(seen.lstrip(bytes((head,))))
                if not count:
                    return pos
            if count < tried or tried == most:
                break
            tried = min(most, tried * 8)
        if not tried:
            return pos
        for _, at in heads:
            self._take(pos + at, period, count)
        return pos + count * period

    def _take(self, start: int, step: int, count: int) -> None:
        if count < 48:
            self.found.extend(range(start, start + step * count, step))
            return
        self._flush()
        self.parts.append(np.arange(start, start + step * count, step, dtype=np.int64))
        self.in_parts += count

    def _flush(self) -> None:
        if self.found:
            self.parts.append(np.array(self.found, np.int64))
            self.in_parts += len(self.found)
            self.found.clear()

    def _definition(self, pos: int) -> tuple[int, int]:
        """Take in a definition, or a header of a form not met yet; return where it ends and what is wrong."""
        data, end = self.data, self.end
        head = data[pos]
        if head & 0xC0 != 0x40:
            local = head >> 5 & 3 if head & 0x80 else head & 15
            if not self.local_size[local]:
                return pos, UNDEFINED
            self.size[head] = self.local_size[local]
            self.unusual.setdefault(local, []).append(head)
            return pos, WHOLE
        if pos + 6 > end:
            return pos, CUT
        fields_end = stop = pos + 6 + 3 * data[pos + 5]
        if head & 0x20:
            if stop >= end:
                return pos, CUT
            stop += 1 + 3 * data[stop]
        if stop > end:
            return pos, CUT
        content = data[pos + 1 : stop]
        if (entry := self.known.get(content)) is None:
            if len(self.known) == MAX_DEFINITIONS:
                return pos, TOO_MANY
            length = 1 + sum(data[pos + 7 : fields_end : 3]) + sum(data[fields_end + 2 : stop : 3])
            entry = self.known[content] = len(self.definitions), length
            self.definitions.append((pos + 1, stop))
        self._define(head & 15, *entry)
        return stop, WHOLE

    def _define(self, local: int, group: int, length: int) -> None:
        rows = self.in_parts + len(self.found)
        if not self.epochs or self.epochs[-1] != rows:
            # Rows found since the last definition belong to the table as it stood before this one.
            self.epochs.append(rows)
            self.tables += self.local_group
        self.local_group[local] = group
        self.local_size[local] = self.size[local] = length
        for head in self.unusual.pop(local, ()):
            if head != local:
                self.size[head] = 0

    def rows(self) -> tuple[NDArray[np.int64], NDArray[np.uint16], bool]:
        """Return the offsets in file order within each group, the group of each, and whether time is in headers."""
        self._flush()
        self.epochs.append(self.in_parts)
        self.tables += self.local_group
        offsets = np.concatenate(self.parts) if self.parts else np.empty(0, np.int64)
        head = np.frombuffer(self.data, np.uint8)[offsets]
        packed = head >= 0x80
        compressed = bool(packed.any())
        local = np.where(packed, head >> 5 & 3, head & 15) if compressed else head & 15
        tables = np.array(self.tables, np.uint16).reshape(-1, 16)
        if len(self.epochs) > 1:
            epoch = np.repeat(np.arange(len(self.epochs)), np.diff(self.epochs, prepend=0))
            group = tables[epoch, local]
        else:
            group = tables[0][local]
        return offsets, group, compressed
