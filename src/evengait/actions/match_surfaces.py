"""Match a runner's sessions to the maps of the home: the ground under each."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import polars as pl

    from evengait.core.ground import GroundRules, Ways
    from evengait.core.recording import Samples
    from evengait.storage.maps.shelf import MapInfo, Shelf

_ON_FOOT = ("running", "walking", "hiking")
_AT_ONCE = 32
"""Sessions whose samples are read together."""

_COMMIT_EVERY = 512
"""What a kill may cost at most: it is matched again then."""

_ENOUGH = 0.9
"""A map that tells this part of a session's metres need not be compared with others."""


@dataclass
class MatchReport:
    """What a matching did.

    Attributes
    ----------
    sessions : int
        Sessions on foot in the archive.
    matched : dict of map to int
        Sessions newly told by each map, as name@digits.
    by_profile : int
        Sessions newly told by the watch's profile alone.
    unknown : int
        Sessions newly looked at of which nothing tells the ground.
    kept : int
        Sessions that were told before, by the same maps and rules.
    """

    sessions: int = 0
    matched: Counter[str] = field(default_factory=Counter)
    by_profile: int = 0
    unknown: int = 0
    kept: int = 0


def match_surfaces(
    home: Path,
    folder: Path,
    *,
    again: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
    on_wait: Callable[[], None] | None = None,
) -> MatchReport:
    """Tell the ground under every session on foot that the maps or rules have changed for.

    Parameters
    ----------
    home : Path
        The folder that keeps everything: its maps.
    folder : Path
        The runner's folder.
    again : bool
        Match every session anew.
    on_progress : callable, optional
        Called with the sessions done and those to do.
    on_wait : callable, optional
        Called once where another process is writing and this one has to wait.

    Returns
    -------
    MatchReport

    Raises
    ------
    TableError
        A map is damaged, or of another version of this program.
    """
    from evengait.storage.archive import Archive
    from evengait.storage.archive.writer import writing

    matcher = _Matcher(home)
    archive = Archive(folder)
    sessions = archive.sessions()
    sessions = sessions.filter(sessions["sport"].is_in(_ON_FOOT))
    report = MatchReport(sessions.height)
    known = {} if again else {row["session"]: row for row in archive.surfaces().iter_rows(named=True)}
    todo = [
        row for row in sessions.iter_rows(named=True) if not matcher.is_settled(known.get(row["session"]))
    ]
    report.kept = report.sessions - len(todo)
    waiting: list[dict[str, Any]] = []
    done = 0

    def commit() -> None:
        if waiting:
            with writing(folder, on_wait=on_wait) as writer:
                writer.put_surfaces(waiting)
            waiting.clear()

    for some in _in_parts(todo, _AT_ONCE):
        read = dict(_samples(archive, [row["session"] for row in some]))
        for row in some:
            told = matcher.told(row, read.get(row["session"]))
            waiting.append(told)
            _count(report, told)
        done += len(some)
        if len(waiting) >= _COMMIT_EVERY:
            commit()
        if on_progress is not None:
            on_progress(done, len(todo))
    commit()
    return report


class _Matcher:
    """The maps and rules of a home, and what they say of a session."""

    def __init__(self, home: Path) -> None:
        from evengait.analysis.surface.match import MATCHER
        from evengait.knowledge.ground_rules import ground_rules
        from evengait.storage.maps.shelf import Shelf

        self._shelf: Shelf = Shelf(home)
        self._rules: GroundRules = ground_rules()
        # The newest data first; a map that does not say its date comes last.
        self._infos = sorted(self._shelf.infos(), key=lambda info: info.data_of or "", reverse=True)
        self._open: dict[str, Ways] = {}
        self._method = f"{self._rules.version}/{MATCHER}"
        self._now = datetime.now(UTC)

    def is_settled(self, row: dict[str, Any] | None) -> bool:
        """Tell whether the maps and rules are still those that told a session."""
        if row is None or row["method"] != self._method:
            return False
        box = None if row["south"] is None else (row["south"], row["west"], row["north"], row["east"])
        return set(row["maps"] or ()) == {info.identifier for info in self._covering(box)}

    def told(self, session: dict[str, Any], samples: Samples | None) -> dict[str, Any]:
        """Return a session's row of ``surfaces``."""
        from evengait.analysis.surface.ground_metres import by_profile, ground_metres
        from evengait.analysis.surface.steps import box_of

        box = box_of(samples) if samples is not None else None
        covering = self._covering(box)
        best: tuple[float, Any, str | None] | None = None
        for info in covering:
            found = (
                ground_metres(samples, session["sport"], self._ways(info)) if samples is not None else None
            )
            if found is None:
                break
            every = found.paved_m + found.gravel_m + found.trail_m + found.other_m
            if every > 0 and (best is None or every > best[0]):
                best = (every, found, info.identifier)
            if every >= _ENOUGH * (every + found.unknown_m):
                break
        metres = best[1] if best else by_profile(session["sub_sport"], session["distance_m"], self._rules)
        place = dict(zip(("south", "west", "north", "east"), box or (None,) * 4, strict=True))
        row: dict[str, Any] = {
            "session": session["session"],
            "map": best[2] if best else None,
            "maps": [info.identifier for info in covering],
            "method": self._method,
            "matched_at": self._now,
        }
        if metres is None:
            return row | place | {"source": None}
        source = "map" if best else ("sub_sport" if metres.sure is not None else None)
        return row | place | asdict(metres) | {"source": source}

    def _covering(self, box: tuple[float, float, float, float] | None) -> list[MapInfo]:
        return [info for info in self._infos if box is not None and info.meets(box)]

    def _ways(self, info: MapInfo) -> Ways:
        if info.name not in self._open:
            self._open[info.name] = self._shelf.open(info)
        return self._open[info.name]


def _count(report: MatchReport, told: dict[str, Any]) -> None:
    if told["source"] == "map":
        report.matched[told["map"]] += 1
    elif told["source"] == "sub_sport":
        report.by_profile += 1
    else:
        report.unknown += 1


def _samples(archive: Any, sessions: list[str]) -> Iterator[tuple[str, Samples]]:
    """Return the positions and distances of some sessions."""
    columns = ("lat_semicircles", "lon_semicircles", "distance_m_x100")
    frame: pl.DataFrame = archive.samples(sessions).select("session", "timestamp", *columns).collect()
    for (session,), rows in frame.group_by("session", maintain_order=True):
        yield str(session), _as_samples(rows, columns)


def _as_samples(rows: pl.DataFrame, columns: Sequence[str]) -> Samples:
    from evengait.core.recording import Samples

    found = {}
    for name in columns:
        column = rows[name]
        if column.null_count() < len(column):
            valid = column.is_not_null().to_numpy() if column.null_count() else None
            found[name] = (column.fill_null(0).to_numpy(), valid)
    return Samples(rows["timestamp"].to_physical().to_numpy(), found)


def _in_parts(rows: list[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
