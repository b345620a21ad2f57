"""What the runner said of each recording, from the tables of the exports that are being taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.errors import IngestError
from evengait.core.label import Said
from evengait.ingest._member import Member, read_member
from evengait.ingest.strava_export import ExportTable, file_key, read_table

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
        self._tables = {_place(member): member for member in members if _file(member).lower() == _TABLE}
        self._read: dict[tuple[str, str], ExportTable | None] = {}

    def of(self, member: Member) -> Said | None:
        """Return what was said of a recording; None where nothing was."""
        if not self._tables or not file_key(member.name).endswith(_RECORDINGS):
            return None
        folder = member.name
        while folder:
            folder = folder.rpartition("/")[0]
            place = (member.container, folder)
            table = self._table(place)
            if table is not None:
                label = table.labels.get(file_key(member.name))
                return Said("strava", self._tables[place].source, label) if label is not None else None
        return None

    def _table(self, place: tuple[str, str]) -> ExportTable | None:
        if place in self._tables and place not in self._read:
            table = None
            try:
                table = read_table(read_member(self._tables[place]).data)
                self.without_file += table.without_file
            except (IngestError, OSError) as error:
                self.problems.append(str(error))
            self._read[place] = table
        return self._read.get(place)


def _place(member: Member) -> tuple[str, str]:
    return member.container, member.name.rpartition("/")[0]


def _file(member: Member) -> str:
    return member.name.rpartition("/")[2]
