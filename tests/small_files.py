"""Small made-up recordings, exports and zips for tests of everything between a file and the archive."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from evengait.core.recording import Bout, Samples
from evengait.ingest.fit.encode import encode_activity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

FIRST = datetime(2026, 3, 1, 6, 30, tzinfo=UTC)
HEADER_EN = [
    "Activity ID",
    "Activity Date",
    "Activity Name",
    "Activity Type",
    "Activity Description",
    "Elapsed Time",
    "Distance",
    "Max Heart Rate",
    "Relative Effort",
    "Commute",
    "Activity Private Note",
    "Activity Gear",
    "Filename",
]


def bout(
    day: int = 0, *, seconds: int = 120, sport: str = "running", offset_s: int | None = 3600, hour: int = 0
) -> Bout:
    """Return a made-up bout, ``day`` days after the first of March 2026, 06:30 UTC."""
    start = FIRST + timedelta(days=day, hours=hour)
    start_us = int(start.timestamp()) * 1_000_000
    n = np.arange(seconds + 1)
    samples = Samples(
        start_us + n * 1_000_000,
        {
            "distance_m_x100": ((n * 300).astype(np.int32), None),
            "speed_m_s_x1000": (np.full(len(n), 3000, np.int32), None),
            "heart_rate_bpm": ((140 + n % 5).astype(np.int16), None),
            "lat_semicircles": ((626349397 + n * 200).astype(np.int32), None),
            "lon_semicircles": ((159868223 + n * 100).astype(np.int32), None),
        },
    )
    return Bout(start_us, sport, samples, utc_offset_s=offset_s)


def fit(day: int = 0, **options: object) -> bytes:
    """Return :func:`bout` as a FIT file."""
    return encode_activity(bout(day, **options))  # type: ignore[arg-type]


def zip_of(path: Path, members: Mapping[str, bytes], *, packed: bool = True) -> Path:
    """Write a zip of named contents."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def export_table(rows: Sequence[Mapping[str, str]], header: Sequence[str] = HEADER_EN) -> bytes:
    """Return an ``activities.csv``: each row gives some of the English columns, ``header`` their written names."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    for row in rows:
        writer.writerow([row.get(name, "") for name in HEADER_EN])
    return out.getvalue().encode()


def strava_zip(path: Path, days: Sequence[int], *, extra: Mapping[str, bytes] | None = None) -> Path:
    """Write a Strava export with one run per day, and whatever else."""
    rows = [
        {
            "Activity ID": str(100 + day),
            "Activity Name": f"Run {day}",
            "Activity Type": "Run",
            "Activity Gear": "Pegasus" if day % 2 else "Speedgoat",
            "Filename": f"activities/{100 + day}.fit.gz",
        }
        for day in days
    ]
    rows.append({"Activity ID": "1", "Activity Name": "By hand", "Activity Type": "Run"})
    members = {"activities.csv": export_table(rows), "media/a.jpg": b"\xff\xd8\xff\xe0" + bytes(50)}
    members |= {f"activities/{100 + day}.fit.gz": gzip.compress(fit(day), mtime=0) for day in days}
    return zip_of(path, members | dict(extra or {}), packed=False)
