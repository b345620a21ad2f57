"""Break FIT files where it hurts: in definitions, times, sizes and headers, with the checksums made right again."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from evengait.ingest.fit._engine import engine

if TYPE_CHECKING:
    import random

BASE_TYPES = (0, 1, 2, 7, 10, 13, 0x83, 0x84, 0x85, 0x86, 0x88, 0x89, 0x8B, 0x8C, 0x8E, 0x8F, 0x90)
NASTY = (
    b"\x00", b"\xff", b"\x7f", b"\x80", b"\x00\x00", b"\xff\xff", b"\xff\x7f", b"\x00\x80", b"\xfe\xff",
    b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x00\x00\x00\x80", b"\x00\x00\x00\x00", b"\xfe\xff\xff\xff",
    b"\x00\x00\xc0\x7f", b"\x00\x00\x80\x7f", b"\x00\x00\x80\xff", b"\x01\x00\x00\x00",
)  # fmt: skip
TIMES = (
    0, 1, 0x0FFFFFFF, 0x10000000, 0x10000001, 0xFFFFFFFE, 0xFFFFFFFF, 0x7FFFFFFF, 0x80000000,
    631_065_600 - 631_065_600, 1_141_281_000, 3_124_000_000,
)  # fmt: skip
"""FIT seconds: the epoch, the border to system time, 2026, 2089, the last there is."""


@dataclass(frozen=True)
class Record:
    """One record of a FIT file: its bytes, and whether it is a definition."""

    data: bytes
    definition: bool


def records(data: bytes) -> tuple[bytes, list[Record]]:
    """Return header and records of a file, as far as they can be followed."""
    if len(data) < 12 or data[8:12] != b".FIT":
        return data[:14], [Record(data[14:], definition=False)]
    size = data[0] if data[0] in {12, 14} else 14
    end = min(len(data), size + int.from_bytes(data[4:8], "little"))
    at, found, lengths = size, [], {}
    while at < end:
        head = data[at]
        if head & 0x80:
            length = 1 + lengths.get(head >> 5 & 3, end)
        elif head & 0x40:
            fields = data[at + 5] if at + 5 < end else 0
            length = 6 + 3 * fields
            body = sum(data[at + 7 + 3 * i] for i in range(fields) if at + 7 + 3 * i < end)
            if head & 0x20 and at + length < end:
                more = data[at + length]
                body += sum(
                    data[at + length + 2 + 3 * i] for i in range(more) if at + length + 2 + 3 * i < end
                )
                length += 1 + 3 * more
            lengths[head & 15] = body
        else:
            length = 1 + lengths.get(head & 15, end)
        found.append(Record(data[at : min(end, at + length)], bool(head & 0x40 and not head & 0x80)))
        at += length
    return data[:size], found


@lru_cache(maxsize=2000)
def _records_of(data: bytes) -> tuple[bytes, list[Record]]:
    """Return ``records``, looked for once in each of some files."""
    return records(data)


def break_fit(rng: random.Random, data: bytes, other: bytes) -> bytes:
    """Return the file broken in one to four ways; most times its sizes and checksums fit again."""
    head, kept = _records_of(data)
    found = list(kept)
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4))):
        if not found:
            break
        rng.choice(_WAYS)(rng, found)
    body = b"".join(record.data for record in found)
    if rng.random() < 0.1:
        body = body[: rng.randrange(len(body) + 1)]
    if rng.random() < 0.85:
        out = wrapped(rng, body)
    else:
        out = bytearray(head + body + rng.randbytes(2))
        for _ in range(rng.choice((0, 1, 3))):
            out[rng.randrange(min(len(out), 16))] = rng.randrange(256)
        out = bytes(out)
    if rng.random() < 0.05:
        out += other
    if rng.random() < 0.05:
        out = out[: rng.randrange(len(out) + 1)]
    return out


def wrapped(rng: random.Random, body: bytes) -> bytes:
    """Return a file around records: mostly right, at times with a wrong size or an odd version."""
    crc = engine().crc
    size = len(body) if rng.random() < 0.95 else rng.choice((0, 1, len(body) // 2, len(body) + 3, 0xFFFFFFFF))
    protocol = 0x20 if rng.random() < 0.97 else rng.randrange(256)
    start = struct.pack("<BBHI4s", 14, protocol, 21171, size & 0xFFFFFFFF, b".FIT")
    whole = start + crc(np.frombuffer(start, np.uint8)).to_bytes(2, "little") + body
    return whole + crc(np.frombuffer(whole, np.uint8)).to_bytes(2, "little")


def _overwrite(rng: random.Random, found: list[Record]) -> None:
    at = rng.randrange(len(found))
    data = bytearray(found[at].data)
    if len(data) < 2:
        return
    place, what = rng.randrange(1, len(data)), rng.choice(NASTY)
    data[place : place + len(what)] = what[: len(data) - place]
    found[at] = Record(bytes(data), found[at].definition)


def _flip(rng: random.Random, found: list[Record]) -> None:
    at = rng.randrange(len(found))
    data = bytearray(found[at].data)
    if data:
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    found[at] = Record(bytes(data), found[at].definition)


def _drop(rng: random.Random, found: list[Record]) -> None:
    at = rng.randrange(len(found))
    del found[at : at + rng.choice((1, 1, 1, 5, 50))]


def _repeat(rng: random.Random, found: list[Record]) -> None:
    at, stretch = rng.randrange(len(found)), rng.choice((1, 1, 2, 10))
    found[at:at] = found[at : at + stretch] * rng.choice((1, 1, 3, 40))


def _swap(rng: random.Random, found: list[Record]) -> None:
    one, other = rng.randrange(len(found)), rng.randrange(len(found))
    found[one], found[other] = found[other], found[one]


def _shuffle(rng: random.Random, found: list[Record]) -> None:
    at = rng.randrange(len(found))
    some = found[at : at + 30]
    rng.shuffle(some)
    found[at : at + 30] = some


def _redefine(rng: random.Random, found: list[Record]) -> None:
    """Change a definition: byte order, message, number of fields, a field's number, size or type."""
    places = [i for i, record in enumerate(found) if record.definition and len(record.data) > 6]
    if not places:
        return
    at = rng.choice(places)
    data = bytearray(found[at].data)
    field = 6 + 3 * rng.randrange(max(1, data[5]))
    way = rng.randrange(7)
    if way == 0:
        data[2] ^= 1
    elif way == 1:
        data[3:5] = rng.choice((0, 18, 19, 20, 21, 23, 34, 49, 206, 207, 0xFF00, 65535)).to_bytes(2, "little")
    elif way == 2:
        data[5] = rng.choice((0, 1, data[5] - 1 & 255, data[5] + 1 & 255, 255))
    elif way == 3:
        data[0] ^= 0x20
    elif field + 2 < len(data):
        what = rng.choice((253, 254, 0, 1, 2, 3, 5, 7, 8, 73, 78, 84, rng.randrange(256)))
        size = rng.choice((0, 1, 2, 3, 4, 8, 255, data[field + 1]))
        data[field + way - 4] = (what, size, rng.choice((*BASE_TYPES, rng.randrange(256))))[way - 4]
    found[at] = Record(bytes(data), definition=True)


