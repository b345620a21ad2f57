"""Documents that want more time or memory than a recording is worth; run with both parsers."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from evengait.core.errors import IngestError
from evengait.ingest import gpx, tcx
from evengait.ingest.gpx._grammar import GPX
from evengait.ingest.xml._engine import LARGEST_WIDE, LONGEST_STRETCH, scan
from evengait.ingest.xml._scan import LONGEST_TEXT, MOST_TRACKS
from xml_files import activity, at, lap, tpx, trackpoint, trk, trkpt
from xml_files import gpx as gpx_document
from xml_files import tcx as tcx_document
from xml_parsers import parser

__all__ = ["parser"]
LIMITS = ("evengait.ingest.xml._strict", "evengait.ingest.xml._compiled")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the limits small enough for a test."""
    for module in LIMITS:
        for name in ("MOST_POINTS", "MOST_MARKS", "MOST_ELEMENTS"):
            monkeypatch.setattr(f"{module}.{name}", {"MOST_ELEMENTS": 100}.get(name, 10), raising=False)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("inner", "rows"),
    [("<trkpt/>" * 10, 10), ("<trkpt/>" * 11, None), ("<a/>" * 97, 0), ("<a/>" * 98, None), ("<a><b/></a>" * 49, None)],
)  # fmt: skip
def test_more_than_any_recording_holds_is_refused(inner: str, rows: int | None) -> None:
    document = f"<gpx><trk><trkseg>{inner}</trkseg></trk></gpx>".encode()
    if rows is not None:
        assert len(scan(document, GPX).rows) == rows
        return
    with pytest.raises(IngestError, match="more points"):
        scan(document, GPX)


@pytest.mark.usefixtures("small")
def test_more_marks_than_any_recording_has_are_refused() -> None:
    assert len(scan(b"<gpx>" + b"<trk/>" * 10 + b"</gpx>", GPX).marks) == 10
    with pytest.raises(IngestError, match="more points"):
        scan(b"<gpx>" + b"<trk/>" * 11 + b"</gpx>", GPX)


def test_more_tracks_than_any_recording_has_are_refused() -> None:
    assert gpx.read(b"<gpx>" + b"<trk/>" * MOST_TRACKS + b"</gpx>").kind == "empty"
    with pytest.raises(IngestError, match="more points"):
        gpx.read(b"<gpx>" + b"<trk/>" * (MOST_TRACKS + 1) + b"</gpx>")
    with pytest.raises(IngestError, match="more points"):
        tcx.read(tcx_document("<Activity/>" * (MOST_TRACKS + 1)))


@pytest.mark.parametrize(
    "declared",
    [
        "<!ENTITY a 'b'>",
        "<!ENTITY % a 'b'>",
        "<!ENTITY a SYSTEM 'file:///etc/passwd'>",
        "<!ATTLIST trkpt a CDATA 'long'>",
    ],
)
def test_what_can_swell_is_refused_where_it_is_declared(declared: str) -> None:
    body = gpx_document(trk(trkpt(0) + trkpt(1))).partition(b"?>")[2]
    with pytest.raises(IngestError, match="of its own"):
        gpx.read(f"<!DOCTYPE gpx [{declared}]>".encode() + body)


def test_a_document_type_alone_does_no_harm() -> None:
    body = gpx_document(trk(trkpt(0) + trkpt(1))).partition(b"?>")[2]
    for kind in (b"<!DOCTYPE gpx>", b"<!DOCTYPE gpx SYSTEM 'http://example.org/gpx.dtd'>"):
        assert len(gpx.read(kind + body).bouts) == 1


def test_titles_without_end_are_cut() -> None:
    title = "é" * (3 * LONGEST_TEXT)
    marks = scan(gpx_document(trk(name=title)), GPX).marks
    assert max(len(mark.text or "") for mark in marks) == LONGEST_TEXT
    inside = "ab<b/>" * LONGEST_TEXT
    marks = scan(gpx_document(trk(name=inside)), GPX).marks
    assert max(len(mark.text or "") for mark in marks) == LONGEST_TEXT


