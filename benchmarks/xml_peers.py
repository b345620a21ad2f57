"""Readers of GPX and TCX on PyPI, each giving one list a column, and the shortest loops over lxml and ElementTree."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import gpxpy
import tcxparser
from lxml import etree
from tcxreader.tcxreader import TCXReader

if TYPE_CHECKING:
    from collections.abc import Callable

    Columns = dict[str, list[Any]]


def _local(tag: Any) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


# ---------------------------------------------------------------- GPX

_GPX = {"ele": "altitude", "time": "time"}
_EXTRAS = {
    "hr": "heart_rate", "heartrate": "heart_rate", "cad": "cadence", "cadence": "cadence", "power": "power",
    "PowerInWatts": "power", "atemp": "temperature", "temp": "temperature",
}  # fmt: skip
_GPX_COLUMNS = ("lat", "lon", *_GPX.values(), *dict.fromkeys(_EXTRAS.values()))


def gpxpy_columns(data: bytes) -> Columns:
    """By gpxpy's objects; its extensions are elements."""
    out: Columns = {name: [] for name in _GPX_COLUMNS}
    for track in gpxpy.parse(data).tracks:
        for segment in track.segments:
            for point in segment.points:
                row = {"lat": point.latitude, "lon": point.longitude, "altitude": point.elevation}
                row["time"] = point.time
                for extension in point.extensions:
                    for element in extension.iter():
                        name = _EXTRAS.get(_local(element.tag))
                        if name and row.get(name) is None and element.text:
                            row[name] = float(element.text)
                for name, column in out.items():
                    column.append(row.get(name))
    return out


def _gpx_points(points: Any) -> Columns:
    out: Columns = {name: [] for name in _GPX_COLUMNS}
    for point in points:
        row: dict[str, Any] = {"lat": float(point.get("lat")), "lon": float(point.get("lon"))}
        for element in point.iter():
            tag = _local(element.tag)
            name = _GPX.get(tag) or _EXTRAS.get(tag)
            text = element.text
            if name and text and name not in row:
                row[name] = _instant(text) if name == "time" else float(text)
        for name, column in out.items():
            column.append(row.get(name))
        point.clear()
    return out


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text.strip())


def gpx_lxml_steps(data: bytes) -> Columns:
    """Loop over lxml's iterparse."""
    steps = etree.iterparse(io.BytesIO(data), tag="{*}trkpt")
    return _gpx_points(point for _, point in steps)


def gpx_lxml_tree(data: bytes) -> Columns:
    """Loop over lxml's tree."""
    return _gpx_points(etree.fromstring(data).iter("{*}trkpt"))


def gpx_elementtree(data: bytes) -> Columns:
    """Loop over the standard library's tree."""
    return _gpx_points(ET.fromstring(data).findall(".//{*}trkpt"))


def fastgpx_columns(data: bytes) -> Columns:
    """By fastgpx's objects, which have no heart rate and no cadence."""
    out: Columns = {name: [] for name in ("lat", "lon", "altitude", "time")}
    for track in fastgpx.parse(data.decode()).tracks:
        for segment in track.segments:
            for point in segment.points:
                out["lat"].append(point.latitude)
                out["lon"].append(point.longitude)
                out["altitude"].append(point.elevation)
                out["time"].append(point.time)
    return out


# ---------------------------------------------------------------- TCX

_TCX = {
    "Time": "time", "LatitudeDegrees": "lat", "LongitudeDegrees": "lon", "AltitudeMeters": "altitude",
    "DistanceMeters": "distance", "Value": "heart_rate", "Cadence": "cadence", "RunCadence": "pod", "Speed": "speed",
    "Watts": "power",
}  # fmt: skip
_TCX_COLUMNS = tuple(name for name in _TCX.values() if name != "pod")


def tcxreader_columns(data: bytes) -> Columns:
    """By tcxreader's objects."""
    points = TCXReader().read(io.BytesIO(data), only_gps=False).trackpoints
    return {
        "time": [point.time for point in points],
        "lat": [point.latitude for point in points],
        "lon": [point.longitude for point in points],
        "altitude": [point.elevation for point in points],
        "distance": [point.distance for point in points],
        "heart_rate": [point.hr_value for point in points],
        "cadence": [point.tpx_ext.get("RunCadence", point.cadence) for point in points],
        "speed": [point.tpx_ext.get("Speed") for point in points],
        "power": [point.tpx_ext.get("Watts") for point in points],
    }


def tcxparser_columns(data: bytes) -> Columns:
    """By python-tcxparser's lists; but for the times they leave out what is missing, so they cannot be compared."""
    found = tcxparser.TCXParser(io.BytesIO(data))
    return {
        "time": found.time_objects(),
        "places, some": found.position_values(),
        "altitude, some": found.altitude_points(),
        "distance, some": found.distance_values(),
        "heart rate, some": found.hr_values(),
        "cadence, some": found.cadence_values(),
        "power, some": found.power_values(),
    }


def _tcx_points(points: Any) -> Columns:
    out: Columns = {name: [] for name in _TCX_COLUMNS}
    for point in points:
        row: dict[str, Any] = {}
        for element in point.iter():
            name = _TCX.get(_local(element.tag))
            text = element.text
            if name and text and name not in row:
                row[name] = _instant(text) if name == "time" else float(text)
        if "pod" in row:
            row["cadence"] = row["pod"]
        for name, column in out.items():
            column.append(row.get(name))
        point.clear()
    return out


def tcx_lxml_steps(data: bytes) -> Columns:
    """Loop over lxml's iterparse."""
    steps = etree.iterparse(io.BytesIO(data.lstrip()), tag="{*}Trackpoint")
    return _tcx_points(point for _, point in steps)


def tcx_lxml_tree(data: bytes) -> Columns:
    """Loop over lxml's tree."""
    return _tcx_points(etree.fromstring(data.lstrip()).iter("{*}Trackpoint"))


def tcx_elementtree(data: bytes) -> Columns:
    """Loop over the standard library's tree."""
    return _tcx_points(ET.fromstring(data.lstrip()).findall(".//{*}Trackpoint"))


GPX_PEERS: dict[str, Callable[[bytes], Columns]] = {
    "gpxpy 1.6.2": gpxpy_columns,
    "lxml 6.1.3, iterparse": gpx_lxml_steps,
    "lxml 6.1.3, tree": gpx_lxml_tree,
    "ElementTree": gpx_elementtree,
}
TCX_PEERS: dict[str, Callable[[bytes], Columns]] = {
    "tcxreader 0.4.11": tcxreader_columns,
    "python-tcxparser 2.4.0": tcxparser_columns,
    "lxml 6.1.3, iterparse": tcx_lxml_steps,
    "lxml 6.1.3, tree": tcx_lxml_tree,
    "ElementTree": tcx_elementtree,
}
try:
    import fastgpx
except ImportError:  # it wants Python 3.12
    pass
else:
    GPX_PEERS["fastgpx 0.8.0 (C++; no heart rate, no cadence)"] = fastgpx_columns
