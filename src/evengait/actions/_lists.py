"""The exports' tables among the files of an import: they are no sessions, but say what the runner said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.analysis.same_run.listed import microseconds
from evengait.core.errors import IngestError
from evengait.core.label import Said
from evengait.core.reasons import kept
from evengait.ingest._member import Member, read_member
from evengait.ingest.garmin_export import is_gear, is_list, read_gear, read_list
from evengait.ingest.strava_export import ExportTable, file_key, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STRAVA_TABLE = "activities.csv"
_RECORDINGS = (".fit", ".tcx", ".gpx")

Place = tuple[str, str]


def what_list(member: Member) -> str | None:
    """Return what a file would be a list of, in words for people; None = no list of any export.

    Examples
    --------
    >>> what_list(Member("e.zip!activities.csv", "activities.csv", "e.zip", "e.zip", 9))
    "Strava's list of activities: names, notes and shoes come from it."
    """
    if _file(member).lower() == STRAVA_TABLE:
        return kept("Strava's list of activities: names, notes and shoes come from it.")
    if is_list(member.name):
        return kept("Garmin's list of activities: names, notes and perceived exertion come from it.")
    if is_gear(member.name):
        return kept("Garmin's list of gear: shoes come from it.")
    return None


class Lists:
    """The tables of the exports that are being taken in.

    Parameters
    ----------
    members : iterable of Member
        Those that are lists, by :func:`what_list`.

    Attributes
    ----------
    without_file : int
        Activities that Strava's tables list without a recording.
    problems : list of str
        Tables that could not be read, one sentence each.
    """

    def __init__(self, members: Iterable[Member]) -> None:
        self.problems: list[str] = []
        self.without_file = 0
        self._members = list(members)
        self._tables = {
            _place(member): member for member in self._members if _file(member).lower() == STRAVA_TABLE
        }
        self._read: dict[Place, ExportTable | None] = {}

    def of(self, member: Member) -> Said | None:
        """Return what a table beside or above a recording says of it by its file name; None where nothing is said."""
        if not self._tables or not file_key(member.name).endswith(_RECORDINGS):
            return None
        folder = member.name
        while folder:
            folder = folder.rpartition("/")[0]
            place = (member.container, folder)
            table = self._table(place)
            if table is not None:
                label = table.labels.get(file_key(member.name))
                source = self._tables[place].source
                return Said("strava", source, label, edition=table.edition) if label is not None else None
        return None

    def entries(self) -> Iterator[Said]:
        """Yield the entries of the lists that name no files: Garmin's."""
        for place in dict.fromkeys(_place(member) for member in self._members if is_list(member.name)):
            here = [member for member in self._members if _place(member) == place]
            shoes: dict[int, str] = {}
            for member in filter(lambda one: is_gear(one.name), here):
                try:
                    shoes |= read_gear(read_member(member).data)
                except (IngestError, OSError) as error:
                    self.problems.append(_sentence(error))
            found: list[Said] = []
            for member in filter(lambda one: is_list(one.name), here):
                found += self._listed(member, shoes)
            edition = max(
                (microseconds(said.start) for said in found if said.start is not None), default=None
            )
            for said in found:
                yield Said(
                    said.kind,
                    said.source,
                    said.label,
                    said.start,
                    said.sport,
                    said.elapsed_s,
                    said.activity,
                    edition,
                )

    def _listed(self, member: Member, shoes: dict[int, str]) -> list[Said]:
        try:
            listed, problem = read_list(read_member(member).data, shoes)
        except (IngestError, OSError) as error:
            listed, problem = [], _sentence(error)
        if problem is not None:
            self.problems.append(problem)
        return [
            Said("garmin", member.source, one.label, one.start, one.sport, one.elapsed_s, one.activity)
            for one in listed
        ]

    def _table(self, place: Place) -> ExportTable | None:
        if place in self._tables and place not in self._read:
            table = None
            try:
                table = read_table(read_member(self._tables[place]).data)
                self.without_file += table.without_file
            except (IngestError, OSError) as error:
                self.problems.append(_sentence(error))
            self._read[place] = table
        return self._read.get(place)


def _place(member: Member) -> Place:
    return member.container, member.name.rpartition("/")[0]


def _file(member: Member) -> str:
    return member.name.rpartition("/")[2]


def _sentence(error: IngestError | OSError) -> str:
    if isinstance(error, IngestError):
        return str(error)
    return kept("An export's table could not be read from the disk, so names, notes and shoes were left out.")
