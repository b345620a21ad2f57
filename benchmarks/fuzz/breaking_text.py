"""Break texts: XML documents, tables and JSON, by their own parts as well as by their bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    Way = Callable[[random.Random, bytes], bytes]

_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_INSTANT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_TAG = re.compile(rb"</?[A-Za-z_][^<>]*>")
_ELEMENT = re.compile(rb"<([A-Za-z_:]+)[^<>]*>[^<>]*</\1>")

NUMBERS = (
    b"NaN", b"nan", b"inf", b"-INF", b"Infinity", b"1e308", b"-1e309", b"1e-320", b"9" * 400, b"0", b"-0", b"-1",
    b"2147483648", b"-2147483649", b"9223372036854775808", b"1,5", b"1_000", b"0x10", b"", b" ", b"1.", b".5", b"+7",
    b"1e5", b"\xd9\xa1\xd9\xa2", b"180.0000001", b"-90.1", b"32768", b"255", b"65536", b"1e18",
)  # fmt: skip
INSTANTS = (
    b"1989-12-31T00:00:00Z", b"1970-01-01T00:00:00Z", b"0001-01-01T00:00:00Z", b"9999-12-31T23:59:60Z",
    b"2089-06-01T12:00:00Z", b"2026-02-30T08:00:00Z", b"2026-03-01T25:00:00Z", b"2026-03-01", b"2026-03-01T08:00",
    b"2026-03-01T08:00:00+99:99", b"2026-03-01T08:00:00-14:00", b"2026-03-01T08:00:00.999999999999Z", b"", b"now",
    b"2026-03-01 08:00:00", b"20260301T080000Z", b"10000-01-01T00:00:00Z", b"-2026-03-01T08:00:00Z",
    b"2038-01-19T03:14:08Z", b"2026-03-01T07:59:59Z", b"2026-03-01T08:00:00Z",
)  # fmt: skip
BYTES = (
    b"\x00",
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\xf4\x90\x80\x80",
    b"\x1b",
    b"&",
    b"<",
    b">",
    b'"',
    b"]]>",
)
XML = (
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"&#0;", b"&#x110000;", b"&#xD800;", b"<![CDATA[", b"]]>", b"<!--",
    b"-->", b"<?xml version='1.0'?>", b"<?pi ?>", b"<trk>", b"</trk>", b"<trkseg/>", b"<trkpt>", b"<Lap>", b"<Track>",
    b"<Activity Sport='Running'>", b"<time></time>", b"<Time/>", b"<name>\xf0\x9f\x8f\x83</name>",
    b"<rte><rtept/></rte>",
)  # fmt: skip
CELLS = (
    b'"', b'""', b'"a\nb"', b",", b",,,,,,,,", b"\r", b"\n\n", b"\t", b";", b"a" * 5000, b"\xff\xfe", b"=1+1", b"-",
    b"activities/1.fit.gz", b"1.fit", b".gpx", b"\x00", b"NaN", b"1e999", b"11", b"-1", b"0", b"3,5", b"1.234,5",
)  # fmt: skip
VALUES = (
    b"null", b"true", b"[]", b"{}", b"NaN", b"-Infinity", b"1e999", b'""', b'"\\ud800"', b"[[[[[[", b"{", b"}", b"]",
    b"-0", b"9" * 5000, b'"\\u0000"', b"18446744073709551616", b'{"a":', b"0.1", b"-1", b"1e18", b"253402300800000",
    b'"running"', b'"2026-03-01T08:00:00"',
)  # fmt: skip


def break_xml(rng: random.Random, data: bytes, other: bytes) -> bytes:
    """Return a document broken in one to four ways."""
    return _broken(rng, data, other, _XML_WAYS)


def break_csv(rng: random.Random, data: bytes, other: bytes) -> bytes:
    """Return a table broken in one to four ways."""
    return _broken(rng, data, other, _CSV_WAYS)


def break_json(rng: random.Random, data: bytes, other: bytes) -> bytes:
    """Return a JSON document broken in one to four ways."""
    return _broken(rng, data, other, _JSON_WAYS)


def _broken(rng: random.Random, data: bytes, other: bytes, ways: tuple[Way, ...]) -> bytes:
    for _ in range(rng.choice((1, 1, 1, 2, 3, 4))):
        data = rng.choice(ways)(rng, data)
    if rng.random() < 0.04:
        at = rng.randrange(len(data) + 1)
        data = data[:at] + other[rng.randrange(len(other) + 1) :]
    return data


def _pick(rng: random.Random, pattern: re.Pattern[bytes], data: bytes) -> tuple[int, int] | None:
    """Return where some match lies: the first one after a place taken by chance."""
    found = pattern.search(data, rng.randrange(len(data) + 1)) or pattern.search(data)
    return found.span() if found else None


def _put(pattern: re.Pattern[bytes], choices: tuple[bytes, ...]) -> Way:
    def way(rng: random.Random, data: bytes) -> bytes:
        at = _pick(rng, pattern, data)
        return data if at is None else data[: at[0]] + rng.choice(choices) + data[at[1] :]

    return way


def _put_all(pattern: re.Pattern[bytes], choices: tuple[bytes, ...]) -> Way:
    def way(rng: random.Random, data: bytes) -> bytes:
        at = rng.randrange(len(data) + 1)
        value = rng.choice(choices).replace(b"\\", b"\\\\")
        return data[:at] + pattern.sub(value, data[at:], count=rng.choice((2, 10, 0)))

    return way


def _insert(choices: tuple[bytes, ...]) -> Way:
    def way(rng: random.Random, data: bytes) -> bytes:
        at = rng.randrange(len(data) + 1)
        return data[:at] + rng.choice(choices) + data[at:]

    return way


def _at_tags(choices: tuple[bytes, ...]) -> Way:
    def way(rng: random.Random, data: bytes) -> bytes:
        at = _pick(rng, _TAG, data)
        return data if at is None else data[: at[1]] + rng.choice(choices) + data[at[1] :]

    return way


def _flip(rng: random.Random, data: bytes) -> bytes:
    if not data:
        return data
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]


def _cut(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + data[at + rng.choice((1, 10, 100, len(data))) :]


def _double(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    stretch = data[at : at + rng.choice((1, 20, 300, 3000))]
    return data[:at] + stretch * rng.choice((2, 2, 5)) + data[at + len(stretch) :]


def _nest(rng: random.Random, data: bytes) -> bytes:
    at = _pick(rng, _TAG, data)
    depth = rng.choice((5, 150, 300, 3000))
    return data if at is None else data[: at[1]] + b"<a>" * depth + data[at[1] :]


def _encode(rng: random.Random, data: bytes) -> bytes:
    way = rng.randrange(5)
    text = data.decode("utf-8", "replace")
    if way == 0:
        return text.encode("utf-16")
    if way == 1:
        return b"\xef\xbb\xbf" + data
    if way == 2:
        return text.encode("utf-16-be")
    name = rng.choice(
        (b"latin-1", b"utf-16", b"utf-7", b"ascii", b"idna", b"zlib", b"undefined", b"Shift_JIS", b"\xff")
    )
    return re.sub(rb"\A(<\?xml[^>]*?)\?>", rb"\1 encoding='" + name.replace(b"\\", b"") + b"'?>", data)


def _nest_json(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice((b"[", b'{"a":')) * rng.choice((10, 900, 1100, 20_000)) + data[at:]


_BYTE_WAYS: tuple[Way, ...] = (_flip, _flip, _cut, _double, _insert(BYTES))
_VALUE = re.compile(rb'"[^"\\]*"|-?\d+(?:\.\d+)?|null|true|false')
_CELL = re.compile(rb"[^,;\t\r\n]+")
_XML_WAYS: tuple[Way, ...] = (
    *_BYTE_WAYS, _put(_NUMBER, NUMBERS), _put(_NUMBER, NUMBERS), _put_all(_NUMBER, NUMBERS), _put(_INSTANT, INSTANTS),
    _put(_INSTANT, INSTANTS), _put_all(_INSTANT, INSTANTS), _at_tags(XML), _put(_TAG, XML), _put(_ELEMENT, (b"", *XML)),
    _nest, _encode,
)  # fmt: skip
_CSV_WAYS: tuple[Way, ...] = (
    *_BYTE_WAYS, _put(_CELL, CELLS), _put(_CELL, CELLS), _put(_CELL, CELLS), _insert(CELLS), _put(_NUMBER, NUMBERS),
    _put_all(_NUMBER, NUMBERS), _encode,
)  # fmt: skip
_JSON_WAYS: tuple[Way, ...] = (
    *_BYTE_WAYS, _put(_VALUE, VALUES), _put(_VALUE, VALUES), _put(_VALUE, VALUES), _put_all(_VALUE, VALUES),
    _put(_NUMBER, NUMBERS), _insert(VALUES), _nest_json, _encode,
)  # fmt: skip
