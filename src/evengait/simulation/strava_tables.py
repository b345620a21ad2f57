"""The tables of a Strava bulk export, for a made-up history: activities, shoes, and what else lies about."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

_NAMES = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,"
    "Distance,Max Heart Rate,Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,"
    "Athlete Weight,Bike Weight,Elapsed Time,Moving Time,Distance,Max Speed,Average Speed,"
    "Elevation Gain,Elevation Loss,Elevation Low,Elevation High,Max Grade,Average Grade,"
    "Average Positive Grade,Average Negative Grade,Max Cadence,Average Cadence,Max Heart Rate,"
    "Average Heart Rate,Max Watts,Average Watts,Calories,Max Temperature,Average Temperature,"
    "Relative Effort,Total Work,Number of Runs,Uphill Time,Downhill Time,Other Time,"
    "Perceived Exertion,Type,Start Time,Weighted Average Power,Power Count,Prefer Perceived Exertion,"
    "Perceived Relative Effort,Commute,Total Weight Lifted,From Upload,Grade Adjusted Distance,"
    "Weather Observation Time,Weather Condition,Weather Temperature,Apparent Temperature,Dewpoint,"
    "Humidity,Weather Pressure,Wind Speed,Wind Gust,Wind Bearing,Precipitation Intensity,"
    "Sunrise Time,Sunset Time,Moon Phase,Bike,Gear,Precipitation Probability,Precipitation Type,"
    "Cloud Cover,Weather Visibility,UV Index,Weather Ozone,Jump Count,Total Grit,Average Flow,"
    "Flagged,Average Elapsed Speed,Dirt Distance,Newly Explored Distance,"
    "Newly Explored Dirt Distance,Activity Count,Total Steps,Carbon Saved,Pool Length,Training Load,"
    "Intensity,Average Grade Adjusted Pace,Timer Time,Total Cycles,Recovery,With Pet,Competition,"
    "Long Run,For a Cause,Media"
)
HEADER = tuple(_NAMES.split(","))
"""As an export of August 2025 has it, doubled names and all: 99 columns."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ID_BASE = 1_000_000_000
_UPLOAD_BASE = 1_060_000_000
"""Strava numbers an activity and its upload apart: the file is named after the upload."""


@dataclass(frozen=True)
class Listing:
    """How the export lists a session: its number, and where its recording lies."""

    activity: int
    filename: str


def listing(row: Mapping[str, Any]) -> Listing:
    """Give a session its numbers, made from its start.

    Examples
    --------
    >>> from datetime import datetime
    >>> listing({"start": datetime(2026, 11, 8, 15, 0, tzinfo=UTC)}).filename
    'activities/6442450000.fit.gz'
    """
    number = 3 * int(row["start"].timestamp())
    return Listing(_ID_BASE + number, f"activities/{_UPLOAD_BASE + number}.fit.gz")


