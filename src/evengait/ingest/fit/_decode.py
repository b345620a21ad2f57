"""Bytes of a FIT file to typed columns per message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evengait.ingest.fit._developer import Descriptions
from evengait.ingest.fit._engine import engine
from evengait.ingest.fit._frame import split
from evengait.ingest.fit._layout import layout, number_of
from evengait.ingest.fit._message import Group, Message
from evengait.ingest.fit._profile import message_number, message_profile
from evengait.ingest.fit._times import header_times

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from evengait.ingest.fit._engine import Engine
    from evengait.ingest.fit._frame import Part


@dataclass(frozen=True, slots=True)
class FitFile:
    """A decoded file: its messages by name, in order of first appearance, and what is wrong with it.

    Attributes
    ----------
    messages : dict of str to Message
    parts : tuple of int
        Where each chained FIT file begins; one item where nothing is chained.
    problems : tuple of str
        Plain sentences: cut short, checksum wrong, …
    """

    messages: dict[str, Message]
    parts: tuple[int, ...]
    problems: tuple[str, ...]

    def __getitem__(self, name: str) -> Message:
        return self.messages[name]

    def __contains__(self, name: str) -> bool:
        return name in self.messages

    def __iter__(self) -> Iterator[Message]:
        return iter(self.messages.values())

    def get(self, name: str) -> Message | None:
        """Return a message by name, or None."""
        return self.messages.get(name)


def decode(
    data: bytes | bytearray | memoryview,
    messages: Iterable[str] | None = None,
    columns: Iterable[str] | None = None,
    *,
    kernel: bool | None = None,
) -> FitFile:
    """Decode a FIT file into columns.

    Finds every message at once; a column's values are made when it is asked for.

    Parameters
    ----------
    data : bytes-like
        The whole file, unpacked.
    messages : iterable of str, optional
        Names of the messages wanted; None = all. Messages not in the profile are called ``unknown_<num>``.
    columns : iterable of str, optional
        Names of the columns that ``Message.columns`` gives; None = all.
    kernel : bool, optional
        True asks for the compiled kernel, False for NumPy; None = the kernel where it was built.

    Returns
    -------
    FitFile

    Raises
    ------
    IngestError
        The bytes are not a FIT file.

    Examples
    --------
    >>> from evengait.ingest.fit.encode import encode_messages, MessageSpec
    >>> file = decode(encode_messages([MessageSpec(20, {3: ("uint8", [151, None])})]))
    >>> file["record"].column("heart_rate")
    (array([151, 255], dtype=uint8), array([ True, False]))
    """
    whole = data if isinstance(data, bytes) else bytes(data)
    array = np.frombuffer(whole, np.uint8)
    chosen = engine(kernel)
    parts, problems = split(whole, array, chosen)
    wanted = None if messages is None else {message_number(name) for name in messages}
    names = None if columns is None else frozenset(columns)
    grouped: dict[int, list[Group]] = {}
    for part in parts:
        _groups(part, whole, array, chosen, wanted, grouped)
    found: dict[str, Message] = {}
    for num, groups in sorted(grouped.items(), key=lambda item: min(int(g.offsets[0]) for g in item[1])):
        profile = message_profile(num)
        found[profile.name] = Message(profile, _part_rows(groups, parts), groups, array, chosen, names)
    return FitFile(found, tuple(part.begin for part in parts), tuple(problems))


def _groups(
    part: Part,
    whole: bytes,
    array: NDArray[np.uint8],
    chosen: Engine,
    wanted: set[int | None] | None,
    out: dict[int, list[Group]],
) -> None:
    """Add the messages of one part, by message number."""
    walk = part.walk
    every: list[tuple[bytes, NDArray[np.int64]]] = []
    at = 0
    for (start, stop), count in zip(walk.definitions, walk.counts, strict=True):
        if count:
            every.append((whole[start:stop], walk.offsets[at : at + count]))
        at += count
    descriptions: Descriptions | None = None
    made: list[Group] = []
    for content, offsets in every:
        # Times in headers count on from whichever message was last: then every message matters.
        if wanted is not None and not walk.compressed and number_of(content) not in wanted:
            continue
        if len(content) == 5 + 3 * content[4]:
            groups = [Group(layout(content), offsets)]
        else:
            if descriptions is None:
                descriptions = Descriptions(every, array, chosen)
            groups = [
                Group(layout(content, dev), rows) for dev, rows in descriptions.resolve(content, offsets)
            ]
        num = groups[0].layout.message.num
        made += groups
        if wanted is None or num in wanted:
            out.setdefault(num, []).extend(groups)
    if walk.compressed:
        header_times(made, array)


def _part_rows(groups: list[Group], parts: list[Part]) -> NDArray[np.int64] | None:
    """Return the first row of each chained part after the first."""
    if len(parts) == 1:
        return None
    offsets = np.sort(np.concatenate([group.offsets for group in groups]))
    return np.searchsorted(offsets, [part.begin for part in parts[1:]])
