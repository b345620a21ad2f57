"""What an archive knows already: files by name, checksum and size or by content, runs by their span of time."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING, Any

from evengait.actions._chunk import Ruling, Seen
from evengait.ingest._member import file_name
from evengait.storage.archive.contents import read_table, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evengait.actions.read_member import Outcome
    from evengait.ingest._member import Member
    from evengait.storage.archive.layout import Layout

SAME_RUN = 0.8
"""Two recordings of one sport whose common time is at least this share of the longer are of the same run."""

_DAY_US = 86_400_000_000
_COLUMNS = (
    "source",
    "sha256",
    "format",
    "verdict",
    "reason",
    "sessions",
    "packed_crc32",
    "packed_bytes",
    "imported_at",
)

Key = tuple[str, "int | None", int]


class Known:
    """The files and runs in an archive, and those an import in progress has claimed.

    Parameters
    ----------
    layout : Layout
        The archive, held for writing.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        rows = rows_of(read_table(layout.logs["files"], "files", _COLUMNS))
        rows.sort(key=lambda row: row["imported_at"])  # the newest word on a file counts
        self._alive = {
            session for row in rows if row["verdict"] == "added" for session in row["sessions"] or ()
        }
        self._rows: dict[Key, dict[str, Any]] = {_row_key(row): row for row in rows}
        self._sizes = {(key[0], key[2]) for key, row in self._rows.items() if self._settled(row)}
        self._by_content = {
            row["sha256"]: tuple(row["sessions"]) for row in rows if row["sessions"] and self._settled(row)
        }
        self._spans: _Spans | None = None

    def could_be_known(self, member: Member) -> bool:
        """Tell whether a settled file of this name and size is in, whatever its checksum."""
        return (member.key[0], member.size) in self._sizes

    def settled(self, key: Key) -> dict[str, Any] | None:
        """Return the row of a file that need not be read again; None = it has to be."""
        row = self._rows.get(key)
        return row if row is not None and self._settled(row) else None

    def rule(self, seen: Sequence[Seen]) -> list[Ruling]:
        """Rule on a chunk's files, and claim what is new."""
        return [self._rule_one(one) for one in seen]

    def _rule_one(self, one: Seen) -> Ruling:
        if not one.bouts:
            return Ruling((), row=self._is_news(one.outcome))
        sha = one.outcome.sha256 or ""
        if sha in self._by_content:
            none = (False,) * len(one.bouts)
            row = self.settled(_key(one.outcome)) is None
            return Ruling(none, self._by_content[sha], "The same file is in the archive already.", row=row)
        if self._spans is None:
            self._spans = _Spans(self._layout, self._alive)
        same = [self._spans.same_run(start, end, sport) for _, start, end, sport in one.bouts]
        keep = tuple(other is None for other in same)
        for (session, start, end, sport), new in zip(one.bouts, keep, strict=True):
            if new:
                self._spans.add(session, start, end, sport)
        new_sessions = tuple(bout[0] for bout, new in zip(one.bouts, keep, strict=True) if new)
        sessions = new_sessions or tuple(dict.fromkeys(other for other in same if other is not None))
        self._by_content[sha] = sessions
        reason = None
        if not all(keep):
            what = "A part of it is" if any(keep) else "This session is"
            reason = f"{what} in the archive already, from another recording of the same time."
        return Ruling(keep, sessions, reason, original=True)

    def _is_news(self, outcome: Outcome) -> bool:
        """Tell whether a file without sessions says anything that its row from an earlier import does not."""
        row = self._rows.get(_key(outcome))
        return row is None or (row["verdict"], row["reason"]) != (outcome.verdict, outcome.reason)

    def _settled(self, row: dict[str, Any]) -> bool:
        if row["verdict"] == "not_a_session":
            # What no reader recognised is looked at again: a later version may know it.
            return row["format"] is not None
        return row["verdict"] in {"added", "duplicate"} and all(
            id_ in self._alive for id_ in row["sessions"] or ()
        )


class _Spans:
    """Sessions by start, for finding one that covers the same time."""

    def __init__(self, layout: Layout, alive: set[str]) -> None:
        rows = rows_of(
            read_table(layout.logs["sessions"], "sessions", ["session", "start", "elapsed_s", "sport"])
        )
        self._by_start: list[tuple[int, int, str, str]] = []
        self._longest = 0
        for row in rows:
            if row["session"] in alive:
                start = round(row["start"].timestamp() * 1_000_000)
                self.add(row["session"], start, start + round((row["elapsed_s"] or 0) * 1e6), row["sport"])

    def add(self, session: str, start: int, end: int, sport: str) -> None:
        insort(self._by_start, (start, end, sport, session))
        self._longest = max(self._longest, min(end - start, 30 * _DAY_US))

    def same_run(self, start: int, end: int, sport: str) -> str | None:
        at = bisect_left(self._by_start, (start - self._longest,))
        for other_start, other_end, other_sport, session in self._by_start[at:]:
            if other_start > end:
                break
            longer = max(end - start, other_end - other_start)
            common = min(end, other_end) - max(start, other_start)
            if sport == other_sport and (common >= SAME_RUN * longer if longer > 0 else start == other_start):
                return session
        return None


def _key(outcome: Outcome) -> Key:
    name, crc, size = outcome.member.key
    return name, outcome.crc32 if outcome.crc32 is not None else crc, size


def _row_key(row: dict[str, Any]) -> Key:
    return file_name(row["source"]), row["packed_crc32"], row["packed_bytes"] or 0
