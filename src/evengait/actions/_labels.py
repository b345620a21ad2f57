"""What the runner said of each recording, from the tables of the exports that are being taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.errors import IngestError
from evengait.ingest._member import Member, read_member
from evengait.ingest.strava_export import ExportTable, Label, file_key, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable

_TABLE = "activities.csv"
_RECORDINGS = (".fit", ".tcx", ".gpx")


class Labels:
    """Labels by recording.

    Parameters
    ----------
    members : iterable of Member
        The files that are being taken in; an ``activities.csv`` among them speaks for the files beside and below it.

    Attributes
    ----------
    without_file : int
        Activities that the tables list without a recording.
    problems : list of str
        Tables that could not be read, one sentence each.
    """

    def __init__(self, members: Iterable[Member]) -> None:
        self.problems: list[str] = []
        self.without_file = 0
        self._unread = {_place(member): member for member in members if _file(member).lower() == _TABLE}
        self._tables: dict[tuple[str, str], ExportTable] = {}

    def of(self, member: Member) -> Label | None:
        """Return what was said of a recording; None where nothing was."""
        if not file_key(member.name).endswith(_RECORDINGS):
            return None
        folder = member.name
        while folder:
            folder = folder.rpartition("/")[0]
            table = self._table((member.container, folder))
            if table is not None:
                return table.labels.get(file_key(member.name))
        return None

    def _table(self, place: tuple[str, str]) -> ExportTable | None:
        member = self._unread.pop(place, None)
        if member is not None:
            try:
                self._tables[place] = read_table(read_member(member).data)
                self.without_file += self._tables[place].without_file
            except (IngestError, OSError) as error:
                self.problems.append(str(error))
        return self._tables.get(place)


def _place(member: Member) -> tuple[str, str]:
    return member.container, member.name.rpartition("/")[0]


def _file(member: Member) -> str:
    return member.name.rpartition("/")[2]
