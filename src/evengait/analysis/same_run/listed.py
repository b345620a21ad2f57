"""Which entry of a list of activities speaks of a recording, where the list names no files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from evengait.core.label import Said
    from evengait.core.same_run import Brief, Limits

_FOOT = {"running", "walking", "hiking"}


def speaks_of(said: Said, brief: Brief, limits: Limits) -> tuple[float, float] | None:
    """Return how far an entry's start and length are from a recording's; None = it is of another activity.

    Parameters
    ----------
    said : Said
    brief : Brief
    limits : Limits

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from evengait.core.label import Label, Said
    >>> from evengait.core.same_run import Brief
    >>> from evengait.knowledge.same_run import same_run_limits
    >>> start = datetime.fromtimestamp(1_000, UTC)
    >>> entry = Said("garmin", "list.json", Label("Hills"), start, "running", elapsed_s=1800.0)
    >>> run = Brief("r", 1_002_000_000, 2_800_000_000, "running", 1, frozenset())
    >>> speaks_of(entry, run, same_run_limits())
    (2.0, 2.0)
    """
    if said.start is None or not _same_sport(said.sport, brief.sport):
        return None
    late = abs(microseconds(said.start) - brief.start_us) / 1e6
    if late > limits.label_start_s:
        return None
    if said.elapsed_s is None:
        return late, 0.0
    longer = abs(said.elapsed_s - brief.elapsed_s)
    most = max(60.0, limits.label_elapsed * max(said.elapsed_s, brief.elapsed_s))
    return (late, longer) if longer <= most else None


def best_entry(entries: Iterable[Said], brief: Brief, limits: Limits) -> Said | None:
    """Return the entry that speaks of a recording, the nearest where several could; None = none does."""
    fits = [(far, said) for said in entries if (far := speaks_of(said, brief, limits)) is not None]
    return min(fits, key=lambda pair: (pair[0], pair[1].activity or 0))[1] if fits else None


def microseconds(instant: datetime) -> int:
    """Return an instant as microseconds since 1970-01-01 UTC."""
    return round(instant.timestamp() * 1_000_000)


def _same_sport(one: str | None, other: str) -> bool:
    return one in (None, "other", other) or other == "other" or {one, other} <= _FOOT
