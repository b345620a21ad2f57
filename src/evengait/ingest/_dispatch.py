"""Sniff, choose, read: by the bytes, never by the name."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from evengait.core.reasons import kept
from evengait.ingest._others import Other, knows, others
from evengait.ingest._others import read as read_other

if TYPE_CHECKING:
    from evengait.core.recording import Recording

FORMATS = {"fit": "evengait.ingest.fit", "gpx": "evengait.ingest.gpx", "tcx": "evengait.ingest.tcx"}
"""Format to the module that has ``sniff(head)`` and ``read(data)``; loaded when a file is first sniffed.

Other packages add theirs through the entry point group ``evengait.formats``: a name, and such a module.
"""

HEAD = 2048
"""Bytes that a sniffer is shown."""

_OTHER = (
    (
        (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*"),
        0,
        kept("A photo or picture, not a recording."),
    ),
    ((b"ftyp",), 4, kept("A photo or video, not a recording.")),
    ((b"WEBP", b"AVI "), 8, kept("A photo or video, not a recording.")),
    ((b"%PDF",), 0, kept("A PDF, not a recording.")),
    ((b"{", b"["), 0, kept("A JSON file, not a recording.")),
    ((b"<!DOCTYPE html", b"<!doctype html", b"<html"), 0, kept("A web page, not a recording.")),
)


def recognise(head: bytes) -> str | None:
    """Return the format that a file's first bytes show; None = none that is known.

    Parameters
    ----------
    head : bytes
        At least the first 2,048 bytes, unpacked, or all there are.

    Examples
    --------
    >>> recognise(b'<?xml version="1.0"?><gpx version="1.1">')
    'gpx'
    """
    own = next((name for name, module in _readers().items() if module.sniff(head)), None)
    return own or next((name for name, other in other_formats().items() if knows(other, head)), None)


def read(name: str, data: bytes) -> Recording:
    """Read a file of a recognised format.

    Raises
    ------
    IngestError
        It cannot be read.
    """
    if name not in FORMATS:
        return read_other(other_formats()[name], data)
    recording: Recording = _readers()[name].read(data)
    return recording


def explain_other(name: str, head: bytes) -> tuple[str, str]:
    r"""Return verdict and reason for a file that no format recognises.

    Parameters
    ----------
    name : str
        Its file name: one that promises a recording makes the verdict ``failed``.
    head : bytes
        Its first bytes.

    Examples
    --------
    >>> explain_other("media/1.jpg", b"\xff\xd8\xff\xe0")
    ('not_a_session', 'A photo or picture, not a recording.')
    """
    plain = name.lower().removesuffix(".gz")
    if plain.endswith((".fit", ".tcx", ".gpx")):
        if not head:
            return "failed", kept("It is empty.")
        return (
            "failed",
            kept(
                "It is named like a {upper} recording, but its content is something else.",
                upper=plain[-3:].upper(),
            ),
        )
    if not head:
        return "not_a_session", kept("It is empty.")
    start = head.lstrip()
    for marks, at, reason in _OTHER:
        if start[at:].startswith(marks):
            return "not_a_session", reason
    if plain.endswith(".csv"):
        return "not_a_session", kept("A table, not a recording.")
    return "not_a_session", kept("Not a recording of any known format.")


def other_formats() -> dict[str, Other]:
    """Return the formats that other packages bring, by name; also those that cannot be used."""
    return others(tuple(FORMATS))


@cache
def _readers() -> dict[str, Any]:
    return {name: import_module(module) for name, module in FORMATS.items()}
