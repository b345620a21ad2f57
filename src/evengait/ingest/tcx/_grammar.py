"""TCX 1 and 2 as a grammar."""

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


TCX = Grammar(
    {
        "document": Place({"TrainingCenterDatabase": "database"}),
        "database": Place({"Activities": "activities", "Courses": "courses", "Workouts": "workouts"}),
        "activities": Place({"Activity": "activity", "MultiSportSession": "sports"}),
        "sports": Place({"FirstSport": "sport", "NextSport": "sport"}),
        "sport": Place({"Activity": "activity"}),
        "activity": Place(
            {"Id": Leaf(Kind.TIME, mark=Said.ID), "Lap": "lap", "Creator": "creator"},
            {"Sport": Leaf(Kind.TEXT, mark=Said.SPORT)},
            mark=Said.ACTIVITY,
        ),
        "creator": Place({"Name": Leaf(Kind.TEXT, mark=Said.DEVICE)}),
        "lap": Place(
            {
                "TotalTimeSeconds": Leaf(Kind.NUMBER, mark=Said.LAP_SECONDS),
                "DistanceMeters": Leaf(Kind.NUMBER, mark=Said.LAP_METRES),
                "AverageHeartRateBpm": "average",
                "Track": "track",
            },
            {"StartTime": Leaf(Kind.TIME, mark=Said.LAP_START)},
            mark=Said.LAP,
        ),
        "average": Place({"Value": Leaf(Kind.NUMBER, mark=Said.LAP_HEART_RATE)}),
        "track": Place({"Trackpoint": "point"}, mark=Said.TRACK),
        "point": Place(
            {
                "Time": TIME,
                "Position": "position",
                "AltitudeMeters": number("altitude"),
                "DistanceMeters": number("distance"),
                "HeartRateBpm": "heart_rate",
                "Cadence": number("cadence"),
                "Extensions": "extras",
            },
            is_point=True,
        ),
        "position": Place({"LatitudeDegrees": number("lat"), "LongitudeDegrees": number("lon")}),
        "heart_rate": Place({"Value": number("heart_rate")}),
        "extras": EXTRAS,
        "courses": Place({"Course": "course"}),
        "course": Place(mark=Said.COURSE),
        "workouts": Place({"Workout": "workout"}),
        "workout": Place(mark=Said.WORKOUT),
    }
)
