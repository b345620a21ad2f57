"""The compiled parser behind the interface of a scan. Importing this fails where it was not built."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

import numpy as np

from evengait.core.errors import IngestError
from evengait.ingest.xml import _kernel
from evengait.ingest.xml._grammar import COLUMNS
from evengait.ingest.xml._scan import (
    MOST_ELEMENTS,
    MOST_MARKS,
    MOST_POINTS,
    TOO_MANY,
    Mark,
    Scan,
)

if TYPE_CHECKING:
    from evengait.ingest.xml._grammar import Grammar

_MARK = struct.Struct("=qqddqq")

_DECLARATION = re.compile(
    rb"<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:'1\.[01]'|\"1\.[01]\")"
    rb"(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?i:'utf-8'|\"utf-8\"))?"
    rb"(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:'(?:yes|no)'|\"(?:yes|no)\"))?[ \t\r\n]*\?>"
)
_PIECE = re.compile(r"<!\[CDATA\[(.*?)\]\]>|<!--.*?-->|<\?.*?\?>|&(#x?)?([0-9a-zA-Z]+);|([^<&]+)", re.DOTALL)
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def scan(data: bytes, grammar: Grammar) -> Scan | None:
    """Parse a document in one compiled pass.

    Parameters
    ----------
    data : bytes
        The document from its first sign on.
    grammar : Grammar

    Returns
    -------
    Scan or None
        As the strict parser gives it, to the bit; None where the document is not surely plain, whole and well-formed
        and the strict parser must read it.

    Raises
    ------
    IngestError
        It holds more than any recording.
    """
    begin = 0
    if data.startswith(b"<?xml"):
        declaration = _DECLARATION.match(data)
        if declaration is None:
            return None
        begin = declaration.end()
    found = _kernel.scan(data, begin, grammar.packed, MOST_POINTS, MOST_MARKS, MOST_ELEMENTS)
    if found is None:
        return None
    if found is False:
        raise IngestError(TOO_MANY)
    rows = np.frombuffer(found[0], np.float64).reshape(-1, len(COLUMNS))
    marks = [
        Mark(kind, row, value, offset, None if at < 0 else _words(data[at : at + size]))
        for kind, row, value, offset, at, size in _MARK.iter_unpack(found[1])
    ]
    return Scan(rows, marks)


def _words(raw: bytes) -> str:
    """Return text as written in a document: references, CDATA and comments undone, white space in one piece."""
    text = raw.decode()
    if "&" in text or "<" in text:
        text = "".join(_piece(match) for match in _PIECE.finditer(text))
    return " ".join(text.split())


def _piece(match: re.Match[str]) -> str:
    inside, numeric, name, plain = match.groups()
    if numeric:
        return chr(int(name, 16 if numeric == "#x" else 10))
    return _NAMED[name] if name else inside or plain or ""
