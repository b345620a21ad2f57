"""The compiled parser finds what the strict one finds, to the bit, or leaves the document to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xml_documents import NUMBERS, TIMES, gpx_body, odd, plain, tcx_body

from evengait.core.errors import IngestError
from evengait.ingest.gpx._grammar import GPX
from evengait.ingest.tcx._grammar import TCX
from evengait.ingest.xml import _strict
from evengait.ingest.xml._engine import compiled_scan, scan, without_lead
from evengait.ingest.xml._root import root_name
from xml_files import content, gpx, shared_files, tpx, trk, trkpt
from xml_parsers import HAS_KERNEL, assert_same

if TYPE_CHECKING:
    from evengait.ingest.xml._grammar import Grammar

pytestmark = pytest.mark.skipif(not HAS_KERNEL, reason="the compiled kernel was not built here")
MANY = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


def agrees(data: bytes, grammar: Grammar) -> bool:
    """Assert that both parsers agree on a document; return whether the compiled one read it."""
    compiled = compiled_scan()
    assert compiled is not None
    document = without_lead(data)
    found = compiled(document, grammar)
    if found is None:
        return False
    assert_same(found, _strict.scan(document, grammar))
    return True


@MANY
@given(plain(gpx_body()))
def test_any_plain_gpx_is_read_the_same(data: bytes) -> None:
    agrees(data, GPX)


@MANY
@given(plain(tcx_body()))
def test_any_plain_tcx_is_read_the_same(data: bytes) -> None:
    agrees(data, TCX)


@MANY
@given(odd(gpx_body()))
def test_any_odd_gpx_is_read_the_same_or_left(data: bytes) -> None:
    agrees(data, GPX)


@MANY
@given(odd(tcx_body()))
def test_any_odd_tcx_is_read_the_same_or_left(data: bytes) -> None:
    agrees(data, TCX)


@settings(max_examples=12, deadline=None)
@given(st.lists(NUMBERS, min_size=50, max_size=200), st.lists(TIMES, min_size=50, max_size=200))
def test_numbers_and_instants_are_the_same_to_the_bit(numbers: list[str], times: list[str]) -> None:
    points = "".join(
        f'<trkpt lat="{number}"><ele> {number}\n</ele><time>{time}</time></trkpt>'
        for number, time in zip(numbers, times, strict=False)
    )
    assert agrees(f"<gpx><trk><trkseg>{points}</trkseg></trk></gpx>".encode(), GPX)


@pytest.mark.parametrize(
    "inner",
    [
        trk(trkpt(0, tpx()), kind="trail_running", name="Run &amp; <!-- no --> ride <![CDATA[<fast> & ]] far]]>"),
        trk(trkpt(0), name="&#65;&#x1F3C3; 走る"),
        "<?go on?><!-- a - b --><rte/><wpt></wpt>" + trk(trkpt(0)) + "<extensions><deep><er/></deep></extensions>",
        '<trk><trkseg><trkpt\n lon = \'13,4\'\tlat="52.5"/></trkseg></trk>',
        "<x:trk><y:trkseg><trkpt lat='1' lon='2'><time >2026-03-01T08:00:00Z</time ></trkpt></y:trkseg></x:trk>",
        "]] ]> &gt; é",
        "",
    ],
)  # fmt: skip
def test_what_devices_write_is_read_by_the_compiled_parser(inner: str) -> None:
    assert agrees(gpx(inner), GPX)
    assert agrees(b"\xef\xbb\xbf" + gpx(inner), GPX)
    assert agrees(b"  \n" + gpx(inner) + b"\n<!-- end -->\n", GPX)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"<", b"<gpx", b"<gpx>", b"<gpx/><gpx/>", b"<gpx/>x", b"x<gpx/>", b"<gpx></gpy>", b"<gpx a='1' a='2'/>",
        b"<gpx a='1'b='2'/>", b"<gpx a=1/>", b"<gpx a/>", b"<gpx a='<'/>", b"<gpx>&nbsp;</gpx>", b"<gpx>&</gpx>",
        b"<gpx>&#0;</gpx>", b"<gpx>&#xD800;</gpx>", b"<gpx>&#x110000;</gpx>", b"<gpx>&#;</gpx>", b"<gpx>]]></gpx>",
        b"<gpx><!-- -- --></gpx>", b"<gpx><!-- --->", b"<gpx><![CDATA[ ]]</gpx>", b"<gpx><?xml?></gpx>",
        b"<gpx><?XML x?></gpx>", b"<gpx><? x?></gpx>", b"<gpx><?x<?></gpx>", b"<gpx>\x00</gpx>", b"<gpx>\x0b</gpx>",
        b"<gpx>\xff</gpx>", b"<gpx>\xc3</gpx>", b"<gpx>\xef\xbf\xbf</gpx>", b"<gpx>\xed\xa0\x80</gpx>",
        b"<gpx>\xf4\x90\x80\x80</gpx>", b"<gpx>\xc0\x80</gpx>", b"<gpx>\xe0\x80\x80</gpx>", b"<1gpx/>", b"<-gpx/>",
        b"<gpx><a:/></gpx>\x00", b"<gpx/ >", b"<gpx / >", b"< gpx/>", b"<gpx></ gpx>", b"<gpx></gpx", b"<gpx></gpx x>",
        b"<!DOCTYPE gpx><gpx/>", b"<![CDATA[x]]><gpx/>", b"<gpx/><![CDATA[x]]>", b"<?xml version='1.0'?",
        b"<?xml version='1.0' Encoding='utf-8'?><gpx/>", b"<?xml version='1.0' standalone='Yes'?><gpx/>",
        b"<?xml version='1.0' encoding='latin-1'?><gpx>\xe9</gpx>", "<gpx/>".encode("utf-16"),
        b"<gpx><trk><name>a<b/>c</name></trk></gpx>", b"<gpx>" + b"<a>" * 200 + b"</a>" * 200 + b"</gpx>",
    ],
)  # fmt: skip
def test_what_is_broken_or_odd_is_left_to_the_strict_parser(data: bytes) -> None:
    assert not agrees(data, GPX)


def test_every_real_file_is_read_the_same_and_only_damaged_ones_are_left() -> None:
    files = shared_files()
    if not files:
        pytest.skip("no folder of real recordings here")
    for path in files:
        data = without_lead(content(path))
        grammar = TCX if root_name(data[:2048]) == "TrainingCenterDatabase" else GPX
        assert agrees(data, grammar) == (_strict.scan(data, grammar).broken is None), path.name


SCRAPS = (b"", b"<", b">", b"&", b'"', b"\x00", b"\xff", b"0", b" ", b"/", b"]]>", b"<!--")


def damaged(data: bytes, chance: np.random.Generator) -> bytes:
    """Return a document with some bytes replaced, taken out or put in."""
    out = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 20])):
        at, gone = chance.integers(len(out) + 1), chance.choice([0, 1, 1, 3])
        out[at : at + gone] = (
            SCRAPS[chance.integers(len(SCRAPS))] if chance.random() < 0.7 else chance.bytes(1)
        )
    return bytes(out)


def test_real_files_with_damage_are_read_the_same_or_left() -> None:
    files = [path for path in shared_files() if path.stat().st_size < 20_000]
    if not files:
        pytest.skip("no folder of real recordings here")
    chance = np.random.default_rng(20260301)
    read = 0
    for path in files:
        whole = content(path)
        grammar = TCX if b"<TrainingCenterDatabase" in whole else GPX
        read += sum(agrees(damaged(whole, chance), grammar) for _ in range(15))
    assert read > 100


def test_documents_with_too_many_points_are_refused_by_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evengait.ingest.xml._strict.MOST_POINTS", 10)
    monkeypatch.setattr("evengait.ingest.xml._compiled.MOST_POINTS", 10)
    assert len(scan(gpx(trk("<trkpt/>" * 10)), GPX).rows) == 10
    with pytest.raises(IngestError, match="more points"):
        scan(gpx(trk("<trkpt/>" * 11)), GPX)


def test_documents_with_too_many_marks_are_refused_by_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evengait.ingest.xml._strict.MOST_MARKS", 10)
    monkeypatch.setattr("evengait.ingest.xml._compiled.MOST_MARKS", 10)
    with pytest.raises(IngestError, match="more points"):
        scan(gpx("<trk/>" * 11), GPX)


def test_the_kernel_refuses_a_grammar_that_is_none() -> None:
    from evengait.ingest.xml import _kernel

    whole, document = GPX.packed, gpx(trk(trkpt(0, tpx())))
    for size in range(0, len(whole), 7):
        with pytest.raises(ValueError, match="grammar"):
            _kernel.scan(document, 0, whole[:size], 10, 10, 99)
    chance = np.random.default_rng(1)
    refused = 0
    for _ in range(3000):
        wrong = np.frombuffer(bytearray(whole), np.uint8)
        wrong[chance.integers(len(wrong), size=chance.choice([1, 2, 8]))] = chance.integers(256)
        try:
            _kernel.scan(document, 0, wrong.tobytes(), 10, 10, 99)
        except ValueError:
            refused += 1
    assert 0 < refused < 3000
    with pytest.raises(ValueError, match="outside"):
        _kernel.scan(document, len(document) + 1, whole, 10, 10, 99)
