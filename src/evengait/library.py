"""The same from a notebook: a runner's archive, and the answer to an onset.

Examples
--------
::

    import evengait

    runner = evengait.Runner("running")
    runner.import_archive("export.zip")
    answer = runner.explain("2026-11-08", site="sacroiliac", side="left")
    answer.save("report.html")
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import altair as alt
    import polars as pl

    from evengait.actions.explain_onset import Answer as RawAnswer
    from evengait.actions.import_archive import ImportReport
    from evengait.core.units import Units
    from evengait.ingest.fit import FitFile


class Runner:
    """One runner's archive: a folder that opens without any database.

    Parameters
    ----------
    home : path, optional
        The folder that keeps everything; made on the first import. Default: ``$EVENGAIT_HOME``, then the platform's
        user data folder, as the command line has it.
    name : str
        Whose archive, where the home keeps several.

    Attributes
    ----------
    folder : Path
        Where the archive lies: Delta tables over Parquet, and the originals.
    """

    def __init__(self, home: str | Path | None = None, name: str = "me") -> None:
        from evengait.storage.archive import Archive
        from evengait.storage.home import default_home, runner_folder

        self.folder = runner_folder(Path(home) if home is not None else default_home(), name)
        self._archive = Archive(self.folder)

    def import_archive(self, *paths: str | Path) -> ImportReport:
        """Take files, folders or zips in; importing the same again changes nothing.

        Raises
        ------
        UsageError
            A path is not there, or nothing in it can be read at all.
        """
        from evengait.actions.import_archive import import_archive

        return import_archive(self.folder, [Path(path) for path in paths])

    @property
    def sessions(self) -> pl.DataFrame:
        """One row per session, in the columns of ``core/columns.toml`` [sessions]; empty where nothing is in."""
        return self._archive.sessions()

    def samples(self, session: str | Iterable[str] | None = None) -> pl.LazyFrame:
        """Return the samples of some sessions (None = all), integers as the device wrote them.

        ``_x100`` at the end of a name is the scale: divide by it.
        """
        return self._archive.samples(session)

    def exposures(self, until: date | str | None = None) -> pl.DataFrame:
        """One row per local date, in the columns of ``core/columns.toml`` [exposures].

        Parameters
        ----------
        until : date or ISO text, optional
            Last date; default the last session's.
        """
        from evengait.actions.explain_onset import last_date
        from evengait.analysis.exposures import exposures_by_day

        sessions = self.sessions
        last = last_date(sessions)
        return exposures_by_day(sessions, until=_day(until) if until else last)

    def explain(
        self,
        onset: date | str,
        *,
        site: str | None = None,
        side: str | None = None,
        earlier: Iterable[Sequence[date | str]] = (),
        units: Units = "km",
        today: date | None = None,
    ) -> Answer:
        """Tell what was unusual in the training before a pain began, and how sure one can be.

        Parameters
        ----------
        onset : date or ISO text
            Local date the pain began.
        site, side : str, optional
            Where it hurts, in the words of ``evengait explain --help``.
        earlier : pairs of (first day, last day)
            Earlier health problems: those days, and four weeks after, are no comparison.
        units : "km" or "mi"
            For words and pictures; values stay SI.
        today : date, optional
            Default: the computer's date.

        Raises
        ------
        UsageError
            The archive is empty, or the onset lies in the future or before its first session.
        """
        from evengait.actions.explain_onset import explain_onset
        from evengait.actions.own_sessions import own_sessions

        now = today or date.today()  # noqa: DTZ011 - the runner's own calendar
        own = own_sessions(self._archive)
        raw = explain_onset(
            own.sessions, _day(onset), today=now, site=site, side=side, units=units,
            earlier_problems=[(_day(first), _day(last)) for first, last in earlier],
            shoe_initial_km=own.first_km,
        )  # fmt: skip
        return Answer(raw, units, now)


class Answer:
    """What was unusual before one onset. In a notebook it shows as its report.

    Attributes
    ----------
    data : dict
        As ``evengait explain --json`` prints it.
    exposures, sessions : DataFrame
        What it was made from.
    """

    def __init__(self, raw: RawAnswer, units: Units, generated: date) -> None:
        self._raw = raw
        self._units = units
        self._generated = generated
        self.data: dict[str, Any] = raw.data
        self.exposures = raw.exposures
        self.sessions = raw.sessions

    @property
    def verdict(self) -> str:
        """``stands_out``, ``nothing_unusual`` or ``cannot_tell``."""
        return str(self.data["verdict"])

    @property
    def factors(self) -> pl.DataFrame:
        """One row per factor, most unusual first; nulls where it could not be judged."""
        import polars as pl

        keys = ("id", "label", "value", "unit", "usual", "percentile", "controls", "stands_out", "missing")
        return pl.DataFrame([{k: f[k] for k in keys} for f in self.data["factors"]], infer_schema_length=None)

    def timeline(self) -> alt.TopLevelMixin:
        """Return the timeline picture."""
        from evengait.charts.timeline import timeline

        return timeline(self.exposures, self.data, sessions=self.sessions, units=self._units)

    def save(self, file: str | Path) -> None:
        """Write the report as one self-contained HTML file.

        Raises
        ------
        UsageError
            The folder is not there.
        """
        from evengait.actions.write_report import write_report

        write_report(self._raw, Path(file), units=self._units, generated=self._generated)

    def __repr__(self) -> str:
        from evengait.report.terminal import render

        return render(self.data, self._units)

    def _repr_html_(self) -> str:
        from html import escape

        from evengait.report.html import render_html

        page = render_html(
            self.data, self.exposures, self.sessions, units=self._units, generated=self._generated
        )
        # A frame of its own keeps the report's style off the notebook's.
        return f'<iframe srcdoc="{escape(page)}" style="width:100%;height:80vh;border:0" title="Report"></iframe>'


def read_fit(file: str | Path) -> FitFile:
    """Decode one FIT file into columns, a table for each kind of message.

    Raises
    ------
    IngestError
        Not a FIT file.
    """
    from evengait.ingest.fit import decode

    return decode(Path(file).read_bytes())


def _day(value: date | str) -> date:
    from evengait.core.errors import UsageError

    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UsageError("a date is written as 2026-11-08") from None
