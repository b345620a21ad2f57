import gzip

import pytest

from evengait.ingest import _dispatch
from evengait.ingest._dispatch import FORMATS, explain_other, read, recognise
from small_files import fit


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (fit()[:2048], "fit"),
        (b"   <?xml version='1.0'?><TrainingCenterDatabase xmlns='x'>", "tcx"),
        (b"\xef\xbb\xbf<?xml?><gpx creator='x'>", "gpx"),
        ("<?xml?><gpx>".encode("utf-16"), "gpx"),
        (b"\xff\xd8\xff\xe0", None),
        (b"", None),
    ],
)
def test_formats_are_told_by_their_bytes(head: bytes, name: str | None) -> None:
    assert recognise(head) == name


def test_every_format_has_a_sniffer_and_a_reader() -> None:
    for module in _dispatch._readers().values():
        assert callable(module.sniff)
        assert callable(module.read)
    assert set(FORMATS) == set(_dispatch._readers())


def test_a_recording_is_read() -> None:
    assert len(read("fit", fit()).bouts) == 1
    assert read("gpx", b"<gpx><wpt/></gpx>").kind == "waypoints"


@pytest.mark.parametrize(
    ("name", "head", "verdict", "says"),
    [
        ("media/1.jpg", b"\xff\xd8\xff\xe0", "not_a_session", "photo"),
        ("media/1.mp4", b"\x00\x00\x00\x18ftypmp42", "not_a_session", "video"),
        ("media/1.webp", b"RIFF\x00\x00\x00\x00WEBP", "not_a_session", "photo or video"),
        ("profile.csv", b"a,b", "not_a_session", "table"),
        ("x.json", b'  {"a": 1}', "not_a_session", "JSON"),
        ("x.html", b"\n<!DOCTYPE html>", "not_a_session", "web page"),
        ("x.bin", b"\x01\x02", "not_a_session", "any known format"),
        ("x.txt", b"", "not_a_session", "empty"),
        ("1.fit", b"", "failed", "empty"),
        ("1.FIT.gz", b"hello", "failed", "something else"),
    ],
)
def test_other_files_get_a_verdict_and_a_reason(name: str, head: bytes, verdict: str, says: str) -> None:
    found, reason = explain_other(name, head)
    assert found == verdict
    assert says in reason


def test_packed_bytes_are_no_format_until_they_are_unpacked() -> None:
    assert recognise(gzip.compress(fit())) is None
