"""Which parser reads a document: the compiled kernel where it was built, the strict one everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.ingest.xml import _strict

if TYPE_CHECKING:
    from evengait.ingest.xml._grammar import Grammar
    from evengait.ingest.xml._scan import Scan

_BLANK = b" \t\r\n"
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


def scan(data: bytes, grammar: Grammar) -> Scan:
    """Parse a document by the fastest parser that understands it.

    Raises
    ------
    IngestError
        See the strict parser.
    """
    return _strict.scan(without_lead(data), grammar)


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
