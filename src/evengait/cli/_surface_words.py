"""What a matching told, in words for people and as JSON; the ground of a session in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
    return ", ".join(f"{share}% {name}" for share, name in named if share)


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
        return "No session on foot is in yet. Take some in with: evengait import PATH"
    lines = [
        f"{count:,} of {report.sessions:,} sessions on foot newly matched to {name.partition('@')[0]}."
        for name, count in report.matched.most_common()
    ]
    if report.kept:
        lines.append(f"{report.kept:,} were told before, by the same maps.")
    if report.by_profile:
        lines.append(f"{report.by_profile:,} are on no map, and told by the watch's profile alone.")
    if report.unknown:
        lines.append(f"{report.unknown:,} are on no map, and nothing else tells their ground.")
    metres = _metres(surfaces)
    every = sum(metres.values())
    if every:
        told = ", ".join(f"{distance(value, units)} {name}" for name, value in metres.items() if value)
        lines.append(f"In all: {told}.")
    return "\n".join(lines)


def _metres(surfaces: pl.DataFrame) -> dict[str, float]:
    return {
        name: round(float(surfaces[f"{name}_m"].sum()), 1)
        for name in ("paved", "gravel", "trail", "other", "unknown")
    }
