"""The strict parser: expat, with handlers that follow a grammar. What a fast path does not understand ends here."""

from __future__ import annotations

import re
from array import array
from typing import Any
from xml.parsers import expat

import numpy as np

from evengait.core.errors import IngestError
from evengait.core.reasons import kept
from evengait.ingest.xml._grammar import COLUMNS, PLACE, SKIP, Grammar, Kind, Leaf, Place
from evengait.ingest.xml._numbers import NAN, parse_number, parse_time
from evengait.ingest.xml._scan import (
    CUT,
    DAMAGED,
    FOLLOWED,
    LONGEST_TEXT,
    MOST_ELEMENTS,
    MOST_MARKS,
    MOST_POINTS,
    TOO_MANY,
    Mark,
    Scan,
)

DEEPEST = 200
"""Elements in elements; recordings have ten."""

TOO_DEEP = kept("Its elements are nested deeper than in any recording. It was left alone.")

LONGEST_MENDED = 64 * 1024**2
"""Bytes of a broken document that is mended; ten times a day at one sample a second with every sensor."""

MOST_MENDED = 100_000
"""Bare ampersands that are mended: each makes the document longer."""

_NOTHING = [NAN] * len(COLUMNS)
_TIME, _OFFSET = PLACE["time"], PLACE["offset"]

_AT_THE_END = {"no element found", "unclosed token", "unclosed CDATA section", "partial character"}
_AFTER_THE_ROOT = "junk after document element"
_TO_BLANK = bytes(ord(" ") if i < 32 and i not in b"\t\n\r" else i for i in range(256))
_BARE_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")
_DECLARED = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-?8[\"'])", re.IGNORECASE)


def scan(data: bytes, grammar: Grammar) -> Scan:
    """Parse a document whole.

    Where expat stops, bytes that no XML may hold (control characters, broken UTF-8, bare ampersands) are mended and
    the document is parsed once more. What was whole before it stops for good is kept.

    Raises
    ------
    IngestError
        It declares entities or attributes, is nested too deep, or holds more than any recording.
    """
    first = _Parse(grammar, data)
    if first.broken in (None, FOLLOWED) or len(data) > LONGEST_MENDED:
        return first.scan()
    mended, encoding = _mend(data)
    if mended == data and encoding is None:
        return first.scan()
    second = _Parse(grammar, mended, encoding)
    return first.scan() if second.broken and second.points <= first.points else second.scan()


def _mend(data: bytes) -> tuple[bytes, str | None]:
    """Return the document without what no XML may hold, and the encoding it is really in; None = as it says."""
    if b"\x00" in data[:4]:
        return data, None  # UTF-16: bytes are halves of characters
    mended = _BARE_AMPERSAND.sub(b"&amp;", data.translate(_TO_BLANK), count=MOST_MENDED)
    try:
        mended.decode()
    except UnicodeDecodeError:
        if _DECLARED.match(mended):
            return mended, None
        mended = mended.decode("utf-8", "replace").encode()
    return mended, "utf-8"


def _refuse_declaration(*_: Any) -> None:
    raise IngestError(
        kept(
            "It declares entities or attributes of its own: no recording needs them, "
            "and they can swell without end. It was left alone."
        )
    )


class _Parse:
    """One pass over a document. Its handlers share variables: with attributes it would take half as long again."""

    def __init__(self, grammar: Grammar, data: bytes, encoding: str | None = None) -> None:
        self._values = array("d")
        self._marks: list[Mark] = []
        self.points = 0
        self._parser = expat.ParserCreate(encoding)
        self._parser.buffer_text = True
        self._parser.EntityDeclHandler = _refuse_declaration
        self._parser.AttlistDeclHandler = _refuse_declaration  # a default comes with every element
        self._follow(grammar)
        self.broken = self._run(data)

    def _run(self, data: bytes) -> str | None:
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            message = expat.ErrorString(error.code)
            if message == _AFTER_THE_ROOT:
                return FOLLOWED
            return CUT if message in _AT_THE_END else DAMAGED
        except (ValueError, LookupError):  # an encoding that Python does not know, or of several bytes
            return DAMAGED
        return None

    def scan(self) -> Scan:
        """Return what was found."""
        rows = np.frombuffer(self._values, np.float64).reshape(self.points, len(COLUMNS))
        return Scan(rows, self._marks, self.broken)

    def _follow(self, grammar: Grammar) -> None:
        """Set the parser's handlers."""
        parser, put = self._parser, self._put
        edges, unknown, leaves, places = grammar.edges, grammar.unknown, grammar.leaf, grammar.places
        state = grammar.start
        stack: list[int] = []
        text: list[str] = []
        row = _NOTHING
        left = MOST_ELEMENTS

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal state, text, row, left
            left -= 1
            if left < 0 or len(stack) >= DEEPEST:
                raise IngestError(TOO_MANY if left < 0 else TOO_DEEP)
            stack.append(state)
            if leaves[state] is not None:
                parser.CharacterDataHandler = None  # the text of an element inside a leaf is not the leaf's
            if state == SKIP:
                return
            before, state = state, edges[state].get(name, -1)
            if state < 0:
                state = edges[before].get(name.rpartition(":")[2], unknown[before])
            place = places[state]
            if place is not None:
                row = _NOTHING.copy() if place.is_point else row
                self._begin(row, place, attributes)
            elif state != SKIP:
                text = []
                parser.CharacterDataHandler = text.append

        def end(_: str) -> None:
            nonlocal state
            leaf, place = leaves[state], places[state]
            state = stack.pop()
            if leaf is not None:
                parser.CharacterDataHandler = None
                put(row, leaf, "".join(text[:LONGEST_TEXT]))
            elif place is not None and place.is_point:
                self._add(row)
            if leaves[state] is not None and len(text) < LONGEST_TEXT:
                parser.CharacterDataHandler = text.append

        parser.StartElementHandler, parser.EndElementHandler = start, end

    def _begin(self, row: list[float], place: Place, attributes: dict[str, str]) -> None:
        if place.mark >= 0:
            self._mark(place.mark, NAN, NAN, None)
        for attribute, leaf in place.attributes.items():
            if attribute in attributes:
                self._put(row, leaf, attributes[attribute])

    def _add(self, row: list[float]) -> None:
        if self.points >= MOST_POINTS:
            raise IngestError(TOO_MANY)
        self._values.extend(row)
        self.points += 1

    def _put(self, row: list[float], leaf: Leaf, text: str) -> None:
        at = leaf.target
        if at < 0:
            self._put_mark(leaf, text)
        elif row[at] != row[at]:  # NaN: the first that says anything counts
            if leaf.kind == Kind.TIME:
                row[_TIME], row[_OFFSET] = parse_time(text)
            else:
                row[at] = parse_number(text)

    def _put_mark(self, leaf: Leaf, text: str) -> None:
        if leaf.kind == Kind.TEXT:
            self._mark(leaf.mark, NAN, NAN, " ".join(text[:LONGEST_TEXT].split()))
        elif leaf.kind == Kind.TIME:
            self._mark(leaf.mark, *parse_time(text), None)
        else:
            self._mark(leaf.mark, parse_number(text), NAN, None)

    def _mark(self, kind: int, value: float, offset_s: float, text: str | None) -> None:
        if len(self._marks) >= MOST_MARKS:
            raise IngestError(TOO_MANY)
        self._marks.append(Mark(kind, self.points, value, offset_s, text))
