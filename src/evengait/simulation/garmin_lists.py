"""The lists in a Garmin account archive, for a made-up history: activities, gear, and what else lies about."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from evengait.simulation.strava_tables import name_by_clock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

USER = "made-up@runner.example"
IN_A_LIST = 1000
FITNESS = "DI_CONNECT/DI-Connect-Fitness"
UPLOADED = "DI_CONNECT/DI-Connect-Uploaded-Files"


def activity_number(row: Mapping[str, Any]) -> int:
    """Give a session Garmin's number, made from its start.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> activity_number({"start": datetime(2026, 11, 8, 15, 0, tzinfo=UTC)})
    5588150000
    """
    return 5 * int(row["start"].timestamp()) - 3_382_600_000


def lists(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the lists of an archive by their paths in it.

    Times are milliseconds, distances and climbs centimetres, speeds tenths of metres a second and perceived exertion
    ten times ten, as in a real one; they name no recording.

    Parameters
    ----------
    rows : sequence of mapping
        Rows of a simulated [sessions] table, in order of time.
    """
    found = {}
    for at in range(0, max(1, len(rows)), IN_A_LIST):
        name = f"{FITNESS}/{USER}_{at + (1 if at else 0)}_summarizedActivities.json"
        activities = [_activity(row) for row in rows[at : at + IN_A_LIST]]
        found[name] = json.dumps([{"summarizedActivitiesExport": activities}])
    found[f"{FITNESS}/{USER}_gear.json"] = json.dumps([_gear(rows)])
    found["DI_CONNECT/DI-Connect-Wellness/made-up_sleepData.json"] = "[]"
    found["customer_data/customer.json"] = json.dumps({"firstName": "Made-up"})
    return found


def _activity(row: Mapping[str, Any]) -> dict[str, Any]:
    running = row["sport"] == "running"
    start = row["start"].timestamp() * 1000
    made: dict[str, Any] = {
        "activityId": activity_number(row),
        "name": name_by_clock(row),
        "activityType": "running" if running else "strength_training",
        "sportType": "RUNNING" if running else "TRAINING",
        "beginTimestamp": start,
        "startTimeGmt": start,
        "startTimeLocal": start + 1000.0 * (row["utc_offset_s"] or 0),
        "duration": 1000.0 * row["moving_s"],
        "elapsedDuration": 1000.0 * row["elapsed_s"],
        "movingDuration": 1000.0 * row["moving_s"],
    }
    if running:
        made["distance"] = round(100 * row["distance_m"], 1)
        made["avgSpeed"] = row["distance_m"] / row["moving_s"] / 10
        made["elevationGain"] = None if row["ascent_m"] is None else 100 * row["ascent_m"]
    if row["rpe_cr10"]:
        made["workoutRpe"] = 10 * round(row["rpe_cr10"])
    return made


def _gear(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    pairs = sorted({row["shoe"] for row in rows if row["shoe"]})
    worn: dict[str, list[dict[str, int]]] = {}
    items = []
    for number, shoe in enumerate(pairs):
        on = [row for row in rows if row["shoe"] == shoe]
        items.append(
            {
                "gearPk": 100 + number,
                "gearTypeName": "Shoes",
                "gearStatusName": "active",
                "customMakeModel": shoe,
                "displayName": "",
                "dateBegin": on[0]["start"].strftime("%Y-%m-%dT00:00:00.0"),
                "maximumMeters": 700_000.0,
            }
        )
        worn[str(100 + number)] = [{"activityId": activity_number(row), "gearPk": 100 + number} for row in on]
    return {"gearDTOS": items, "gearActivityDTOs": worn}
