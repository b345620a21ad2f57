"""Find every message: one walk over the record headers, in Python, with a 256-entry table of sizes.

A definition fixes the size of every data message of its local type, so the walk never looks inside a
message. Where the same header, or the same two headers in turn, come again and again, the walk looks ahead
with one strided slice and takes the whole stretch at once.
"""

from __future__ import annotations

from array import array
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
    walker = _Walker(data, begin, end)
    stop, why = walker.run(begin)
    offsets, group, compressed = walker.rows()
    counts = np.bincount(group, minlength=len(walker.definitions)).tolist()
    if len(counts) > 1:
        if len(counts) <= 256:
            # Sorting by one byte is a single pass.
            group = group.astype(np.uint8)
        offsets = offsets[np.argsort(group, kind="stable")]
    return Walk(walker.definitions, counts, offsets, stop, why, compressed)


class _Walker:
    """State of one walk: sizes by header, and the headers of the messages found so far.

    Offsets are worked out afterwards, all at once: a message is as long as the definition in force says.
    """

    def __init__(self, data: bytes, begin: int, end: int) -> None:
        self.data, self.end = data, end
        self.size = [0] * 256
        self.sizes = array("q", [0]) * 16
        self.groups = array("H", [0]) * 16
        self.unusual: dict[int, list[int]] = {}
        self.known: dict[bytes, tuple[int, int]] = {}
        self.definitions: list[tuple[int, int]] = []
        self.heads = bytearray()
        # One entry for each stretch between definitions: its first row, its first offset, sizes, definitions.
        self.first_rows = [0]
        self.first_offsets = [begin]
        self.size_tables = bytearray()
        self.group_tables = bytearray()

    def run(self, pos: int) -> tuple[int, int]:
        """Walk until something ends it; return where and why."""
        data, end, size, append = self.data, self.end, self.size, self.heads.append
        while pos < end:
            # One by one near a definition; where eight messages came without one, fast until the next is near.
            single = 0
            while pos < end and (step := size[head := data[pos]]):
                append(head)
                pos += step
                single += 1
                if single == 8:
                    pos = self._fast(pos)
            if pos >= end:
                break
            before = pos
            pos, why = self._definition(pos)
            if why != WHOLE:
                return before, why
        return self._take_back(pos) if pos > end else (pos, WHOLE)

    def _fast(self, pos: int) -> int:
        """Walk in blocks, looking ahead for stretches between them, until less than a block is left."""
        burst = 2
        while pos < self.end:
            found = len(self.heads)
            pos = self._blocks(pos, burst)
            if len(self.heads) - found < 8 * burst or pos >= self.end:
                break
            before = pos
            pos = self._stretch(pos)
            # Looking ahead pays where stretches are long: else look less often.
            burst = 2 if pos - before > 40 * self.size[self.heads[-1]] else min(2 * burst, 64)
        return pos

    def _blocks(self, pos: int, most: int) -> int:
        """Walk in blocks of eight messages, written out: half the time of a loop. Return where they end.

        Stops before a block that something other than a message ends. May go past the end: see ``_take_back``.
        """
        data, size, heads = self.data, self.size, list[int]()
        extend = heads.extend
        try:
            for _ in range(most):
                p1 = pos + size[a := data[pos]]
                p2 = p1 + size[b := data[p1]]
                p3 = p2 + size[c := data[p2]]
                p4 = p3 + size[d := data[p3]]
                p5 = p4 + size[e := data[p4]]
                p6 = p5 + size[f := data[p5]]
                p7 = p6 + size[g := data[p6]]
                p8 = p7 + size[h := data[p7]]
                if p8 == p7:
                    # Once a size is 0 the place stays where it is.
                    break
                extend((a, b, c, d, e, f, g, h))
                pos = p8
        except IndexError:
            pass  # past the last byte of the file
        self.heads += bytes(heads)
        return pos

    def _take_back(self, pos: int) -> tuple[int, int]:
        """Drop the messages past the end; return where the first of them begins, and why the walk ended."""
        while self.heads and pos > self.end:
            pos -= self.size[self.heads.pop()]
        return pos, WHOLE if pos == self.end else CUT

    def _stretch(self, pos: int) -> int:
        """Take what repeats from here on: one header, or two in turn. Return where it ends."""
        data, size, heads = self.data, self.size, self.heads
        first = data[pos]
        if heads[-1] == first:
            period, turn = size[first], bytes((first,))
        elif heads[-2] == first:
            turn = bytes((first, heads[-1]))
            period = size[first] + size[turn[1]]
        else:
            return pos
        most = (self.end - pos) // period if period else 0
        tried = count = min(most, 16)
        while tried:
            count, at = tried, pos
            for head in turn:
                seen = data[at : at + (count - 1) * period + 1 : period]
                count -= len(seen.lstrip(bytes((head,))))
                if not count:
                    return pos
                at += size[head]
            if count < tried or tried == most:
                break
            tried = min(most, tried * 8)
        heads += turn * count
        return pos + count * period

    def _definition(self, pos: int) -> tuple[int, int]:
        """Take in a definition, or a header of a form not met yet; return where it ends and what is wrong."""
        data, end = self.data, self.end
        head = data[pos]
        if head & 0xC0 != 0x40:
            local = head >> 5 & 3 if head & 0x80 else head & 15
            if not self.sizes[local]:
                return pos, UNDEFINED
            self.size[head] = self.sizes[local]
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
        self._define(head & 15, *entry, stop)
        return stop, WHOLE

    def _define(self, local: int, group: int, length: int, after: int) -> None:
        rows = len(self.heads)
        if self.first_rows[-1] == rows:
            self.first_offsets[-1] = after
        else:
            # Rows found since the last definition belong to the tables as they stood before this one.
            self.size_tables += self.sizes
            self.group_tables += self.groups
            self.first_rows.append(rows)
            self.first_offsets.append(after)
        self.groups[local] = group
        self.sizes[local] = self.size[local] = length
        if self.unusual:
            for head in self.unusual.get(local, ()):
                self.size[head] = length

    def rows(self) -> tuple[NDArray[np.int64], NDArray[np.uint16], bool]:
        """Return offsets in file order, the definition of each message, and whether some carry time in headers."""
        heads = np.frombuffer(self.heads, np.uint8)
        packed = heads >= 0x80
        compressed = bool(packed.any())
        local = np.where(packed, heads >> 5 & 3, heads & 15) if compressed else heads & 15
        sizes = np.frombuffer(self.size_tables + self.sizes, np.int64)
        groups = np.frombuffer(self.group_tables + self.groups, np.uint16)
        if len(self.first_rows) == 1:
            steps, group = sizes[local], groups[local]
            return self.first_offsets[0] + np.cumsum(steps) - steps, group, compressed
        lengths = np.diff(self.first_rows, append=len(heads))
        at = np.repeat(np.arange(0, 16 * len(lengths), 16), lengths) + local
        steps, group = sizes[at], groups[at]
        before = np.cumsum(steps) - steps
        first = np.minimum(self.first_rows, max(0, len(heads) - 1))
        shift = np.array(self.first_offsets) - (before[first] if len(heads) else 0)
        return before + np.repeat(shift, lengths), group, compressed
