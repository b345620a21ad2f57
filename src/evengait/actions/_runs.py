"""The recordings in an archive, and those that an import brings: which of them are of one run."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evengait.actions._recording_row import TRACE_COLUMNS, brief_of_row, traces_of
from evengait.analysis.same_run.agreement import match
from evengait.analysis.same_run.groups import groups
from evengait.storage.archive.contents import read_table, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from evengait.analysis.same_run.groups import Together
    from evengait.core.same_run import Brief, Limits
    from evengait.storage.archive.layout import Layout

_LIGHT = (
    "recording", "sha256", "place", "source", "start", "elapsed_s", "sport", "sub_sport", "utc_offset_s", "samples",
    "columns", "name", "note", "problem", "batch", "chunk", "imported_at",
)  # fmt: skip
_LONGEST_US = 30 * 86_400_000_000


@dataclass(frozen=True)
class Recorded:
    """A recording: in brief, which file it is of, and how it came in."""

    brief: Brief
    sha256: str
    place: int
    source: str
    batch: str
    problem: str | None = None
    came: tuple[datetime, str, int] | None = None


class Runs:
    """Recordings by start; traces are read only where two recordings come near each other.

    Parameters
    ----------
    layout : Layout
        The archive, held for writing.
    limits : Limits
    """

    def __init__(self, layout: Layout, limits: Limits) -> None:
        self._layout = layout
        self._limits = limits
        self._known: dict[str, Recorded] = {}
        self._by_start: list[tuple[int, str]] = []
        self._longest = 0
        self._traced = False
        for number, row in enumerate(rows_of(read_table(layout.logs["recordings"], "recordings", _LIGHT))):
            came = row["imported_at"], row["chunk"], number
            self.add(
                Recorded(
                    brief_of_row(row),
                    row["sha256"],
                    row["place"],
                    row["source"],
                    row["batch"],
                    row["problem"],
                    came,
                )
            )

    def __contains__(self, recording: str) -> bool:
        return recording in self._known

    def __getitem__(self, recording: str) -> Recorded:
        return self._known[recording]

    def __iter__(self) -> Iterator[Recorded]:
        return iter(self._known.values())

    def add(self, recorded: Recorded) -> None:
        """Take a recording in."""
        brief = recorded.brief
        self._known[brief.recording] = recorded
        insort(self._by_start, (brief.start_us, brief.recording))
        self._longest = max(self._longest, min(brief.end_us - brief.start_us, _LONGEST_US))

    def same(self, brief: Brief) -> list[Brief]:
        """Return the recordings of the same run as one, itself left out."""
        found = []
        for other in self._near(brief):
            one, two = (brief, other) if brief.recording < other.recording else (other, brief)
            if match(one, two, self._limits) is not None:
                found.append(other)
        return found

    def together(self, recordings: Iterable[str]) -> list[Together]:
        """Return the runs that some recordings may have a part in, each with all its recordings."""
        waiting = [name for name in recordings if name in self._known]
        found: dict[str, Brief] = {}
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = self._with_trace(self._known[name].brief)
                waiting += [other.recording for other in self.same(found[name])]
        return groups(found.values(), self._limits)

    def _near(self, brief: Brief) -> Iterator[Brief]:
        reach = round(self._limits.copy_shift_s * 1e6)
        at = bisect_left(self._by_start, (brief.start_us - max(self._longest, reach),))
        last = max(brief.end_us, brief.start_us + reach)
        for start, name in self._by_start[at:]:
            if start > last:
                break
            other = self._known[name].brief
            if name != brief.recording and (
                other.end_us >= brief.start_us or start >= brief.start_us - reach
            ):
                yield self._with_trace(other)

    def _with_trace(self, brief: Brief) -> Brief:
        if brief.trace is None and not self._traced:
            self._traced = True
            log = self._layout.logs["recordings"]
            table = read_table(log, "recordings", ("recording", *TRACE_COLUMNS))
            for name, trace in traces_of(table).items():
                if name in self._known and trace is not None:
                    known = self._known[name]
                    self._known[name] = replace(known, brief=replace(known.brief, trace=trace))
        return self._known[brief.recording].brief if brief.recording in self._known else brief
