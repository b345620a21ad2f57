"""The name of a document's outermost element, from its first bytes."""

from __future__ import annotations

import re

_NAME = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)(?=[\s/>]|$)")
_BEFORE = ((b"<?", b"?>"), (b"<!--", b"-->"))


def root_name(head: bytes) -> str | None:
    """Return the local name of the first element; None where these bytes do not show one.

    Parameters
    ----------
    head : bytes
        The first bytes of a file: UTF-8, UTF-16 or any encoding that agrees with ASCII.

    Examples
    --------
    >>> root_name(b"<?xml version='1.0'?><!-- by hand --><x:gpx version='1.1'>")
    'gpx'
    >>> root_name(b"{}") is None
    True
    """
    text = head.replace(b"\x00", b"")  # UTF-16 reads as ASCII with gaps
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        text = text.removeprefix(mark)
    text = text.lstrip()
    while True:
        for begin, end in _BEFORE:
            if text.startswith(begin):
                text = text.partition(end)[2].lstrip()
                break
        else:
            if not text.startswith(b"<!DOCTYPE"):
                break
            text = _after_doctype(text)
    match = _NAME.match(text)
    return match[1].decode() if match else None


def _after_doctype(text: bytes) -> bytes:
    """Return what follows the document type, its inner part in brackets included."""
    bracket, end = text.find(b"["), text.find(b">")
    if 0 <= bracket < end:
        end = text.find(b">", text.find(b"]", bracket))
    return text[end + 1 :].lstrip() if end >= 0 else b""
