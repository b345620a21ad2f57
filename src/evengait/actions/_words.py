"""What the exports' tables say of recordings: what the archive knows of it, and what an import brings."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from evengait.analysis.same_run.listed import best_entry, microseconds
from evengait.core.label import KINDS, Label, Said
from evengait.storage.archive.contents import read_table, rows_of
from evengait.storage.archive.schema import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from evengait.core.same_run import Brief, Limits
    from evengait.storage.archive.layout import Layout

MOST_HOLDERS = 8
"""Imports that are remembered to have brought the same thing. A folder that is imported every day would otherwise
leave a row for each of its files each day; whoever takes back that many imports can import it once more."""

OWN = "the recording itself"
"""Where a recording's own words stand, for people."""

Key = tuple[str, str, object]
"""Whose export, what an entry is known by, and its value: the recording's hash, the activity's number or its start."""

Content = tuple[object, ...]


class Words:
    """The newest word on each recording, and on each entry of a list that names no files.

    Parameters
    ----------
    layout : Layout
        The archive, held for writing.
    limits : Limits
    now : datetime
        When this import began.
    """

    def __init__(self, layout: Layout, limits: Limits, now: datetime) -> None:
        self._limits = limits
        self._now = now
        self._newest: dict[Key, tuple[tuple[int, datetime, int], Said]] = {}
        self._held: dict[Key, list[Content]] = defaultdict(list)
        self._starts: list[tuple[int, Key]] = []
        self._told: dict[tuple[Key, Content], tuple[Said, str | None]] = {}
        self._written: set[tuple[Key, Content]] = set()
        self._changed: set[Key] = set()
        log = layout.logs["labels"]
        for row in rows_of(read_table(log, "labels", arrow_schema("labels").names)):
            said = _said(row)
            key = _key(said, row["sha256"])
            self._held[key].append(_content(said))
            self._take(key, row["imported_at"], said)

    def learn(self, said: Said, sha256: str | None, *, written: bool = False) -> None:
        """Take in a word of this import.

        Parameters
        ----------
        said : Said
        sha256 : str or None
            The recording it speaks of; None = an entry of a list that names no files.
        written : bool
            Whether its row is on its way already, with the recording itself.
        """
        key = _key(said, sha256)
        entry = key, _content(said)
        if written:
            self._written.add(entry)
        if entry in self._told:
            return
        self._told[entry] = said, sha256
        before = self._newest.get(key)
        self._take(key, self._now, said)
        if before is None or _content(before[1]) != _content(self._newest[key][1]):
            self._changed.add(key)

    def on(self, brief: Brief, sha256: str) -> list[Said]:
        """Return the newest words on a recording, one of each export at most, and its own."""
        found = [
            pair[1] for kind in KINDS if (pair := self._newest.get((kind, "sha256", sha256))) is not None
        ]
        near = [self._newest[key][1] for _, key in self._near(brief)]
        for kind in KINDS:
            best = best_entry((said for said in near if said.kind == kind), brief, self._limits)
            if best is not None:
                found.append(best)
        if brief.name or brief.note:
            found.append(Said("recording", OWN, Label(name=brief.name, note=brief.note)))
        return found

    def changed_on(self, brief: Brief, sha256: str) -> bool:
        """Tell whether a word that this import changed may be on a recording."""
        if any((kind, "sha256", sha256) in self._changed for kind in KINDS):
            return True
        return any(key in self._changed for _, key in self._near(brief))

    def to_write(self, *, news: bool) -> list[tuple[Said, str | None]]:
        """Return the words of this import that have no row yet, and mark them as written.

        Parameters
        ----------
        news : bool
            Whether the import brings anything new: then what it brings again is remembered as well, so that taking
            back an earlier import takes nothing from this one.
        """
        out = []
        for (key, content), word in self._told.items():
            held = self._held[key]
            wanted = content not in held or (news and len(held) < MOST_HOLDERS)
            if wanted and (key, content) not in self._written:
                self._written.add((key, content))
                out.append(word)
        return out

    def _take(self, key: Key, when: datetime, said: Said) -> None:
        age = said.edition or 0, when, len(self._held[key])
        before = self._newest.get(key)
        if before is not None and before[0] > age:
            return
        if said.start is not None and (before is None or before[1].start != said.start):
            insort(self._starts, (microseconds(said.start), key), key=_by_start)
        self._newest[key] = age, said

    def _near(self, brief: Brief) -> Iterator[tuple[int, Key]]:
        reach = round(self._limits.label_start_s * 1e6)
        at = bisect_left(self._starts, brief.start_us - reach, key=_by_start)
        while at < len(self._starts) and self._starts[at][0] <= brief.start_us + reach:
            yield self._starts[at]
            at += 1


def label_row(said: Said, sha256: str | None) -> dict[str, Any]:
    """Return a row of ``labels``, but for where and when it came in."""
    label = said.label
    return {
        "kind": said.kind,
        "source": said.source,
        "sha256": sha256,
        "start": said.start,
        "elapsed_s": said.elapsed_s,
        "activity": said.activity,
        "edition": said.edition,
        "sport": said.sport,
        "name": label.name,
        "note": label.note,
        "shoe": label.gear,
        "rpe_cr10": label.rpe_cr10,
        "dirt_distance_m": label.dirt_distance_m,
    }


def _said(row: dict[str, Any]) -> Said:
    label = Label(row["name"], row["note"], row["shoe"], row["rpe_cr10"], row["dirt_distance_m"])
    return Said(
        row["kind"],
        row["source"],
        label,
        row["start"],
        row["sport"],
        row["elapsed_s"],
        row["activity"],
        row["edition"],
    )


def _key(said: Said, sha256: str | None) -> Key:
    if sha256 is not None:
        return said.kind, "sha256", sha256
    if said.activity is not None:
        return said.kind, "activity", said.activity
    return said.kind, "start", said.start


def _content(said: Said) -> Content:
    """Return what an entry says, whichever table it stands in."""
    return said.start, said.sport, said.elapsed_s, said.label


def _by_start(entry: tuple[int, Key]) -> int:
    return entry[0]
