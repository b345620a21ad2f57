"""TCX 2 as a grammar, and TCX 1 in which Training Center kept its history until 2007."""

from __future__ import annotations

from enum import IntEnum

from evengait.ingest.xml._grammar import EXTRAS, TIME, Grammar, Kind, Leaf, Place, number


class Said(IntEnum):
    """Marks beside the points."""

    SPORT = 0
    ACTIVITY = 1
    ID = 2
    LAP = 3
    LAP_START = 4
    LAP_SECONDS = 5
    LAP_METRES = 6
    LAP_HEART_RATE = 7
    TRACK = 8
    DEVICE = 9
    COURSE = 10
    WORKOUT = 11
    OLD_RUN = 12
    OLD_RIDE = 13
    OLD_OTHER = 14
    NOTE = 15


OLD = {Said.OLD_RUN: "Running", Said.OLD_RIDE: "Biking", Said.OLD_OTHER: "Other"}
"""TCX 1 tells the sport by the folder that an activity lies in."""


_WORDS: dict[str, Leaf | str] = {"Notes": Leaf(Kind.TEXT, mark=Said.NOTE)}


def _old(mark: Said) -> Place:
    return Place({**_WORDS, "Lap": "old lap"}, mark=mark)


_FOLDERS = {"Running": "old runs", "Biking": "old rides", "Other": "old others"}


_LAP = {
    "TotalTimeSeconds": Leaf(Kind.NUMBER, mark=Said.LAP_SECONDS),
    "DistanceMeters": Leaf(Kind.NUMBER, mark=Said.LAP_METRES),
}
_POINT: dict[str, Leaf | str] = {
    "Time": TIME,
    "Position": "position",
    "AltitudeMeters": number("altitude"),
    "DistanceMeters": number("distance"),
    "Cadence": number("cadence"),
    "Extensions": "extras",
}

TCX = Grammar(
    {
        "document": Place({"TrainingCenterDatabase": "database"}),
        "database": Place(
            {"Activities": "activities", "Courses": "courses", "Workouts": "workouts", "History": "history"}
        ),
        "activities": Place({"Activity": "activity", "MultiSportSession": "sports"}),
        "sports": Place({"FirstSport": "sport", "NextSport": "sport"}),
        "sport": Place({"Activity": "activity"}),
        "activity": Place(
            {**_WORDS, "Id": Leaf(Kind.TIME, mark=Said.ID), "Lap": "lap", "Creator": "creator"},
            {"Sport": Leaf(Kind.TEXT, mark=Said.SPORT)},
            mark=Said.ACTIVITY,
        ),
        "creator": Place({"Name": Leaf(Kind.TEXT, mark=Said.DEVICE)}),
        "lap": Place(
            {**_LAP, "AverageHeartRateBpm": "average", "Track": "track"},
            {"StartTime": Leaf(Kind.TIME, mark=Said.LAP_START)},
            mark=Said.LAP,
        ),
        "average": Place({"Value": Leaf(Kind.NUMBER, mark=Said.LAP_HEART_RATE)}),
        "track": Place({"Trackpoint": "point"}, mark=Said.TRACK),
        "point": Place({**_POINT, "HeartRateBpm": "heart_rate"}, is_point=True),
        "position": Place({"LatitudeDegrees": number("lat"), "LongitudeDegrees": number("lon")}),
        "heart_rate": Place({"Value": number("heart_rate")}),
        "extras": EXTRAS,
        "courses": Place({"Course": "course"}),
        "course": Place(mark=Said.COURSE),
        "workouts": Place({"Workout": "workout"}),
        "history": Place(_FOLDERS, open=True),
        "old runs": Place({"Run": "old run"}, open=True),
        "old rides": Place({"Run": "old ride"}, open=True),
        "old others": Place({"Run": "old other"}, open=True),
        "old run": _old(Said.OLD_RUN),
        "old ride": _old(Said.OLD_RIDE),
        "old other": _old(Said.OLD_OTHER),
        "old lap": Place(
            {
                **_LAP,
                "AverageHeartRateBpm": Leaf(Kind.NUMBER, mark=Said.LAP_HEART_RATE),
                "Track": "old track",
            },
            {"StartTime": Leaf(Kind.TIME, mark=Said.LAP_START)},
            mark=Said.LAP,
        ),
        "old track": Place({"Trackpoint": "old point"}, mark=Said.TRACK),
        "old point": Place({**_POINT, "HeartRateBpm": number("heart_rate")}, is_point=True),
        "workout": Place(mark=Said.WORKOUT),
    }
)
