"""The compiled kernel behind the interface of an engine. Importing this fails where it was not built."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evengait.ingest.fit import _kernel
from evengait.ingest.fit._walk import MAX_DEFINITIONS, Walk

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.ingest.fit._plan import Plan


class CompiledEngine:
    """Checksum, walk and columns in C."""

    name = "kernel"

    def crc(self, data: NDArray[np.uint8]) -> int:
        """Return the FIT checksum of some bytes."""
        return _kernel.crc(data)

    def walk(self, data: bytes, begin: int, end: int) -> Walk:
        """Find every message between two offsets."""
        definitions, counts, offsets, stop, why, compressed = _kernel.walk(data, begin, end, MAX_DEFINITIONS)
        return Walk(definitions, counts, np.frombuffer(offsets, np.int64), stop, why, compressed)

    def fill(
        self,
        data: NDArray[np.uint8],
        table_plan: Plan,
        offsets: list[NDArray[np.int64]],
        order: NDArray[np.int64] | None,
    ) -> NDArray[np.uint8]:
        """Return a table's bytes: see ``_fill.fill``."""
        rows = sum(map(len, offsets))
        flags_at = rows * table_plan.value_bytes
        size = flags_at + rows * table_plan.flag_bytes
        table = np.zeros(size, np.uint8) if table_plan.sparse else np.empty(size, np.uint8)
        ranks = None
        if len(offsets) > 1:
            ranks = np.arange(rows)
            if order is not None:
                ranks[order] = np.arange(rows)
        at = 0
        for work, places in zip(table_plan.works, offsets, strict=True):
            part = None if ranks is None else ranks[at : at + len(places)]
            _kernel.fill(data, places, part, work.layout.size, work.spec, work.scales, table, rows, flags_at)
            at += len(places)
        return table
