"""Look back over any span of an archive: its days, weeks or months in rows, and one session's samples."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from evengait.analysis.exposures import exposures_by_day

if TYPE_CHECKING:
    from uuid import UUID

    from evengait.storage.archive import Archive

STEPS = {"year": "1y", "month": "1mo", "week": "1w", "day": "1d"}
MOST_POINTS = 300
"""Points of a session's picture: more than a screen has pixels would only be slow."""
TRACKS = {
    "speed_m_s": ("speed_m_s_x1000", 1000.0),
    "heart_rate_bpm": ("heart_rate_bpm", 1.0),
    "altitude_m": ("altitude_m_x5", 5.0),
    "step_rate_spm": ("step_rate_spm_x64", 64.0),
    "balance_left_pct": ("balance_left_pct_x100", 100.0),
}
"""Tracks of a session by name: the column of the samples, and its scale."""


@dataclass(frozen=True)
class Track:
    """A session in ``MOST_POINTS`` steps of time at most.

    Attributes
    ----------
    points : DataFrame
        ``second`` (middle of the step, from the start) and the columns of ``TRACKS``, each the mean of its step; null
        where nothing was recorded.
    """

    points: pl.DataFrame

    def has(self, name: str) -> bool:
        """Tell whether a track was recorded at all."""
        return self.points[name].null_count() < self.points.height


def exposures_of(archive: Archive, until: date) -> pl.DataFrame:
    """Return the exposures of a whole archive up to a date, kept where the archive keeps what was read."""
    return archive.held(("exposures", until), lambda: exposures_by_day(archive.sessions(), until))


def look_back(
    runner: UUID, archive: Archive, step: str, first: date | None = None, last: date | None = None
) -> pl.DataFrame:
    """Return one row for each day, week, month or year of a span.

    Parameters
    ----------
    step : {"year", "month", "week", "day"}
    first, last : date, optional
        Both included; default the whole archive.

    Returns
    -------
    DataFrame
        ``first`` (first date of the period that lies in the span), ``days``, ``covered`` (days of which anything is
        known), ``runs``, ``distance_m``, ``climb_m`` (sums over the known days), ``longest_run_m``, ``paved_share``
        (weighted by distance), ``balance_left_pct`` (mean), ``pain`` (the worst that was said). Null = not known:
        a gap in the archive is no zero, a day unsaid no absence of pain.
    """
    sessions = archive.sessions()
    end = sessions["local_date"].max()
    if not isinstance(end, date):
        return pl.DataFrame()
    days = exposures_of(archive, end)
    span = pl.lit(value=True)
    if first is not None:
        span &= pl.col("date") >= first
    if last is not None:
        span &= pl.col("date") <= last
    days = days.filter(span).join(worst_pain(runner), on="date", how="left")
    return _grouped(days, STEPS[step])


def worst_pain(runner: UUID) -> pl.DataFrame:
    """Return ``date`` and ``pain``, the worst that was said of it; a day of which none was said is missing."""
    from evengait.storage.records.diary import worst_of

    names = ("pain_during_nprs", "pain_after_nprs", "pain_daily_nprs", "pain_rest_nprs", "pain_night_nprs")
    rows = worst_of(runner, names)
    return pl.DataFrame(rows, schema={"date": pl.Date, "pain": pl.Float64}, orient="row")


def _grouped(days: pl.DataFrame, every: str) -> pl.DataFrame:
    def total(name: str) -> pl.Expr:
        return pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name)

    on_known = pl.col("distance_m").filter(pl.col("paved_share").is_not_null()).sum()
    return (
        days.sort("date")
        .group_by(period=pl.col("date").dt.truncate(every), maintain_order=True)
        .agg(
            first=pl.col("date").min(),
            days=pl.len(),
            covered=pl.col("covered").sum(),
            runs=pl.col("runs").sum(),
            distance_m=total("distance_m"),
            climb_m=total("climb_m"),
            longest_run_m=pl.col("longest_run_m").max(),
            paved_share=pl.when(on_known > 0).then(
                (pl.col("paved_share") * pl.col("distance_m")).sum() / on_known
            ),
            balance_left_pct=pl.col("balance_left_pct").mean(),
            pain=pl.col("pain").max(),
        )
        .drop("period")
    )


def session_track(archive: Archive, session: str) -> Track | None:
    """Return a session's samples in few enough steps to draw; None where it has none."""
    columns = [column for column, _ in TRACKS.values()]
    frame = archive.samples(session).select("timestamp", *columns).collect().sort("timestamp")
    if frame.height < 2:
        return None
    second = (frame["timestamp"] - frame["timestamp"][0]).dt.total_milliseconds() / 1000
    length = float(second[-1])
    width = max(length / MOST_POINTS, 1.0)
    values = [(pl.col(column).mean() / scale).alias(name) for name, (column, scale) in TRACKS.items()]
    points = (
        frame.with_columns(step=(second / width).floor())
        .group_by("step", maintain_order=True)
        .agg(*values)
        .select(((pl.col("step") + 0.5) * width).alias("second"), *TRACKS)
    )
    return Track(points)


def year_of(day: date) -> tuple[date, date]:
    """Return the first and last date of a date's year.

    Examples
    --------
    >>> year_of(date(2026, 11, 8))
    (datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
    """
    return date(day.year, 1, 1), date(day.year, 12, 31)


def month_of(day: date) -> tuple[date, date]:
    """Return the first and last date of a date's month.

    Examples
    --------
    >>> month_of(date(2026, 2, 8))
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    """
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def ground_by_month(sessions: pl.DataFrame) -> pl.DataFrame:
    """Return what was run on, month by month, and which witness told it.

    Parameters
    ----------
    sessions : DataFrame
        The [sessions] table.

    Returns
    -------
    DataFrame
        ``month`` (its first date), ``distance_m``, ``unknown_m`` (of runs whose ground nobody told), ``paved_share``
        (of the others, weighted by distance; null = nobody told), and ``by_<source>``: runs that each witness told.
    """
    told = pl.col("paved_share").is_not_null()
    metres = pl.col("distance_m").fill_null(0.0)
    return (
        sessions.filter(pl.col("sport") == "running")
        .group_by(month=pl.col("local_date").dt.truncate("1mo"))
        .agg(
            distance_m=metres.sum(),
            unknown_m=metres.filter(~told).sum(),
            paved_share=pl.when(metres.filter(told).sum() > 0).then(
                (pl.col("paved_share") * metres).sum() / metres.filter(told).sum()
            ),
            **{
                f"by_{name}": (pl.col("surface_source") == name).sum()
                for name in ("label", "map", "dirt_distance", "sub_sport")
            },
        )
        .sort("month")
    )
