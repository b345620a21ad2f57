"""What a FIT file is, from its first message alone: an account's archive holds thousands that are no activity."""

from __future__ import annotations

from evengait.ingest.fit._frame import is_header
from evengait.ingest.fit._profile import enum_name

ACTIVITY = 4

_FILE_ID, _TYPE = 0, 0
_NEW_DEFINITION, _DEVELOPER, _COMPRESSED = 0x40, 0x20, 0x80
_NOT_SAID = 0xFF


def kind_word(number: int) -> str:
    """Return the format's own word for a file type.

    Examples
    --------
    >>> kind_word(32), kind_word(49)
    ('monitoring_b', 'unknown_49')
    """
    return enum_name("file", number) or f"unknown_{number}"


def other_kind(data: bytes) -> str | None:
    """Return what a file is that says in its first message that it is no activity, without reading on.

    Parameters
    ----------
    data : bytes
        The whole file, unpacked.

    Returns
    -------
    str or None
        None where it is an activity, where more than one recording may be chained in it, or where its first message
        is anything but a plain ``file_id``: then the whole file has to be read.

    Examples
    --------
    >>> from evengait.ingest.fit.encode import MessageSpec, encode_messages
    >>> other_kind(encode_messages([MessageSpec(0, {0: ("enum", [2])})]))
    'settings'
    """
    if not is_header(data, 0):
        return None
    begin, size = data[0], int.from_bytes(data[4:8], "little")
    end = begin + size
    if end + 2 < len(data):
        return None
    place = _type_at(data[begin : begin + 1024])
    if place is None or begin + place >= min(end, len(data)):
        return None
    value = data[begin + place]
    return None if value in {ACTIVITY, _NOT_SAID} else kind_word(value)


def _type_at(head: bytes) -> int | None:
    """Return where the type stands, from the first message's definition; None where that is no plain ``file_id``."""
    if len(head) < 6 or head[0] & (_COMPRESSED | _NEW_DEFINITION | _DEVELOPER) != _NEW_DEFINITION:
        return None
    order = "big" if head[2] else "little"
    fields = head[6 : 6 + 3 * head[5]]
    if int.from_bytes(head[3:5], order) != _FILE_ID or len(fields) < 3 * head[5]:  # type: ignore[arg-type]  # a word
        return None
    at = 6 + len(fields)
    if head[at : at + 1] != bytes([head[0] & 0x0F]):
        return None
    at += 1
    for number, size, _ in zip(fields[::3], fields[1::3], fields[2::3], strict=True):
        if number == _TYPE:
            return at if size == 1 else None
        at += size
    return None
