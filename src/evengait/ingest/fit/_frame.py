"""Split a file into its FIT files (several may be chained), walk each, and say what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.core.errors import IngestError
from evengait.core.reasons import kept
from evengait.ingest.fit._walk import CUT, TOO_MANY, UNDEFINED

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from evengait.ingest.fit._engine import Engine
    from evengait.ingest.fit._walk import Walk


MAX_PARTS = 256
"""FIT files chained in one; the most in any real file seen is 4. A bound on hostile ones."""


@dataclass(frozen=True, slots=True)
class Part:
    """One FIT file of a chain: where its header begins, and its messages."""

    begin: int
    walk: Walk


def is_header(data: bytes, at: int) -> bool:
    """Whether a FIT header stands at an offset."""
    return len(data) - at >= 12 and data[at] >= 12 and data[at + 8 : at + 12] == b".FIT"


def split(data: bytes, array: NDArray[np.uint8], engine: Engine) -> tuple[list[Part], list[str]]:
    """Return the parts of a file and what is wrong with them, one sentence each.

    Raises
    ------
    IngestError
        The bytes do not begin with a FIT header.
    """
    if not is_header(data, 0):
        raise IngestError(
            kept("this is not a FIT file: its first bytes are not a FIT header"), format="fit", offset=0
        )
    parts: list[Part] = []
    problems: list[str] = []
    at = 0
    while at < len(data):
        if len(parts) == MAX_PARTS:
            problems.append(
                kept(
                    "The file chains more than {most} recordings; the rest was not read.",
                    most=MAX_PARTS,
                )
            )
            break
        if not is_header(data, at):
            problems.append(
                kept(
                    "{count} bytes after the end of the recording are not FIT and were left out.",
                    count=len(data) - at,
                )
            )
            break
        at = _part(data, array, at, engine, parts, problems)
    return parts, problems


def _part(
    data: bytes,
    array: NDArray[np.uint8],
    at: int,
    engine: Engine,
    parts: list[Part],
    problems: list[str],
) -> int:
    """Walk over one part; return where the next one begins."""
    begin = at + data[at]
    size = int.from_bytes(data[at + 4 : at + 8], "little")
    end = begin + size
    if end + 2 > len(data):
        problems.append(
            kept(
                "The file is cut short: its header promises more bytes than there are. What is whole was kept."
            )
        )
        walked = engine.walk(data, min(begin, len(data)), min(end, len(data)))
        _say(walked, problems, cut_known=True)
        parts.append(Part(at, walked))
        return len(data)
    after = end + 2
    good = engine.crc(array[at:end]) == int.from_bytes(data[end:after], "little")
    if not good and after < len(data) and not is_header(data, after):
        # The header lies: it ends before the data does.
        problems.append(
            kept("The header gives a size smaller than the recording. Everything that is whole was kept.")
        )
        end = len(data) - 2
        after = len(data)
        good = engine.crc(array[at:end]) == int.from_bytes(data[end:after], "little")
    if not good:
        problems.append(kept("The checksum is wrong: some bytes were changed after the device wrote them."))
    walked = engine.walk(data, begin, end)
    _say(walked, problems, cut_known=False)
    parts.append(Part(at, walked))
    return after


def _say(walked: Walk, problems: list[str], *, cut_known: bool) -> None:
    if walked.why == CUT and not cut_known:
        problems.append(kept("The last message is cut short and was left out."))
    elif walked.why == UNDEFINED:
        problems.append(
            kept(
                "From byte {stop} on the file cannot be read: a message there has no definition. "
                "What is before was kept.",
                stop=walked.stop,
            )
        )
    elif walked.why == TOO_MANY:
        problems.append(
            kept(
                "From byte {stop} on the file was not read: it holds too many different definitions.",
                stop=walked.stop,
            )
        )
