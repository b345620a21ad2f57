"""What was written, and of what it was said that it is kept."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Write:
    """One write of one person.

    Attributes
    ----------
    mark : str
        Stands in what was written and nowhere else.
    kept : bool
        An answer said that it is kept.
    tries : int
        How often it was sent.
    """

    kind: str
    who: int
    mark: str
    more: dict[str, Any] = field(default_factory=dict)
    kept: bool = False
    tries: int = 0
    order: int = 0


class Ledger:
    """The book of the test itself, filled by everybody at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.writes: list[Write] = []
        self.pages: Counter[int] = Counter()
        self.broken = 0
        self.wrong: list[str] = []
        self.told: Counter[str] = Counter()
        self.slowest_page_s = 0.0

    def begin(self, kind: str, who: int, mark: str, **more: Any) -> Write:
        """Note that something is going to be written."""
        with self._lock:
            write = Write(kind, who, mark, more, order=len(self.writes))
            self.writes.append(write)
        return write

    def answered(self, status: int) -> None:
        """Count an answer."""
        with self._lock:
            self.pages[status] += 1

    def line_broke(self) -> None:
        """Count a request that nobody answered."""
        with self._lock:
            self.broken += 1

    def say(self, what: str) -> None:
        """Note what must not be."""
        with self._lock:
            self.wrong.append(what)

    def tell(self, what: str) -> None:
        """Note a sentence by which something was refused."""
        with self._lock:
            self.told[what] += 1

    def of(self, kind: str) -> list[Write]:
        """Return the writes of a kind, in their order."""
        return [write for write in self.writes if write.kind == kind]
