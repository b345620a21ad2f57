"""Pack files into gzips and zips, zips into zips, and break the packing."""

from __future__ import annotations

import gzip
import io
import warnings
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
_WORDS = (
    b"\x00\x00",
    b"\xff\xff",
    b"\x01\x00",
    b"\xff\xff\xff\xff",
    b"\xff\xff\xff\x7f",
    b"\x00\x00\x00\x00",
    b"PK\x03\x04",
    b"PK\x01\x02",
)
_NAMES = (
    "",
    "../../a.fit",
    "/etc/passwd",
    "a\\b.fit",
    "a/b/c/d.fit",
    "\u202eab.fit",
    "a\x00b.fit",
    "A.FIT",
    "x" * 300,
    "activities.csv",
)


def gzip_of(rng: random.Random, data: bytes) -> bytes:
    """Return a gzip, whole or broken."""
    out = gzip.compress(data, rng.choice((1, 9)), mtime=0)
    way = rng.randrange(6)
    if way == 0:
        out += gzip.compress(data[:100], mtime=0)
    if way == 1:
        out += rng.randbytes(9)
    return broken(rng, out) if rng.random() < 0.6 else out


def zip_of(rng: random.Random, members: list[tuple[str, bytes]]) -> bytes:
    """Return a zip, whole or broken."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as opened:
        warnings.simplefilter("ignore")  # the same name twice is what is wanted
        for name, data in members:
            named = name if rng.random() < 0.95 else rng.choice(_NAMES)
            opened.writestr(zipfile.ZipInfo(named or "a"), data, rng.choice(_METHODS))
    packed = out.getvalue()
    return broken(rng, packed, rng.choice((0, packed.find(b"PK\x01\x02")))) if rng.random() < 0.6 else packed


def broken(rng: random.Random, data: bytes, start: int = 0) -> bytes:
    """Return packed bytes with some changed, most of them behind ``start``."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5))):
        at = rng.randrange(max(0, min(start, len(out) - 1)), max(1, len(out)))
        way = rng.randrange(5)
        if way == 0 and out:
            out[at] ^= 1 << rng.randrange(8)
        elif way == 1:
            word = rng.choice(_WORDS)
            out[at : at + len(word)] = word
        elif way == 2:
            del out[at : at + rng.choice((1, 4, 30))]
        elif way == 3:
            out[at:at] = rng.randbytes(rng.choice((1, 4, 30)))
        elif rng.random() < 0.3:
            del out[at:]
    return bytes(out)
