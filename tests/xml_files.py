"""Small made-up TCX and GPX documents."""

from __future__ import annotations

import gzip
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
GARMIN = 'xmlns="http://www.topografix.com/GPX/1/1" xmlns:ns3="http://www.garmin.com/xmlschemas/TrackPointExtension/v1"'


def at(seconds: float) -> str:
    return (START + timedelta(seconds=seconds)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def trkpt(second: float, inner: str = "", *, lat: str = "52.5", lon: str = "13.4", ele: str = "34.2") -> str:
    height = f"<ele>{ele}</ele>" if ele else ""
    return f'<trkpt lat="{lat}" lon="{lon}">{height}<time>{at(second)}</time>{inner}</trkpt>'


def tpx(hr: int = 140, cad: int = 85) -> str:
    return (
        "<extensions><ns3:TrackPointExtension>"
        f"<ns3:hr>{hr}</ns3:hr><ns3:cad>{cad}</ns3:cad></ns3:TrackPointExtension></extensions>"
    )


def trk(*segments: str, kind: str = "running", name: str = "Morning") -> str:
    said = f"<type>{kind}</type>" if kind else ""
    inner = "".join(f"<trkseg>{segment}</trkseg>" for segment in segments)
    return f"<trk><name>{name}</name>{said}{inner}</trk>"


def gpx(*inner: str, creator: str = "Garmin Forerunner 55") -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8"?><gpx version="1.1" creator="{creator}" {GARMIN}>'
    return (head + "".join(inner) + "</gpx>").encode()


def trackpoint(second: float, inner: str = "", *, metres: float | None = None) -> str:
    far = "" if metres is None else f"<DistanceMeters>{metres}</DistanceMeters>"
    return f"<Trackpoint><Time>{at(second)}</Time>{far}{inner}</Trackpoint>"


def lap(start: float, *tracks: str, seconds: float = 60, metres: float = 180, more: str = "") -> str:
    inner = "".join(f"<Track>{track}</Track>" for track in tracks)
    return (
        f'<Lap StartTime="{at(start)}"><TotalTimeSeconds>{seconds}</TotalTimeSeconds>'
        f"<DistanceMeters>{metres}</DistanceMeters>{more}{inner}</Lap>"
    )


def activity(*laps: str, sport: str = "Running", device: str = "Forerunner 55") -> str:
    creator = f'<Creator xsi:type="Device_t"><Name>{device}</Name></Creator>' if device else ""
    return f'<Activity Sport="{sport}"><Id>{at(0)}</Id>{"".join(laps)}{creator}</Activity>'


def tcx(*activities: str) -> bytes:
    return (
        '<?xml version="1.0"?><TrainingCenterDatabase '
        'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<Activities>{''.join(activities)}</Activities></TrainingCenterDatabase>"
    ).encode()


def shared_files() -> list[Path]:
    """Return the real TCX and GPX files, where they are at hand."""
    folder = Path(os.environ.get("EVENGAIT_SHARED", Path(__file__).parents[2] / "shared")) / "data"
    ends = (".gpx", ".tcx", ".gpx.gz", ".tcx.gz")
    return sorted(path for path in folder.rglob("*") if path.name.lower().endswith(ends))


def content(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