def tables(rows: Sequence[Mapping[str, Any]], listed: Sequence[Listing], seed: int) -> dict[str, str]:
    """Return the text files of the export by name.

    Parameters
    ----------
    rows : sequence of mapping
        Rows of a simulated [sessions] table, in order of time.
    listed : sequence of Listing
        One for each row.
    seed : int
        Becomes the number of the made-up athlete.
    """
    gear = {shoe: 9_000_000 + 17 * number for number, shoe in enumerate(sorted(_shoes(rows)))}
    lines = [_activity(row, entry, gear) for row, entry in zip(rows, listed, strict=True)]
    lines.insert(len(lines) // 2, _by_hand(rows[len(rows) // 2]["start"]))
    shoes = [(name.split()[2], name.split()[0], name.split()[1], "Run") for name in gear]
    profile_header = (
        "Athlete ID",
        "Email Address",
        "First Name",
        "Last Name",
        "Sex",
        "City",
        "State",
        "Country",
    )
    return {
        "activities.csv": _text(HEADER, lines),
        "shoes.csv": _text(("Shoe Name", "Shoe Brand", "Shoe Model", "Shoe Default Sport Types"), shoes),
        "bikes.csv": _text(("Bike Name", "Bike Brand", "Bike Model", "Bike Default Sport Types"), []),
        "profile.csv": _text(profile_header, [(seed, "", "Made-up", "Runner", "", "", "", "")]),
    }


def _shoes(rows: Iterable[Mapping[str, Any]]) -> set[str]:
    return {row["shoe"] for row in rows if row["shoe"]}


def _activity(row: Mapping[str, Any], entry: Listing, gear: Mapping[str, int]) -> list[object]:
    distance, moving = row["distance_m"], row["moving_s"]
    dirt = row["paved_share"] is not None and row["surface_source"] == "dirt_distance"
    running = row["sport"] == "running"
    first: dict[str, object] = {
        "Activity ID": entry.activity,
        "Activity Date": date_as_strava(row["start"]),
        "Activity Name": name_by_clock(row),
        "Activity Type": "Run" if running else "Weight Training",
        "Elapsed Time": int(row["elapsed_s"]),
        "Distance": f"{distance / 1000:.2f}" if running else 0.0,
        "Commute": "false",
        "Activity Gear": row["shoe"],
        "Filename": entry.filename,
    }
    precise: dict[str, object] = {
        "Elapsed Time": row["elapsed_s"],
        "Moving Time": moving,
        "Distance": distance if running else 0.0,
        "Average Speed": distance / moving if running else None,
        "Elevation Gain": row["ascent_m"],
        "Elevation Loss": row["descent_m"],
        "Average Heart Rate": row["heart_rate_bpm"],
        "Perceived Exertion": row["rpe_cr10"],
        "Prefer Perceived Exertion": 0.0 if row["rpe_cr10"] else None,
        "Commute": 0.0,
        "From Upload": 1.0,
        "Gear": float(gear[row["shoe"]]) if row["shoe"] else None,
        "Dirt Distance": round(distance * (1 - row["paved_share"]), 1) if dirt else None,
        "Total Steps": row["steps"],
        "Timer Time": moving,
    }
    return _line(first, precise)


def _by_hand(after: datetime) -> list[object]:
    """Return an activity typed in, without a recording."""
    start = after + timedelta(hours=9)
    precise = {"Elapsed Time": 1800.0, "Moving Time": 1800.0, "Distance": 0.0, "Commute": 0.0}
    number = _ID_BASE + 3 * int(start.timestamp()) + 1
    first = {"Activity ID": number, "Activity Date": date_as_strava(start), "Activity Name": "Yoga"}
    return _line(
        first | {"Activity Type": "Yoga", "Elapsed Time": 1800, "Distance": 0.0, "Commute": "false"}, precise
    )


def _line(first: Mapping[str, object], precise: Mapping[str, object]) -> list[object]:
    """Put the values under their names; of doubled names the first is for reading, the second precise."""
    seen: set[str] = set()
    out: list[object] = []
    for name in HEADER:
        source = precise if name in seen or name not in first else first
        out.append("" if source.get(name) is None else source[name])
        seen.add(name)
    return out


def date_as_strava(start: datetime) -> str:
    """Write an instant as the export does, in UTC.

    Examples
    --------
    >>> from datetime import datetime
    >>> date_as_strava(datetime(2026, 11, 8, 15, 4, 5, tzinfo=UTC))
    'Nov 8, 2026, 3:04:05 PM'
    """
    at = start.astimezone(UTC)
    clock = f"{(at.hour - 1) % 12 + 1}:{at:%M:%S} {'PM' if at.hour >= 12 else 'AM'}"
    return f"{_MONTHS[at.month - 1]} {at.day}, {at.year}, {clock}"


def name_by_clock(row: Mapping[str, Any]) -> str:
    """Name a session as the export does where the runner gave no name.

    Examples
    --------
    >>> from datetime import datetime
    >>> name_by_clock({"start": datetime(2026, 11, 8, 15, 4, tzinfo=UTC), "utc_offset_s": -28800, "sport": "running"})
    'Morning Run'
    """
    hour = (row["start"] + timedelta(seconds=row["utc_offset_s"])).hour
    part = next(
        word
        for until, word in ((11, "Morning"), (14, "Lunch"), (17, "Afternoon"), (24, "Evening"))
        if hour < until
    )
    return f"{part} {'Run' if row['sport'] == 'running' else 'Weight Training'}"


def _text(header: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    return out.getvalue()
