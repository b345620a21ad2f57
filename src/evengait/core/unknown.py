"""Too little data: a reason instead of a number."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Unknown:
    """What cannot be told, and why; never a number, never an exception.

    Attributes
    ----------
    reason : str
        One plain sentence for people.

    Examples
    --------
    >>> bool(Unknown("Fewer than 20 runs with left/right balance."))
    False
    """

    reason: str

    def __bool__(self) -> bool:
        return False
