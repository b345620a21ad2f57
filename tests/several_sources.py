"""One made-up runner's runs as several sources bring them: watch, phone, Strava's export, Garmin's archive."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from evengait.core.recording import Bout, Samples
from evengait.ingest.fit.encode import MessageSpec, encode_activity, encode_messages
from recorded_runs import Run
from small_files import export_table, zip_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

WATCH = "place pulse steps balance distance"
NAME = "runner@example.org"


def fit_of(samples: Samples, sport: str = "running") -> bytes:
    """Return a watch's file."""
    return encode_activity(
        Bout(int(samples.timestamp_us[0]), sport, samples, utc_offset_s=3600, gait_sensor="strap")
    )


def gpx_of(samples: Samples, kind: str = "running", *, pulse: bool = True) -> bytes:
    """Return what a program makes of a recording: places and pulse, and nothing else."""
    lat, lon = (samples.floats(f"{name}_semicircles") for name in ("lat", "lon"))
    hearts = samples.floats("heart_rate_bpm") if pulse else None
    assert lat is not None
    assert lon is not None
    points = []
    for i, us in enumerate(samples.timestamp_us.tolist()):
        time = datetime.fromtimestamp(us / 1e6, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        heart = (
            f"<extensions><x:TrackPointExtension><x:hr>{hearts[i]:.0f}</x:hr></x:TrackPointExtension></extensions>"
            if hearts is not None
            else ""
        )
        place = f'lat="{lat[i] * 180 / 2**31:.6f}" lon="{lon[i] * 180 / 2**31:.6f}"'
        points.append(f"<trkpt {place}><time>{time}</time>{heart}</trkpt>")
    said = f"<type>{kind}</type>" if kind else ""
    schema = 'xmlns="http://www.topografix.com/GPX/1/1" xmlns:x="http://www.garmin.com/xmlschemas/TrackPointExtension/v1"'
    return (
        f'<?xml version="1.0"?><gpx version="1.1" creator="StravaGPX" {schema}>'
        f"<trk><name>Run</name>{said}<trkseg>{''.join(points)}</trkseg></trk></gpx>"
    ).encode()


def wellness(number: int) -> bytes:
    """Return one of the thousands of files in an account that are no session."""
    return encode_messages(
        [MessageSpec(0, {0: ("enum", [32 if number % 2 else 2]), 3: ("uint32z", [number + 1])})]
    )


def strava(
    path: Path, runs: Mapping[int, tuple[bytes, str]], *, ids: int = 500, shoe: str = "Pegasus"
) -> Path:
    """Write a Strava export: recordings (content, ending) by number, each with name and shoe."""
    rows = [
        {
            "Activity ID": str(ids + number),
            "Activity Name": f"Strava run {number}",
            "Activity Type": "Run",
            "Activity Gear": shoe,
            "Filename": f"activities/{ids + number}{ending}.gz",
        }
        for number, (_, ending) in runs.items()
    ]
    members = {"activities.csv": export_table(rows)}
    members |= {
        f"activities/{ids + number}{ending}.gz": gzip.compress(content, mtime=0)
        for number, (content, ending) in runs.items()
    }
    return zip_of(path, members, packed=False)


def garmin(
    path: Path, runs: Mapping[int, tuple[bytes, Samples]], *, shoe: str = "Brooks Ghost 14", others: int = 6
) -> Path:
    """Write a Garmin account archive: recordings in a zip in the zip, lists of activities and gear beside."""
    inner = {f"{NAME}_{9000 + i}.fit": wellness(i) for i in range(others)}
    inner |= {f"{NAME}_{100 + number}.fit": content for number, (content, _) in runs.items()}
    activities = [
        {
            "activityId": 7000 + number,
            "name": f"Garmin run {number}",
            "activityType": "running",
            "sportType": "RUNNING",
            "beginTimestamp": float(samples.timestamp_us[0] // 1000),
            "duration": float((samples.timestamp_us[-1] - samples.timestamp_us[0]) // 1000),
            "elapsedDuration": float((samples.timestamp_us[-1] - samples.timestamp_us[0]) // 1000),
            "distance": 1_000_000.0,
            "workoutRpe": 60,
        }
        for number, (_, samples) in runs.items()
    ]
    gear = {
        "gearDTOS": [{"gearPk": 3, "gearTypeName": "Shoes", "customMakeModel": shoe, "displayName": ""}],
        "gearActivityDTOs": {"3": [{"activityId": 7000 + number, "gearPk": 3} for number in runs]},
    }
    nested = io.BytesIO()
    with zipfile.ZipFile(nested, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in inner.items():
            archive.writestr(name, content)
    fitness = f"DI_CONNECT/DI-Connect-Fitness/{NAME}"
    return zip_of(
        path,
        {
            "customer_data/customer.json": b'{"email": ""}',
            f"{fitness}_0_summarizedActivities.json": json.dumps(
                [{"summarizedActivitiesExport": activities}]
            ).encode(),
            f"{fitness}_gear.json": json.dumps([gear]).encode(),
            "DI_CONNECT/DI-Connect-Wellness/2026_sleepData.json": b"[]",
            "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip": nested.getvalue(),
        },
    )


def run_of(number: int, seconds: int = 900) -> Run:
    """Return a made-up run, one a day."""
    run = Run(number, seconds)
    run.clock = run.clock + number * 86_400
    return run


def names(sources: Iterable[str]) -> list[str]:
    """Return what of a session's sources, without where."""
    return [source.partition("=")[0] for source in sources]
