"""Whole files to be broken: made-up ones, and real ones where their folder is at hand."""

from __future__ import annotations

import csv
import gzip
import io
import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from evengait.core.recording import Bout, Samples
from evengait.core.strength import StrengthSet
from evengait.ingest.fit.encode import MessageSpec, encode_activity, encode_messages
from evengait.ingest.strength_csv import SHAPES, write_sets

if TYPE_CHECKING:
    from pathlib import Path

MOST = 48 * 1024
"""Bytes of a whole file; of larger ones the beginning is taken. Small files are broken in more ways a second."""

_START_US = 1_772_346_600_000_000  # 2026-03-01 06:30 UTC
_RECORDINGS = {"fit", "tcx", "gpx"}


@dataclass(frozen=True)
class Seed:
    """A whole file: its kind by its ending, its bytes unpacked."""

    name: str
    kind: str
    data: bytes


def corpus(shared: Path | None, *, most: int = MOST) -> list[Seed]:
    """Return the whole files, always in the same order; those that are equal once."""
    made = made_up() if shared is None else made_up() + real(shared, most)
    return list({(seed.kind, seed.data): seed for seed in made}.values())


def real(shared: Path, most: int) -> list[Seed]:
    """Return the recordings and tables in a folder of real files; what is no recording by its name is left out."""
    seeds = []
    for path in sorted((shared / "data").rglob("*")):
        name = path.name.lower()
        kind = name.removesuffix(".gz").rpartition(".")[2]
        if not path.is_file() or kind not in _RECORDINGS | {"csv", "json"} or name == "manifest.csv":
            continue
        data = path.read_bytes()
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        seeds.append(Seed(path.name, kind, data[:most]))
    return seeds


def made_up() -> list[Seed]:
    """Return small files of every kind that an import meets."""
    run, ride = bout(240), bout(60, "cycling", gait=False)
    seeds = [
        Seed("run.fit", "fit", encode_activity(run)),
        Seed("ride.fit", "fit", encode_activity(ride)),
        Seed("tiny.fit", "fit", encode_activity(bout(3))),
        Seed("developer.fit", "fit", developer()),
        Seed("settings.fit", "fit", encode_messages([MessageSpec(0, {0: ("enum", [2])})])),
        Seed("packed-time.fit", "fit", packed_time()),
        Seed("run.gpx", "gpx", gpx(40)),
        Seed("run.tcx", "tcx", tcx(40)),
        Seed("activities.csv", "csv", table(12)),
        *(Seed(f"{shape}.csv", "csv", sets(shape)) for shape in SHAPES),
        Seed("summarizedActivities.json", "json", summaries(6)),
    ]
    return [*seeds, Seed("chained.fit", "fit", seeds[2].data + seeds[1].data)]


