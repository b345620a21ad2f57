"""A runner, as the records know her: the name of her folder, how she reads numbers, her calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from evengait.core.errors import UsageError

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from evengait.core.units import Units


@dataclass(frozen=True)
class RunnerProfile:
    """One runner.

    Attributes
    ----------
    id : UUID
        In the records.
    name : str
        Folder of the archive below ``<home>/runners``.
    display_name : str
        What others may read; empty = none chosen.
    units : {"km", "mi"}
        For what people read; values stay SI.
    time_zone : str
        IANA name; empty = the computer's own.
    account : UUID or None
        Who signs in as this runner; None = nobody yet.
    """

    id: UUID
    name: str
    display_name: str = ""
    units: Units = "km"
    time_zone: str = ""
    account: UUID | None = None

    def today(self, now: datetime) -> date:
        """Return the date on this runner's own calendar at an instant (with its time zone).

        Raises
        ------
        UsageError
            The time zone is not known here.
        """
        if not self.time_zone:
            return now.astimezone().date()
        try:
            return now.astimezone(ZoneInfo(self.time_zone)).date()
        except (ZoneInfoNotFoundError, ValueError):
            raise UsageError("The time zone in the settings is not known. Choose another one.") from None
