"""GPX 1.0 and 1.1 as a grammar."""

from __future__ import annotations

from enum import IntEnum

from evengait.ingest.xml._grammar import EXTRAS, TIME, Grammar, Kind, Leaf, Place, number


class Said(IntEnum):
    """Marks beside the points."""

    CREATOR = 0
    TRACK = 1
    SEGMENT = 2
    NAME = 3
    TYPE = 4
    ROUTE = 5
    WAYPOINT = 6
    NOTE = 7


GPX = Grammar(
    {
        "document": Place({"gpx": "gpx"}),
        "gpx": Place(
            {"trk": "track", "rte": "route", "wpt": "waypoint"},
            {"creator": Leaf(Kind.TEXT, mark=Said.CREATOR)},
        ),
        "track": Place(
            {
                "name": Leaf(Kind.TEXT, mark=Said.NAME),
                "type": Leaf(Kind.TEXT, mark=Said.TYPE),
                "desc": Leaf(Kind.TEXT, mark=Said.NOTE),
                "trkseg": "segment",
            },
            mark=Said.TRACK,
        ),
        "segment": Place({"trkpt": "point"}, mark=Said.SEGMENT),
        "point": Place(
            {"ele": number("altitude"), "time": TIME, "speed": number("speed"), "extensions": "extras"},
            {"lat": number("lat"), "lon": number("lon")},
            is_point=True,
        ),
        "extras": EXTRAS,
        "route": Place(mark=Said.ROUTE),
        "waypoint": Place(mark=Said.WAYPOINT),
    }
)
