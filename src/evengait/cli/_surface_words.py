"""What a matching told, in words for people and as JSON; the ground of a session in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evengait.core.language import say
from evengait.core.units import distance

if TYPE_CHECKING:
    import polars as pl

    from evengait.actions.match_surfaces import MatchReport
    from evengait.core.units import Units

GROUNDS = ("paved", "gravel", "trail", "unknown")


def in_words(told: dict[str, Any] | None) -> str:
    """Return a session's ground in a few words: ``62% paved, 30% trail, 8% unknown``; empty where not told.

    Examples
    --------
    >>> in_words({"paved": 0.62, "gravel": 0.0, "trail": 0.301, "unknown": 0.079})
    '62% paved, 30% trail, 8% unknown'
    """
    if told is None or told["unknown"] is None or told["unknown"] >= 0.995:
        return ""
    named = [(round(100 * told[name]), name) for name in GROUNDS]
    return ", ".join(f"{say('{n}%', n=share)} {say(name)}" for share, name in named if share)


def as_document(report: MatchReport, surfaces: pl.DataFrame) -> dict[str, Any]:
    """Return what ``surfaces match --json`` prints."""
    return {
        "sessions": report.sessions,
        "matched": dict(report.matched),
        "by_profile": report.by_profile,
        "unknown": report.unknown,
        "kept": report.kept,
        "metres": _metres(surfaces),
    }


def summary(report: MatchReport, surfaces: pl.DataFrame, units: Units) -> str:
    """Return a few lines for people."""
    if not report.sessions:
        return say("No session on foot is in yet. Take some in with: evengait import PATH")
    lines = [
        say(
            "{count:,} of {all:,} sessions on foot newly matched to {map}.",
            count=count, all=report.sessions, map=name.partition("@")[0],
        )
        for name, count in report.matched.most_common()
    ]  # fmt: skip
    if report.kept:
        lines.append(say("{n:,} were told before, by the same maps.", n=report.kept))
    if report.by_profile:
        lines.append(say("{n:,} are on no map, and told by the watch's profile alone.", n=report.by_profile))
    if report.unknown:
        lines.append(say("{n:,} are on no map, and nothing else tells their ground.", n=report.unknown))
    metres = _metres(surfaces)
    every = sum(metres.values())
    if every:
        told = ", ".join(f"{distance(value, units)} {say(name)}" for name, value in metres.items() if value)
        lines.append(say("In all: {grounds}.", grounds=told))
    return "\n".join(lines)


def _metres(surfaces: pl.DataFrame) -> dict[str, float]:
    return {
        name: round(float(surfaces[f"{name}_m"].sum()), 1)
        for name in ("paved", "gravel", "trail", "other", "unknown")
    }
