"""The two engines: the compiled kernel where it was built, NumPy everywhere. Same values to the bit."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Protocol

from evengait.ingest.fit import _crc, _fill, _walk

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from evengait.ingest.fit._plan import Plan


class Engine(Protocol):
    """What an engine does: checksum, walk over the records, fill a table."""

    name: str

    def crc(self, data: NDArray[np.uint8]) -> int:
        """Return the FIT checksum of some bytes."""

    def walk(self, data: bytes, begin: int, end: int) -> _walk.Walk:
        """Find every message between two offsets."""

    def fill(
        self,
        data: NDArray[np.uint8],
        table_plan: Plan,
        offsets: list[NDArray[np.int64]],
        order: NDArray[np.int64] | None,
    ) -> NDArray[np.uint8]:
        """Return a table's bytes: see ``_fill.fill``."""


class NumpyEngine:
    """Python walk, NumPy columns: always there."""

    name = "numpy"
    crc = staticmethod(_crc.crc16)
    fill = staticmethod(_fill.fill)

    walk = staticmethod(_walk.walk)


@cache
def _compiled() -> Engine | None:
    try:
        from evengait.ingest.fit._compiled import CompiledEngine
    except ImportError:
        return None
    return CompiledEngine()


def engine(kernel: bool | None = None) -> Engine:
    """Return the engine to use.

    Parameters
    ----------
    kernel : bool or None
        True or False asks for one; None takes the kernel where it was built, unless the environment variable
        ``EVENGAIT_NO_KERNEL`` is 1.

    Raises
    ------
    ImportError
        The kernel was asked for and is not built.
    """
    if kernel is None:
        kernel = os.environ.get("EVENGAIT_NO_KERNEL") != "1" and _compiled() is not None
    if not kernel:
        return NumpyEngine()
    compiled = _compiled()
    if compiled is None:
        raise ImportError("the compiled kernel was not built here")
    return compiled
