"""One run against the pain profile and the plan: what follows from it, and in which words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from evengait.analysis.progression.position import climb_rate, fast_week_m, week_doses
from evengait.core.language import say
from evengait.core.units import distance

if TYPE_CHECKING:
    from datetime import date

    from evengait.analysis.progression.done import DayDone
    from evengait.analysis.progression.former import FormerWeek
    from evengait.analysis.progression.log import Log
    from evengait.analysis.progression.position import Position
    from evengait.core.diary import DiaryEntry
    from evengait.core.plan_change import ChangeBook
    from evengait.core.progression import PainProfile, Progression
    from evengait.core.units import Units

GOOD = "hold-good"
HELD_MORNINGS = {"hold-morning", "hold-first"}
RESETS = {
    *HELD_MORNINGS, "hold-acceptable", "hold-unknown", "hold-more", "hold-spike", "hold-extra", "hold-distance",
}  # fmt: skip
"""Holds after which the count of good runs begins anew."""


@dataclass(frozen=True)
class Way:
    """What a plan is pinned to.

    Attributes
    ----------
    former : FormerWeek or None
        None = not known.
    onset : date
        Since when it hurts: words and diary days before it pass no gate.
    units : {"km", "mi"}
        For sentences alone.
    agreed : ChangeBook or None
        The words of what the runner may agree on; None = nothing is agreed on.
    """

    rules: Progression
    profile: PainProfile
    former: FormerWeek | None
    onset: date
    units: Units = "km"
    agreed: ChangeBook | None = None

    def far(self, metres: float) -> str:
        """Return a distance as the runner reads it."""
        return distance(metres, self.units)


@dataclass(frozen=True)
class Finding:
    """A rule that applies, with what fills its words."""

    rule: str
    values: dict[str, str] = field(default_factory=dict)


def judge_at_once(way: Way, entry: DiaryEntry | None) -> Finding | None:
    """Return what a date's run leads to without waiting for the morning; None where nothing does."""
    if entry is None:
        return None
    profile = way.profile
    during, after = entry.pain_during_nprs, entry.pain_after_nprs
    if (
        profile.bone
        and entry.bone_pain is not False
        and ((during or 0) > 0 or (after or 0) > 0 or entry.limp)
    ):
        return Finding("refer-bone-run")
    if entry.limp:
        return Finding("regress-limp")
    for rule, pain, limit in (
        ("regress-during", during, profile.during_max),
        ("regress-after", after, profile.after_max),
    ):
        if pain is not None and pain > limit:
            return Finding(rule, {"pain": f"{pain:g}", "limit": f"{limit:g}"})
    return None


def judge(way: Way, log: Log, at: Position, day: date, *, kept_free: bool) -> Finding:
    """Return what a date's run leads to once the next morning is known, or will not be.

    Parameters
    ----------
    at : Position
        Where the plan stood on the date.
    kept_free : bool
        True where the plan had no run on that date.
    """
    entry = log.diary.get(day)
    at_once = judge_at_once(way, entry)
    if at_once is not None:
        return at_once
    during = entry.pain_during_nprs if entry else None
    morning = entry.pain_next_morning_nprs if entry else None
    worse = _morning(way, log, day, entry, morning)
    if worse is not None and worse.rule not in HELD_MORNINGS:
        return worse
    if during is None or morning is None:
        return Finding(
            "hold-unknown",
            {"moment": say("during the run") if during is None else say("on the morning after")},
        )
    other = _against_plan(way, log, at, day, kept_free=kept_free)
    if other is not None and other.rule in RESETS:
        return other
    if worse is not None:
        return worse
    after = entry.pain_after_nprs if entry else None
    worst = max(during, after or 0.0)
    if worst > way.profile.calm:
        return Finding("hold-acceptable", {"pain": f"{worst:g}"})
    return other or Finding(GOOD)


def _morning(
    way: Way, log: Log, day: date, entry: DiaryEntry | None, morning: float | None
) -> Finding | None:
    if morning is None:
        return None
    profile = way.profile
    if profile.bone and morning > 0 and (entry is None or entry.bone_pain is not False):
        return Finding("refer-bone-run")
    # What is usual is never more than what the profile calls calm, or a slow rise would carry itself up.
    known = log.usual_morning(day, way.rules.judging.usual_days)
    if known is None and 0 < morning <= profile.calm:
        return Finding("hold-first")
    usual = min(known or 0.0, profile.calm)
    rise = morning - usual
    if rise >= profile.morning_rise or morning > profile.during_max:
        return Finding("regress-morning", {"rise": f"{rise:g}"})
    return Finding("hold-morning") if rise >= profile.morning_hold else None


