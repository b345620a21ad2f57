"""Our own readers keep to what other packages' readers are held to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from evengait.core.errors import IngestError
from evengait.core.recording_rules import broken_rules
from evengait.ingest._dispatch import HEAD, read, recognise
from small_files import fit
from xml_files import activity, content, gpx, lap, shared_files, tcx, tpx, trackpoint, trk, trkpt

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "data",
    [
        fit(),
        gpx(trk(trkpt(0, tpx()) + trkpt(5, lat="91") + trkpt(9), trkpt(60) + trkpt(61))),
        tcx(activity(lap(0, trackpoint(0) + trackpoint(10), trackpoint(40) + trackpoint(50)))),
        gpx(),
    ],
)
def test_made_up_files_become_recordings_by_the_rules(data: bytes) -> None:
    assert broken_rules(read(recognise(data[:HEAD]) or "", data)) == []


def test_real_files_become_recordings_by_the_rules(shared: Path) -> None:
    fits = [path for path in sorted(shared.glob("data/**/*.fit")) if path.stat().st_size < 60_000]
    read_well = 0
    for path in [*fits[::8], *shared_files()]:
        data = content(path)
        name = recognise(data[:HEAD])
        if name is None:
            continue
        try:
            recording = read(name, data)
        except IngestError:
            continue
        assert broken_rules(recording) == [], path.name
        read_well += 1
    assert read_well > 100