def bout(seconds: int, sport: str = "running", *, gait: bool = True) -> Bout:
    """Return a made-up bout with every column."""
    n = np.arange(seconds + 1)
    columns = {
        "distance_m_x100": (n * 300).astype(np.int32),
        "speed_m_s_x1000": (3000 + n % 7 * 10).astype(np.int32),
        "heart_rate_bpm": (140 + n % 5).astype(np.int16),
        "altitude_m_x5": (500 + n // 9).astype(np.int32),
        "lat_semicircles": (626_349_397 + n * 200).astype(np.int32),
        "lon_semicircles": (159_868_223 + n * 100).astype(np.int32),
        "power_w": (250 + n % 9).astype(np.int32),
        "temperature_c": (12 + n // 60).astype(np.int16),
    }
    if gait:
        columns |= {
            "step_rate_spm_x64": (176 * 64 + n % 3 * 64).astype(np.int32),
            "contact_time_ms_x10": (2380 + n % 11).astype(np.int32),
            "balance_left_pct_x100": (5010 + n % 13).astype(np.int32),
            "vertical_oscillation_mm_x10": (820 + n % 5).astype(np.int32),
            "step_length_mm_x10": (11_000 + n % 17).astype(np.int32),
        }
    samples = Samples(_START_US + n * 1_000_000, {name: (values, None) for name, values in columns.items()})
    return Bout(_START_US, sport, samples, utc_offset_s=3600, device="Made-up watch")


def developer() -> bytes:
    """Return a FIT file with developer fields, as a foot pod writes them."""
    first = 1_141_281_000
    return encode_messages(
        [
            MessageSpec(0, {0: ("enum", [4]), 1: ("uint16", [1])}),
            MessageSpec(207, {3: ("uint8", [0])}),
            MessageSpec(
                206,
                {
                    0: ("uint8", [0, 0]), 1: ("uint8", [0, 1]), 2: ("uint8", [132, 136]),
                    3: ("string", ["Ground Time", "Cadence"]), 8: ("string", ["Milliseconds", "RPM"]),
                },
            ),
            MessageSpec(
                20,
                {253: ("uint32", [first + i for i in range(9)]), 3: ("uint8", [150] * 9)},
                {(0, 0): ("uint16", [240 + i for i in range(9)]), (0, 1): ("float32", [88.0 + i for i in range(9)])},
            ),
        ]
    )  # fmt: skip


def packed_time() -> bytes:
    """Return a FIT file whose records keep their time in the header."""
    first = 1_141_281_000
    return encode_messages(
        [
            MessageSpec(0, {0: ("enum", [4])}),
            MessageSpec(20, {253: ("uint32", [first]), 3: ("uint8", [150])}),
            MessageSpec(
                20,
                {3: ("uint8", [151] * 40), 5: ("uint32", [300 * i for i in range(40)])},
                header_seconds=[(first + i) % 32 for i in range(40)],
            ),
        ]
    )


def gpx(points: int) -> bytes:
    """Return a small GPX document."""
    inner = "".join(
        f'<trkpt lat="{52.5 + i / 40000:.6f}" lon="13.4"><ele>34.2</ele><time>2026-03-01T08:{i // 60:02d}:{i % 60:02d}Z'
        "</time><extensions><ns3:TrackPointExtension><ns3:hr>140</ns3:hr><ns3:cad>86</ns3:cad>"
        "</ns3:TrackPointExtension></extensions></trkpt>"
        for i in range(points)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><gpx version="1.1" creator="Made-up" '
        'xmlns="http://www.topografix.com/GPX/1/1" xmlns:ns3="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">'
        f"<metadata><time>2026-03-01T08:00:00Z</time></metadata><trk><name>Morning</name><type>running</type>"
        f"<trkseg>{inner}</trkseg></trk></gpx>"
    ).encode()


def tcx(points: int) -> bytes:
    """Return a small TCX document."""
    inner = "".join(
        f"<Trackpoint><Time>2026-03-01T08:{i // 60:02d}:{i % 60:02d}Z</Time><Position><LatitudeDegrees>52.5"
        "</LatitudeDegrees><LongitudeDegrees>13.4</LongitudeDegrees></Position><AltitudeMeters>34</AltitudeMeters>"
        f"<DistanceMeters>{i * 3}</DistanceMeters><HeartRateBpm><Value>140</Value></HeartRateBpm><Extensions><ns3:TPX>"
        "<ns3:Speed>3.0</ns3:Speed><ns3:RunCadence>86</ns3:RunCadence></ns3:TPX></Extensions></Trackpoint>"
        for i in range(points)
    )
    return (
        '<?xml version="1.0"?><TrainingCenterDatabase xmlns='
        '"http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2">'
        '<Activities><Activity Sport="Running"><Id>2026-03-01T08:00:00Z</Id><Lap StartTime="2026-03-01T08:00:00Z">'
        f"<TotalTimeSeconds>{points}</TotalTimeSeconds><DistanceMeters>{points * 3}</DistanceMeters>"
        f"<Track>{inner}</Track>"
        "</Lap></Activity></Activities></TrainingCenterDatabase>"
    ).encode()


def table(rows: int) -> bytes:
    """Return a small ``activities.csv``."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [
            "Activity ID", "Activity Date", "Activity Name", "Activity Type", "Activity Description", "Elapsed Time",
            "Distance", "Perceived Exertion", "Activity Private Note", "Activity Gear", "Filename", "Dirt Distance",
        ]
    )  # fmt: skip
    for i in range(rows):
        writer.writerow(
            [
                100 + i, f"Mar {1 + i}, 2026, 6:30:00 AM", f"Run {i}", "Run", "" if i % 3 else "Easy, with a friend",
                "3,600.0", "12.34", i % 11, "", "Pegasus" if i % 2 else "Speedgoat", f"activities/{i}.fit", i * 100.0,
            ]
        )  # fmt: skip
    return out.getvalue().encode()


def sets(shape: str) -> bytes:
    """Return a small list of strength sets as an app writes it."""
    logged = [
        StrengthSet(date(2026, 3, 1 + i), "barbell_squat", 1 + j, reps=8, load_kg=60.0 + i, rir=3)
        for i in range(3)
        for j in range(3)
    ]
    return write_sets(logged, shape, {"barbell_squat": "Squat (Barbell)"}, "kg").encode()


def summaries(count: int) -> bytes:
    """Return a small list of activities, as a watch maker's export has it."""
    one = {
        "activityType": "running",
        "duration": 3_600_000.0,
        "distance": 1_200_000.0,
        "avgHr": 142.0,
        "sportType": "RUNNING",
    }
    activities = [
        one | {"activityId": 1000 + i, "name": f"Run {i}", "startTimeGmt": 1_772_346_600_000 + i * 86_400_000}
        for i in range(count)
    ]
    return json.dumps([{"summarizedActivitiesExport": activities}]).encode()