def test_megabytes_of_attributes_are_not_taken_in() -> None:
    many = " ".join(f'a{i}=""' for i in range(LONGEST_STRETCH // 5))
    document = f"<gpx {many}><trk></trk></gpx>".encode()
    tracemalloc.start()
    assert gpx.read(document).problems
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * LONGEST_STRETCH


def test_padding_after_a_crash_is_left_out_and_the_points_are_kept() -> None:
    whole = gpx_document(trk(trkpt(0) + trkpt(1)))
    padded = whole[: whole.index(b"</trkseg>")] + bytes(3 * LONGEST_STRETCH)
    recording = gpx.read(padded)
    assert len(recording.bouts[0].samples) == 2
    assert "2 points" in recording.problems[0]


def test_a_gigantic_document_in_utf_16_is_refused_and_a_large_one_read() -> None:
    text = gpx_document(trk(trkpt(0, tpx()) + trkpt(1))).decode().replace("UTF-8", "UTF-16")
    assert len(gpx.read(text.encode("utf-16")).bouts) == 1
    with pytest.raises(IngestError, match="more points"):
        gpx.read((text + " " * (LARGEST_WIDE // 2)).encode("utf-16"))


def test_a_flood_of_bare_ampersands_is_not_mended_without_end() -> None:
    recording = gpx.read(gpx_document(trk("&" * 300_000 + trkpt(0) + trkpt(1))))
    assert recording.bouts == ()
    assert recording.problems


def test_very_many_problems_are_said_in_brief() -> None:
    odd = '<trkpt lat="1" lon="2"/>'
    tracks = [trk(odd * (i + 1) + trkpt(i * 9000) + trkpt(i * 9000 + 9)) for i in range(50)]
    recording = gpx.read(gpx_document(*tracks))
    assert len(recording.bouts) == 50
    assert len(recording.problems) == 6
    assert recording.problems[-1] == "The like happened 45 times more."


def test_hundreds_of_tracks_in_a_row_become_one() -> None:
    tracks = [trk(trkpt(i * 10) + trkpt(i * 10 + 5)) for i in range(900)]
    (bout,) = gpx.read(gpx_document(*tracks)).bouts
    assert len(bout.samples) == 1800
    assert len(bout.pauses_us) == 899


ABSURD = ("NaN", "inf", "-inf", "1e308", "1e999", "-1e9", "0x7f", "", "٣", "999999999999999999999999")


@pytest.mark.parametrize("value", ABSURD)
def test_absurd_values_are_null_in_gpx(value: str) -> None:
    extras = f"<extensions><hr>{value}</hr><power>{value}</power><atemp>{value}</atemp></extensions>"
    odd = trkpt(1, f"<speed>{value}</speed>{extras}", lat=value, lon=value, ele=value or " ")
    good = trkpt(0, "<speed>3</speed><extensions><hr>140</hr><power>250</power><atemp>9</atemp></extensions>")
    assert_second_is_null(gpx.read(gpx_document(trk(good + odd))))


@pytest.mark.parametrize("value", ABSURD)
def test_absurd_values_are_null_in_tcx(value: str) -> None:
    def point(second: int, v: str, w: str, d: str) -> str:
        place = f"<Position><LatitudeDegrees>{d}</LatitudeDegrees><LongitudeDegrees>{d}</LongitudeDegrees></Position>"
        tpx = f"<Extensions><TPX><Speed>{w}</Speed><Watts>{v}</Watts><RunCadence>{w}</RunCadence></TPX></Extensions>"
        heart = f"<HeartRateBpm><Value>{v}</Value></HeartRateBpm>"
        far = f"<AltitudeMeters>{w}</AltitudeMeters><DistanceMeters>{w}</DistanceMeters>"
        return f"<Trackpoint><Time>{at(second)}</Time>{place}{far}{heart}{tpx}</Trackpoint>"

    track = point(0, "140", "3", "52.5") + point(1, value, value, value)
    assert_second_is_null(tcx.read(tcx_document(activity(lap(0, track + trackpoint(2))))))


def assert_second_is_null(recording: object) -> None:
    (bout,) = recording.bouts  # type: ignore[attr-defined]
    columns = bout.samples.columns
    assert len(columns) >= 7
    for name in columns:
        floats = bout.samples.floats(name)
        assert not np.isnan(floats[0]), name
        assert np.isnan(floats[1]), name
