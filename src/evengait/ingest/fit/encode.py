"""Write FIT files: any definition for tests, whole activities for the generator."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.ingest.fit._engine import engine
from evengait.ingest.fit._layout import CODES, INVALID, SIZES
from evengait.ingest.fit._profile import BASE_TYPES, STRING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from evengait.core.recording import Bout

PROTOCOL, PROFILE = 0x20, 21171


@dataclass(frozen=True)
class MessageSpec:
    """Messages of one definition, to be written one after the other.

    Attributes
    ----------
    num : int
        Message number.
    fields : mapping of int to (base type, values)
        Base type by name, e.g. ``uint16``; one raw value per message, None = invalid, a list = an array field,
        str for ``string``.
    developer : mapping of (developer data index, field number) to (base type, values)
    local : int
        Local message type, 0 to 15; 0 to 3 where ``header_seconds`` is given.
    header_seconds : list of int, optional
        The five bits of time in each header, in place of an ordinary header.
    """

    num: int
    fields: Mapping[int, tuple[str, Sequence[Any]]]
    developer: Mapping[tuple[int, int], tuple[str, Sequence[Any]]] = field(default_factory=dict)
    local: int = 0
    big_endian: bool = False
    header_seconds: Sequence[int] | None = None


def encode_messages(specs: Sequence[MessageSpec], *, interleave: bool = False) -> bytes:
    """Return a FIT file of the messages; join several results for a chained file.

    Parameters
    ----------
    specs : sequence of MessageSpec
        Each gives a definition and its messages.
    interleave : bool
        All definitions first (each needs its own local type), then one message of each in turn.

    Examples
    --------
    >>> len(encode_messages([MessageSpec(20, {3: ("uint8", [151, 152])})]))
    29
    """
    definitions, bodies = zip(*(_messages(spec) for spec in specs), strict=True) if specs else ((), ())
    if not interleave:
        return wrap(b"".join(a + b.tobytes() for a, b in zip(definitions, bodies, strict=True)))
    rows = max((len(body) for body in bodies), default=0)
    turns = (body[i].tobytes() for i in range(rows) for body in bodies if i < len(body))
    return wrap(b"".join([*definitions, *turns]))


def wrap(body: bytes) -> bytes:
    """Return a FIT file: header, records, checksum."""
    crc = engine().crc
    head = bytes([14, PROTOCOL]) + PROFILE.to_bytes(2, "little") + len(body).to_bytes(4, "little") + b".FIT"
    whole = head + crc(np.frombuffer(head, np.uint8)).to_bytes(2, "little") + body
    return whole + crc(np.frombuffer(whole, np.uint8)).to_bytes(2, "little")


def definition(
    num: int,
    fields: Sequence[tuple[int, int, int]],
    developer: Sequence[tuple[int, int, int]] = (),
    *,
    local: int = 0,
    big_endian: bool = False,
) -> bytes:
    """Return a definition message.

    Parameters
    ----------
    num : int
    fields : sequence of (field number, size in bytes, base type number)
    developer : sequence of (field number, size in bytes, developer data index)
    """
    out = (
        bytes([0x60 if developer else 0x40]) if not local else bytes([(0x60 if developer else 0x40) | local])
    )
    out += bytes([0, big_endian]) + num.to_bytes(2, "big" if big_endian else "little") + bytes([len(fields)])
    out += b"".join(bytes([n, size, base_byte(base)]) for n, size, base in fields)
    if developer:
        out += bytes([len(developer)]) + b"".join(bytes(item) for item in developer)
    return out


def base_byte(base: int) -> int:
    """Return the byte of a base type number: bit 7 marks those of more than one byte."""
    return base | (0x80 if base < len(SIZES) and SIZES[base] > 1 else 0)


def _messages(spec: MessageSpec) -> tuple[bytes, NDArray[np.uint8]]:
    order = ">" if spec.big_endian else "<"
    native, developer, columns = [], [], []
    for number, (base, values) in spec.fields.items():
        columns.append(_cells(values, BASE_TYPES[base], order))
        native.append((number, columns[-1].shape[1], BASE_TYPES[base]))
    for (index, number), (base, values) in spec.developer.items():
        columns.append(_cells(values, BASE_TYPES[base], order))
        developer.append((number, columns[-1].shape[1], index))
    rows = len(columns[0]) if columns else len(spec.header_seconds or ())
    heads = np.full((rows, 1), spec.local, np.uint8)
    if spec.header_seconds is not None:
        heads[:, 0] = 0x80 | spec.local << 5 | np.asarray(spec.header_seconds) & 31
    body = np.concatenate([heads, *columns], axis=1)
    head = definition(spec.num, native, developer, local=spec.local, big_endian=spec.big_endian)
    return head, body


def _cells(values: Sequence[Any], base: int, order: str) -> NDArray[np.uint8]:
    """Return the bytes of one field, a row per message."""
    if base == STRING:
        texts = [b"" if value is None else value.encode() for value in values]
        width = max((len(text) + 1 for text in texts), default=1)
        joined = b"".join(text.ljust(width, b"\0") for text in texts)
        return np.frombuffer(joined, np.uint8).reshape(-1, width)
    invalid = INVALID[base]
    missing = float("nan") if invalid is None else invalid
    cells = [list(value) if isinstance(value, (list, tuple)) else [value] for value in values]
    width = max((len(cell) for cell in cells), default=1)
    full = [[missing if v is None else v for v in cell + [None] * (width - len(cell))] for cell in cells]
    array = np.array(full, order + CODES[base]).reshape(len(cells), width)
    return array.view(np.uint8).reshape(len(cells), -1)


def encode_activity(bout: Bout) -> bytes:
    """Return a bout as the FIT file that a watch would write of it.

    Samples' integers come back the same from ``read``; instants are cut to whole seconds, as the format has them.

    Parameters
    ----------
    bout : Bout

    Examples
    --------
    >>> from evengait.core.recording import Bout, Samples
    >>> empty = Samples(np.empty(0, np.int64), {})
    >>> encode_activity(Bout(1_700_000_000_000_000, "running", empty))[8:12]
    b'.FIT'
    """
    from evengait.ingest.fit._encode_activity import records

    return wrap(records(bout))
