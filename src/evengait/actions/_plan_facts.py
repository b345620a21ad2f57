"""What a plan is replayed from: the archive's sessions, the diary, the screenings, the words. And the former week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from evengait.actions._session_samples import bouts_of
from evengait.actions.screen_intake import screen_intake
from evengait.analysis.load.fast_distance import FAST_SHARE, LEAST_RUNS, PAST_DAYS, above, speed_exceeded
from evengait.analysis.load.speed_histogram import BINS
from evengait.analysis.progression.bouts import gait_bouts
from evengait.analysis.progression.done import ON_FOOT, DayDone, SessionDone, session_done
from evengait.analysis.progression.former import FormerWeek, RunDay, former_week, told_week
from evengait.analysis.progression.log import Log, Screened

if TYPE_CHECKING:
    from evengait.core.plan_record import PlanRecord
    from evengait.core.progression import Progression
    from evengait.core.runner import RunnerProfile
    from evengait.core.unknown import Unknown
    from evengait.storage.archive import Archive

BEFORE_DAYS = 60
"""Before the onset: the longest of 30 days may lie there, and what was usual of a morning."""


def log_of(
    runner: RunnerProfile, archive: Archive, record: PlanRecord, rules: Progression, onset: date, today: date
) -> Log:
    """Gather every fact of a plan up to a date."""
    from evengait.storage.records.diary import diary_of
    from evengait.storage.records.proposals import changes_of

    sessions = on_foot(archive.sessions(), onset - timedelta(days=BEFORE_DAYS), today)
    done = archive.held(
        ("done", rules.id, rules.version, onset, today),
        lambda: _sessions_done(archive, sessions, rules, onset, fast_threshold(archive.sessions(), onset)),
    )
    runs: dict[date, list[SessionDone]] = {}
    walks: dict[date, SessionDone] = {}
    for one in done:
        if one.run_s >= rules.reading.least_run_s:
            runs.setdefault(one.date, []).append(one)
        elif one.date not in walks or walks[one.date].walk_s < one.walk_s:
            walks[one.date] = one
    entries = diary_of(runner.id, onset - timedelta(days=BEFORE_DAYS), today)
    return Log(
        {day: DayDone(day, tuple(some)) for day, some in runs.items()},
        walks,
        {entry.date: entry for entry in entries},
        screenings_of(runner, record, onset, today),
        sorted(record.passed, key=lambda passed: passed.on),
        changes_of(runner.id, record.started_on),
    )


def on_foot(sessions: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """Return runs, walks and hikes between two dates."""
    return sessions.filter(
        pl.col("sport").is_in(ON_FOOT), pl.col("local_date").is_between(first, last)
    ).sort("start")  # fmt: skip


def _sessions_done(
    archive: Archive, sessions: pl.DataFrame, rules: Progression, onset: date, threshold: float | None
) -> list[SessionDone]:
    """Look into the samples from the onset on; before it a session's own sums are enough."""
    later = sessions.filter(pl.col("local_date") >= onset)
    bouts = bouts_of(archive, dict(zip(later["session"].to_list(), later["sport"].to_list(), strict=True)))
    done = []
    for row in sessions.iter_rows(named=True):
        bout = bouts.get(row["session"])
        gaits = gait_bouts(bout, rules.reading) if bout is not None and len(bout.samples) > 1 else ()
        done.append(
            session_done(
                row["session"],
                row["local_date"],
                row["sport"],
                row["moving_s"],
                gaits,
                distance_m=row["distance_m"],
                ascent_m=row["ascent_m"],
                fast_m=_fast(row["speed_hist_m"], threshold),
            )
        )
    return done


def fast_threshold(sessions: pl.DataFrame, onset: date) -> float | None:
    """Return the speed that a tenth of the distance of the half year before the onset exceeds; None = not known."""
    before = sessions.filter(
        pl.col("sport") == "running",
        pl.col("local_date").is_between(onset - timedelta(days=PAST_DAYS), onset - timedelta(days=1)),
        pl.col("speed_hist_m").list.len() == BINS,
    )
    if len(before) < LEAST_RUNS:
        return None
    metres = before["speed_hist_m"].explode(empty_as_null=False).fill_null(0.0).to_numpy().reshape(-1, BINS)
    speed = float(speed_exceeded(metres.sum(axis=0, dtype=np.float64)[None, :], FAST_SHARE)[0])
    return speed if np.isfinite(speed) else None


def _fast(histogram: list[float] | None, threshold: float | None) -> float | None:
    if threshold is None or histogram is None or len(histogram) != BINS:
        return None
    row = np.nan_to_num(np.asarray(histogram, np.float64))[None, :]
    return float(above(row, np.array([threshold]))[0])


def screenings_of(runner: RunnerProfile, record: PlanRecord, onset: date, today: date) -> list[Screened]:
    """Screen every confirmed intake of the plan's problem, or of no problem since the onset, oldest first."""
    from evengait.storage.records.intakes import intakes_of

    found = []
    for told in intakes_of(runner.id):
        if told.confirmed_at is None or told.problem not in {record.problem, None}:
            continue
        on = min(runner.today(told.confirmed_at), today)
        if told.problem is None and on < onset:
            continue
        verdict = screen_intake(told.intake, today=on).verdict
        stops = next((fired for fired in verdict.fired if fired.rule.running == "stop"), None)
        rule, words = ("", ()) if stops is None else (stops.rule.id, (f"{stops.rule.label}.", stops.rule.say))
        conditions = tuple(
            name for fired in verdict.fired if fired.rule.running == "stop" for name in fired.rule.consider
        )
        found.append((told.confirmed_at, Screened(on, verdict.running, rule, words, conditions)))
    return [screened for _, screened in sorted(found, key=lambda pair: pair[0])]


def former_of(record: PlanRecord, archive: Archive, rules: Progression, onset: date) -> FormerWeek | Unknown:
    """Return the week before the pain: as the runner told it, else from the archive."""
    told = record.inputs.get("former_week")
    if told:
        return told_week(float(told["distance_m"]), int(told["runs"]))
    sessions = archive.sessions()
    threshold = fast_threshold(sessions, onset)
    first = onset - timedelta(days=7 * rules.build.former_weeks)
    days: dict[date, RunDay] = {}
    runs = on_foot(sessions, first, onset - timedelta(days=1)).filter(pl.col("sport") == "running")
    for row in runs.iter_rows(named=True):
        one = RunDay(
            row["local_date"], row["distance_m"], row["ascent_m"], _fast(row["speed_hist_m"], threshold)
        )
        days[one.date] = _both(days[one.date], one) if one.date in days else one
    return former_week(list(days.values()), onset, rules.build)


def _both(one: RunDay, two: RunDay) -> RunDay:
    def total(name: str) -> float | None:
        values = (getattr(one, name), getattr(two, name))
        return None if None in values else float(sum(values))

    return RunDay(one.date, total("distance_m"), total("ascent_m"), total("fast_m"))
