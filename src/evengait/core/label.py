"""What a runner said of an activity elsewhere: title, note, shoe, effort; and where that stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

KINDS = ("strava", "garmin", "recording")
"""Who speaks: an export, as in ``columns.toml`` [labels.kind], or the recording itself. Where several do, the first
counts, field by field: runners give titles on Strava, Garmin makes one up where none was given, and a recording has
that of the day when it was exported."""


@dataclass(frozen=True)
class Label:
    """What the runner said of one recording.

    Attributes
    ----------
    name, note, gear : str or None
        Title; private note and description; shoe or bike. None = not said.
    rpe_cr10 : float or None
        Perceived exertion, 1 to 10.
    dirt_distance_m : float or None
        Metres on unpaved ground by the export's own map; None = not known.
    """

    name: str | None = None
    note: str | None = None
    gear: str | None = None
    rpe_cr10: float | None = None
    dirt_distance_m: float | None = None


@dataclass(frozen=True)
class Said:
    """A label, and which table it stands in.

    Attributes
    ----------
    kind : str
        Whose word, one of ``KINDS``.
    source : str
        The table, for people: ``export.zip!activities.csv``.
    label : Label
    start : datetime or None
        UTC start of the activity, where the table names no recording.
    sport : str or None
        House word, where the table names no recording.
    elapsed_s : float or None
        Length of the activity, where the table names no recording.  [s]
    activity : int or None
        The export's own number of it.
    edition : int or None
        The newest activity in the table, by the export's own count: tells the later of two exports.
    """

    kind: str
    source: str
    label: Label
    start: datetime | None = None
    sport: str | None = None
    elapsed_s: float | None = None
    activity: int | None = None
    edition: int | None = None
