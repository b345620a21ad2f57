"""TCX, the format of Garmin Training Center: what Garmin, Polar, Fitbit and others export.

``sniff`` looks at the first bytes; ``read`` gives a recording. Importing this costs nothing: NumPy loads with the
first file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evengait.ingest.xml._root import root_name

if TYPE_CHECKING:
    from evengait.ingest.tcx._read import read

__all__ = ["read", "sniff"]


def sniff(head: bytes) -> bool:
    """Whether bytes begin as a TCX document does.

    Parameters
    ----------
    head : bytes
        The first bytes of a file.

    Examples
    --------
    >>> sniff(b'<?xml version="1.0"?><TrainingCenterDatabase>')
    True
    """
    return root_name(head) == "TrainingCenterDatabase"


def __getattr__(name: str) -> Any:
    """Load the reader when it is asked for."""
    if name != "read":
        raise AttributeError(name)
    from evengait.ingest.tcx._read import read

    return read
