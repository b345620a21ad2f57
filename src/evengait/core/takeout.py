"""A file with everything that is a person's, made in the background."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from evengait.core.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

TAKEOUT_STATES = ("waiting", "done", "failed")
KEPT_FOR = timedelta(days=1)
"""How long it lies ready; then it is removed."""


@dataclass(frozen=True)
class Takeout:
    """One such file.

    Attributes
    ----------
    id, account : UUID
    state : {"waiting", "done", "failed"}
    asked_at : datetime
        Instant (UTC).
    expires_at : datetime or None
        Instant (UTC) from which it is not given out any more; None = not made yet.
    bytes : int
    """

    id: UUID
    account: UUID
    state: str
    asked_at: datetime
    expires_at: datetime | None = None
    bytes: int = 0

    def __post_init__(self) -> None:
        if self.state not in TAKEOUT_STATES:
            raise UsageError("The state of a takeout is not known.")

    def ready(self, now: datetime) -> bool:
        """Tell whether it can be had now."""
        return self.state == "done" and self.expires_at is not None and now < self.expires_at
