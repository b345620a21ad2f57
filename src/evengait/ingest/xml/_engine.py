"""Which parser reads a document: the compiled kernel where it was built and is sure, else the strict one."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from evengait.core.errors import IngestError
from evengait.ingest.xml import _strict
from evengait.ingest.xml._scan import TOO_MANY

if TYPE_CHECKING:
    from collections.abc import Callable

    from evengait.ingest.xml._grammar import Grammar
    from evengait.ingest.xml._scan import Scan

LONGEST_STRETCH = 4 * 1024**2
"""Bytes without any element; where more come together, the document ends for us. They cost fifty times their size."""

LARGEST_WIDE = 16 * 1024**2
"""Bytes of a document in UTF-16, where such stretches are not told so easily; a marathon takes four."""

_BLANK = b" \t\r\n"
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


def scan(data: bytes, grammar: Grammar) -> Scan:
    """Parse a document by the fastest parser that surely understands it; the values are the same, to the bit.

    The environment variable ``EVENGAIT_NO_KERNEL=1`` leaves only the strict one.

    Raises
    ------
    IngestError
        See the strict parser.
    """
    document = without_stretches(without_lead(data))
    compiled = compiled_scan() if os.environ.get("EVENGAIT_NO_KERNEL") != "1" else None
    found = compiled(document, grammar) if compiled is not None else None
    return found if found is not None else _strict.scan(document, grammar)


@cache
def compiled_scan() -> Callable[[bytes, Grammar], Scan | None] | None:
    """Return the compiled parser; None where it was not built."""
    try:
        from evengait.ingest.xml import _compiled
    except ImportError:
        return None
    return _compiled.scan


def without_lead(data: bytes) -> bytes:
    """Return a document from its first sign on: Strava's files begin with blanks, others with a byte order mark.

    Examples
    --------
    >>> without_lead(b"   <gpx/>")
    b'<gpx/>'
    """
    if data[:1] == b"<" or data[:2] in _BYTE_ORDER_MARKS:
        return data
    return data.removeprefix(b"\xef\xbb\xbf").lstrip(_BLANK)


def without_stretches(data: bytes) -> bytes:
    """Return a document up to where no element comes for megabytes: padding, or a trap.

    Raises
    ------
    IngestError
        It is in UTF-16 and larger than any recording.
    """
    if b"\x00" in data[:4] and len(data) > LARGEST_WIDE:
        raise IngestError(TOO_MANY)
    for at in range(0, len(data), LONGEST_STRETCH):
        if data.find(b"<", at, at + LONGEST_STRETCH) < 0 and at + LONGEST_STRETCH < len(data):
            return data[: at + LONGEST_STRETCH]
    return data
