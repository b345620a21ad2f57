"""FIT, the format of watches: columns per message, no object per sample.

``sniff`` looks at the first bytes; ``read`` gives a recording; ``decode`` gives every message as columns. Importing
this costs nothing: NumPy and the profile load with the first file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evengait.ingest.fit._decode import FitFile, decode
    from evengait.ingest.fit._message import Message
    from evengait.ingest.fit._read import read

__all__ = ["FitFile", "Message", "decode", "read", "sniff"]

_HOMES = {"FitFile": "_decode", "Message": "_message", "decode": "_decode", "read": "_read"}


def sniff(head: bytes) -> bool:
    """Whether bytes begin as a FIT file does.

    Parameters
    ----------
    head : bytes
        The first 12 bytes or more.

    Examples
    --------
    >>> sniff(bytes([14, 16, 0, 0, 0, 0, 0, 0]) + b".FIT")
    True
    """
    return len(head) >= 12 and head[0] >= 12 and head[8:12] == b".FIT"


def __getattr__(name: str) -> Any:
    """Load what is asked for, when it is asked for."""
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"evengait.ingest.fit.{_HOMES[name]}"), name)