def _retime(rng: random.Random, found: list[Record]) -> None:
    """Set the clock of one record, or of all that follow it."""
    at, sort = rng.randrange(len(found)), rng.randrange(3)
    value = rng.choice(TIMES) if sort else rng.randrange(1 << 32)
    for i in range(at, len(found) if sort == 2 else min(at + 1, len(found))):
        record = found[i]
        if not record.definition and len(record.data) >= 5:
            stamp = struct.pack("<I", value + (i - at) * rng.choice((1, 1, 1, -1, 0, 1000)) & 0xFFFFFFFF)
            found[i] = Record(record.data[:1] + stamp + record.data[5:], definition=False)


def _pack_time(rng: random.Random, found: list[Record]) -> None:
    at = rng.randrange(len(found))
    data = bytearray(found[at].data)
    if data:
        data[0] = 0x80 | (data[0] & 3) << 5 | rng.randrange(32)
        found[at] = Record(bytes(data), definition=False)


def _noise(rng: random.Random, found: list[Record]) -> None:
    at = rng.randrange(len(found))
    found.insert(at, Record(rng.randbytes(rng.randrange(1, 40)), definition=False))


_WAYS = (
    _overwrite, _overwrite, _overwrite, _flip, _flip, _drop, _repeat, _swap, _shuffle, _redefine, _redefine, _redefine,
    _retime, _retime, _pack_time, _noise,
)  # fmt: skip
