"""What an archive knows already: files by name, checksum and size or by content."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from evengait.core.reasons import kept
from evengait.ingest._member import file_name
from evengait.storage.archive.contents import read_table, rows_of

if TYPE_CHECKING:
    from evengait.actions.read_member import Outcome
    from evengait.ingest._member import Member
    from evengait.storage.archive.layout import Layout

_COLUMNS = (
    "batch", "source", "sha256", "bytes", "format", "verdict", "reason", "sessions", "original", "packed_crc32",
    "packed_bytes", "imported_at",
)  # fmt: skip

Key = tuple[str, "int | None", int]
Row = dict[str, Any]

KEPT_ANEW = kept("The same file is in the archive already; its original had been lost and is kept anew.")

SAME_FILE = kept("The same file is in the archive already.")


class Known:
    """The files in an archive, and those an import in progress has claimed.

    Parameters
    ----------
    layout : Layout
        The archive, held for writing.
    """

    def __init__(self, layout: Layout) -> None:
        rows = rows_of(read_table(layout.logs["files"], "files", _COLUMNS))
        rows.sort(key=lambda row: row["imported_at"])  # the newest word on a file counts
        names = read_table(layout.logs["recordings"], "recordings", ["recording"]).column("recording")
        self._alive = set(names.to_pylist())
        packs = {f"originals/{path.name}" for path in layout.originals.glob("*.zip")}
        self.originals: dict[str, str] = {
            row["sha256"]: row["original"]
            for row in rows
            if row["original"] is not None and row["original"].partition("!")[0] in packs
        }
        self._rows: dict[Key, Row] = {_row_key(row): row for row in rows}
        self._sizes = {(key[0], key[2]) for key, row in self._rows.items() if self._settled(row)}
        self._by_content = {
            row["sha256"]: tuple(row["sessions"]) for row in rows if row["sessions"] and self._is_in(row)
        }
        self._holders = Counter(row["sha256"] for row in rows if row["sessions"])
        self._places = {(row["source"], row["sha256"]) for row in rows}
        self._kept = set(self.originals)

    def could_be_known(self, member: Member) -> bool:
        """Tell whether a settled file of this name and size is in, whatever its checksum."""
        return (member.key[0], member.size) in self._sizes

    def settled(self, key: Key) -> Row | None:
        """Return the row of a file that need not be read again; None = it has to be."""
        row = self._rows.get(key)
        return row if row is not None and self._settled(row) else None

    def row_of(self, outcome: Outcome) -> Row | None:
        """Return the settled row of a file that was read."""
        return self.settled(_key(outcome))

    def recordings_of(self, sha256: str) -> tuple[str, ...] | None:
        """Return the recordings of a content that is in; None = it is not."""
        return self._by_content.get(sha256)

    def claim(self, sha256: str, recordings: tuple[str, ...]) -> None:
        """Take note of a content that this import brings in."""
        self._by_content[sha256] = recordings
        self._kept.add(sha256)

    def lacks_original(self, sha256: str) -> bool:
        """Tell whether a content is in whose original is lost; asked again, it is not: it is on its way then."""
        lost = sha256 not in self._kept
        self._kept.add(sha256)
        return lost

    def is_news(self, outcome: Outcome) -> bool:
        """Tell whether a file without sessions says anything that its row from an earlier import does not."""
        row = self._rows.get(_key(outcome))
        return row is None or (row["verdict"], row["reason"]) != (outcome.verdict, outcome.reason)

    def is_elsewhere(self, source: str, sha256: str) -> bool:
        """Tell whether a file that is in lies at a place that no import has seen it at."""
        return (source, sha256) not in self._places

    def holders(self, sha256: str) -> int:
        """Return how many files of the same content are remembered."""
        return self._holders[sha256]

    def _settled(self, row: Row) -> bool:
        if row["verdict"] == "not_a_session":
            # What no reader recognised is looked at again: a later version may know it.
            return row["format"] is not None
        return self._is_in(row) and row["sha256"] in self.originals

    def _is_in(self, row: Row) -> bool:
        return row["verdict"] in {"added", "duplicate"} and all(
            id_ in self._alive for id_ in row["sessions"] or ()
        )


def _key(outcome: Outcome) -> Key:
    name, crc, size = outcome.member.key
    return name, outcome.crc32 if outcome.crc32 is not None else crc, size


def _row_key(row: Row) -> Key:
    return file_name(row["source"]), row["packed_crc32"], row["packed_bytes"] or 0
