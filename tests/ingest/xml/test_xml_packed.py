"""Recordings as they come, loose, packed and in a zip, from the file to the archive's rows."""

from __future__ import annotations

import gzip
import zipfile
from typing import TYPE_CHECKING

from evengait.actions.import_archive import import_archive
from evengait.actions.list_sessions import list_sessions
from xml_files import activity, gpx, lap, tcx, tpx, trackpoint, trk, trkpt

if TYPE_CHECKING:
    from pathlib import Path

HOUR = 3600
PULSE = "<HeartRateBpm><Value>141</Value></HeartRateBpm>"


def a_gpx(hour: int) -> bytes:
    points = (trkpt(hour * HOUR + s, tpx(), lat=f"{52.5 + s * 3e-5:.6f}") for s in range(60))
    return gpx(trk("".join(points), name=f"Hour {hour}"))


def a_tcx(hour: int) -> bytes:
    track = "".join(trackpoint(hour * HOUR + s, PULSE, metres=s * 3.0) for s in range(60))
    return tcx(activity(lap(hour * HOUR, track, seconds=59, metres=177)))


def test_loose_packed_and_zipped_recordings_all_come_in_once(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    folder.joinpath("1.gpx").write_bytes(a_gpx(0))
    folder.joinpath("2.gpx.gz").write_bytes(gzip.compress(a_gpx(2)))
    folder.joinpath("3.tcx").write_bytes(b"          " + a_tcx(4))
    folder.joinpath("4.TCX.GZ").write_bytes(gzip.compress(a_tcx(6)))
    with zipfile.ZipFile(folder / "more.zip", "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("5.gpx.gz", gzip.compress(a_gpx(8)))
        pack.writestr("6.tcx", a_tcx(10))
        pack.writestr("2.gpx", a_gpx(2))
        pack.writestr("route.gpx", b"<gpx><rte/></gpx>")
        pack.writestr(
            "course.tcx", b"<TrainingCenterDatabase><Courses><Course/></Courses></TrainingCenterDatabase>"
        )
        pack.writestr("untimed.gpx", gpx(trk('<trkpt lat="1" lon="2"/><trkpt lat="1" lon="3"/>')))
        pack.writestr("broken.tcx", a_tcx(12)[:-4000])
    report = import_archive(tmp_path / "runner", [folder], workers=1)
    assert report.counts == {"added": 7, "duplicate": 1, "not_a_session": 3, "failed": 0}
    reasons = {file.source.replace("!", "/").rpartition("/")[2]: file.reason for file in report.files}
    assert "planned route" in str(reasons["route.gpx"])
    assert "course" in str(reasons["course.tcx"])
    assert "without times" in str(reasons["untimed.gpx"])
    assert "cut short" in str(reasons["broken.tcx"])
    sessions = list_sessions(tmp_path / "runner")
    assert sessions.height == 7
    assert sessions["sport"].unique().to_list() == ["running"]
    assert (sessions["distance_m"] > 50).all()
    assert sessions["heart_rate_bpm"].round(0).unique().sort().to_list() == [140, 141]
