"""Write a plan as a calendar file, as an update of the one that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.actions.write_workouts import folder_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date, datetime, time
    from pathlib import Path

    from evengait.core.plan import PlanDay
    from evengait.core.strength_setup import Weights
    from evengait.core.units import Units


def write_calendar(
    days: Iterable[PlanDay],
    file: Path,
    plan: str,
    *,
    today: date,
    stamp: datetime,
    at: time | None = None,
    titles: Mapping[str, str] | None = None,
    done: Collection[str] = (),
    units: Units = "km",
    weights: Weights = "kg",
) -> int:
    """Write the file; where an earlier export of this program is there, calendars see what changed.

    Parameters
    ----------
    plan : str
        What tells this plan from others; see ``report/calendar_file.py`` for the rest.

    Returns
    -------
    int
        Events in the file, cancelled ones too.

    Raises
    ------
    UsageError
        The folder is not there.
    IngestError
        The file that is there is no calendar of this program; it is left alone.
    """
    from evengait.report.calendar_file import calendar_file

    folder_of(file)
    before = file.read_bytes() if file.exists() else None
    data = calendar_file(
        days,
        plan,
        today=today,
        stamp=stamp,
        before=before,
        at=at,
        titles=titles,
        done=done,
        units=units,
        weights=weights,
    )
    part = file.with_name(f".{file.name}.part")
    part.write_bytes(data)
    part.replace(file)
    return data.count(b"BEGIN:VEVENT")