def _against_plan(way: Way, log: Log, at: Position, day: date, *, kept_free: bool) -> Finding | None:
    """Return how the run differed from what the plan had; None where it did not."""
    done = log.runs[day]
    if kept_free:
        return Finding("hold-extra")
    cap = log.agreed("cap", day)
    if cap is not None and cap.distance_m is not None:
        if at.on_ladder and (done.longest_m or 0.0) > cap.distance_m * way.rules.reading.distance_noise:
            words = {
                "ran": way.far(done.longest_m or 0.0),
                "planned": say("at most {far}", far=way.far(cap.distance_m)),
            }
            return Finding("hold-more", words)
        at = at if at.on_ladder else replace(at, longest_m=min(at.longest_m, cap.distance_m))
    found = _ladder_amount(way, at, done) if at.on_ladder else _distance(way, log, at, done)
    if found is not None and found.rule in RESETS:
        return found
    return _ground_and_speed(way, log, at, done) or found


def _ladder_amount(way: Way, at: Position, done: DayDone) -> Finding | None:
    stage = next(stage for stage in way.rules.stages if stage.name == at.stage)
    reading = way.rules.reading
    words = {"ran": _minutes(done.run_s), "planned": _minutes(stage.running_s)}
    if done.run_s > reading.more_share * stage.running_s + reading.more_s:
        return Finding("hold-more", words)
    if done.longest_run_s > 2 * stage.run_s + reading.more_s:
        return Finding(
            "hold-more",
            {
                "ran": say("{minutes} without a break", minutes=_minutes(done.longest_run_s)),
                "planned": _minutes(stage.run_s),
            },
        )
    return Finding("hold-short", words) if done.run_s < reading.done_share * stage.running_s else None


def _distance(way: Way, log: Log, at: Position, done: DayDone) -> Finding | None:
    build, reading = way.rules.build, way.rules.reading
    longest, whole = done.longest_m, done.distance_m
    if longest is None or whole is None:
        return Finding("hold-distance")
    before = log.longest_before(done.date, build.spike_days)
    if before and longest > build.longest_rise * before * reading.distance_noise:
        return Finding(
            "hold-spike", {"ratio": f"{longest / before:.2f}", "limit": f"{build.longest_rise:.2f}"}
        )
    doses = week_doses(at, way.former)
    if longest > build.longest_rise * at.longest_m * reading.distance_noise:
        return Finding(
            "hold-more", {"ran": way.far(longest), "planned": say("at most {far}", far=way.far(at.longest_m))}
        )
    week = log.week_m(done.date)
    if week is not None and week > reading.more_share * sum(doses) + build.shortest_m:
        return Finding(
            "hold-more",
            {"ran": say("{far} in seven days", far=way.far(week)), "planned": way.far(sum(doses))},
        )
    if whole < reading.done_share * doses[-1]:
        return Finding("hold-short", {"ran": way.far(whole), "planned": way.far(doses[-1])})
    return None


def _ground_and_speed(way: Way, log: Log, at: Position, done: DayDone) -> Finding | None:
    """Return whether a run was hillier or faster than its place allows; what is not known does not speak against it."""
    build, reading = way.rules.build, way.rules.reading
    metres = done.distance_m
    if not metres or metres < build.shortest_m:
        return None
    climb = done.ascent_m
    if climb is not None and climb > reading.hillier * climb_rate(way.rules, at, way.former) * metres / 1000:
        return Finding("hold-hilly")
    if done.fast_m is None:
        return None
    days = log.run_days(done.date - timedelta(days=6), done.date)
    fast = [d.fast_m - build.slow_share * d.distance_m for d in days if d.fast_m is not None and d.distance_m]
    week = sum(max(0.0, metres) for metres in fast)
    here = max(0.0, done.fast_m - build.slow_share * metres)
    if here > 0 and week > reading.more_share * fast_week_m(way.rules, at, way.former):
        return Finding("hold-fast")
    return None


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.0f} min"
