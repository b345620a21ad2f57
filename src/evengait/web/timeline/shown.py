"""The timeline's pictures and rows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from evengait.actions.look_back import Track, exposures_of, look_back, session_track
from evengait.core import units as u
from evengait.core.language import Said, figures, say, spoken
from evengait.report.pictures import drawable, histories, tracks
from evengait.report.words import where
from evengait.storage.records.problems import problems_of
from evengait.web.drawing import drawn
from evengait.web.today.standing import archive_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import polars as pl

    from evengait.core.health_problem import HealthProblem
    from evengait.core.runner import RunnerProfile
    from evengait.storage.archive import Archive
    from evengait.storage.archive.kept import KeptArchive

SOURCES = Said({
    "label": "your own label", "map": "a map", "dirt_distance": "the export’s dirt distance",
    "sub_sport": "the watch’s profile",
})  # fmt: skip


def picture(
    runner: RunnerProfile, periods: pl.DataFrame, first: date, last: date, per: str, title: str
) -> Mapping[str, str]:
    """Return the picture of a span for a wide and for a narrow page, drawn anew only where something changed."""
    hurts = hurt_spans(problems_of(runner.id), last)
    key = ("history", spoken(), first, last, per, title, runner.units)
    archive = archive_of(runner)
    whole = span_of(archive)
    return archive.pictured(
        key,
        lambda: drawn(
            histories, periods, first, last, hurts, runner.units, per, title,
            drawable(exposures_of(archive, whole[1]), archive.sessions()) if whole else None,
        ),
        of=(hurts, tuple(periods.rows())),
    )  # fmt: skip


def hurt_spans(problems: Iterable[HealthProblem], last: date) -> tuple[tuple[date, date, str], ...]:
    """Return what hurt as a picture needs it, the oldest first: from when, until when, where."""
    return tuple(
        (
            one.onset,
            one.closed_on or one.returned_on or last,
            where(one.site, one.side) or say("somewhere else"),
        )
        for one in reversed(list(problems))
    )


def period_rows(periods: pl.DataFrame, units: u.Units) -> list[dict[str, Any]]:
    """Return periods in words, the latest first."""
    rows = []
    for row in periods.reverse().iter_rows(named=True):
        unknown = not row["covered"]
        rows.append(
            {
                "first": row["first"], "unknown": unknown, "runs": row["runs"] or 0,
                "partly": not unknown and row["covered"] < row["days"],
                "distance": u.distance(row["distance_m"], units), "longest": u.distance(row["longest_run_m"], units),
                "climb": u.elevation(row["climb_m"], units), "pain": row["pain"],
            }
        )  # fmt: skip
    return rows


def session_facts(row: Mapping[str, Any], units: u.Units) -> list[tuple[str, str]]:
    """Return what is known of a session as pairs of name and value; what is not known is left out."""
    moving = row["moving_s"] if row["moving_s"] is not None else row["elapsed_s"]
    pace = row["distance_m"] / moving if row["distance_m"] and moving else None
    known = [
        (say("Distance"), row["distance_m"] is not None, u.distance(row["distance_m"], units)),
        (say("Time moving"), moving is not None, _clock(moving)),
        (
            say("Pace"),
            pace is not None and row["sport"] in {"running", "walking", "hiking"},
            u.pace(pace, units),
        ),
        (say("Climb"), row["ascent_m"] is not None, u.elevation(row["ascent_m"], units)),
        (say("Descent"), row["descent_m"] is not None, u.elevation(row["descent_m"], units)),
        (
            say("Heart rate"),
            row["heart_rate_bpm"] is not None,
            say("{n:.0f} a minute", n=row["heart_rate_bpm"] or 0),
        ),
        (say("Steps"), row["steps"] is not None, figures(f"{row['steps'] or 0:,.0f}")),
        (say("Effort, 0 to 10"), row["rpe_cr10"] is not None, figures(f"{row['rpe_cr10'] or 0:g}")),
        (say("Shoe"), bool(row["shoe"]), row["shoe"] or ""),
        (say("Ground"), row["paved_share"] is not None, ground_words(row)),
        (say("Device"), bool(row["device"]), row["device"] or ""),
        (say("Sensor of the gait"), bool(row["gait_sensor"]), row["gait_sensor"] or ""),
    ]
    return [(name, value) for name, there, value in known if there]


def ground_words(row: Mapping[str, Any]) -> str:
    """Return a session's ground and who says so: 62% paved, 30% gravel, from a map."""
    parts = [say("{share} paved", share=u.share(row["paved_share"]))]
    parts += [
        f"{u.share(row[f'{name}_share'])} {words}"
        for name, words in (("gravel", say("gravel")), ("trail", say("trail")))
        if row[f"{name}_share"]
    ]
    source = SOURCES.get(row["surface_source"] or "", "")
    sure = (
        say(", {share} sure", share=u.share(row["surface_sure"])) if row["surface_sure"] is not None else ""
    )
    return ", ".join(parts) + (say("; from {source}{sure}", source=source, sure=sure) if source else "")


def run_pictures(
    archive: KeptArchive, session: str, units: u.Units
) -> tuple[Mapping[str, str], Track | None]:
    """Return a session's tracks as pictures; empty where nothing was sampled."""
    track = archive.held(("track", session), lambda: session_track(archive, session))
    if track is None:
        return {}, None
    return archive.pictured(
        ("run", spoken(), session, units), lambda: drawn(tracks, track.points, units)
    ), track


def span_of(archive: Archive) -> tuple[date, date] | None:
    """Return the first and the last date of an archive, None where it is empty."""
    days = archive.sessions()["local_date"]
    first, last = days.min(), days.max()
    return (first, last) if isinstance(first, date) and isinstance(last, date) else None


def rows_of(
    runner: RunnerProfile, archive: Archive, step: str, first: date, last: date
) -> list[dict[str, Any]]:
    """Return the periods of a span in words."""
    return period_rows(look_back(runner.id, archive, step, first, last), runner.units)


def _clock(seconds: float | None) -> str:
    minutes, rest = divmod(round(seconds or 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
