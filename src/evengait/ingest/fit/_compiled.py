"""The compiled kernel behind the interface of an engine. Importing this fails where it was not built."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evengait.ingest.fit import _kernel
from evengait.ingest.fit._walk import MAX_DEFINITIONS, Walk

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.ingest.fit._plan import Work


class CompiledEngine:
    """Checksum, walk and columns in C."""

    name = "kernel"

    def crc(self, data: NDArray[np.uint8]) -> int:
        """Return the FIT checksum of some bytes."""
        return _kernel.crc(data)

    def walk(self, data: bytes | memoryview, begin: int, end: int) -> Walk:
        """Find every message between two offsets."""
        definitions, counts, offsets, stop, why, compressed = _kernel.walk(data, begin, end, MAX_DEFINITIONS)
        return Walk(definitions, counts, np.frombuffer(offsets, np.int64), stop, why, compressed)

    def fill(
        self,
        data: NDArray[np.uint8],
        offsets: NDArray[np.int64],
        ranks: NDArray[np.int64] | None,
        work: Work,
        table: NDArray[np.uint8],
        rows: int,
        flags_at: int,
    ) -> None:
        """Write the columns of one definition into a table."""
        _kernel.fill(data, offsets, ranks, work.layout.size, work.spec, work.scales, table, rows, flags_at)
