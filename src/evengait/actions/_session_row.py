"""A row of ``sessions`` from a bout, and what the runner said of it laid over it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from evengait.core.label import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from evengait.core.label import Said
    from evengait.core.recording import Bout

_FOOT = {"running", "walking", "hiking"}


def session_row(
    bout: Bout, sources: Sequence[str], said: Iterable[Said], *, positions: bool
) -> dict[str, Any]:
    """Return a bout's row of ``sessions``, but for ``session``, ``batch`` and ``recordings``.

    Parameters
    ----------
    bout : Bout
    sources : sequence of str
        What came from where, as ``what=source``.
    said : iterable of Said
        What the runner said of it.
    positions : bool
        Whether the samples have positions.
    """
    from evengait.analysis.session import METRICS_VERSION, summarise
    from evengait.ingest._local_time import local_time

    local_date, offset, offset_source = local_time(bout)
    row = summarise(bout) | {
        "start": instant(bout.start_us),
        "local_date": local_date,
        "utc_offset_s": offset,
        "offset_source": offset_source,
        "sport": bout.sport,
        "sub_sport": bout.sub_sport,
        "device": bout.device,
        "gait_sensor": bout.gait_sensor,
        "metrics_version": METRICS_VERSION,
        "sources": list(sources),
    }
    return row | labelled(row, said, positions=positions)


def labelled(row: Mapping[str, Any], said: Iterable[Said], *, positions: bool) -> dict[str, Any]:
    """Return the columns of ``sessions`` that what the runner said decides, and ``sources`` with them.

    Parameters
    ----------
    row : mapping
        The session as its samples tell it: ``sport``, ``sub_sport``, ``distance_m``, ``sources``.
    said : iterable of Said
        Where several of one kind speak, the first counts, field by field.
    positions : bool
        Whether the samples have positions: without them no map can have looked at the ground.
    """
    from evengait.analysis.surface.label import surface_label
    from evengait.analysis.surface.paved_share import paved_share

    voices = sorted(said, key=lambda one: KINDS.index(one.kind))
    sources = [entry for entry in row["sources"] or () if entry.partition("=")[0] not in _SPOKEN.values()]

    def first(field: str) -> Any:
        for voice in voices:
            value = getattr(voice.label, field)
            if value is not None:
                sources.append(f"{_SPOKEN[field]}={voice.source}")
                return value
        return None

    name, note = first("name"), first("note")
    shoe = first("gear") if row["sport"] in _FOOT else None
    rpe = first("rpe_cr10")
    dirt = first("dirt_distance_m") if positions else None
    share, source = paved_share(
        row["sub_sport"], number(row.get("distance_m")), dirt, surface_label(name, note)
    )
    return {
        "name": name,
        "note": note,
        "shoe": shoe,
        "rpe_cr10": rpe,
        "paved_share": share,
        "surface_source": source,
        "sources": sources,
    }


_SPOKEN = {
    "name": "name",
    "note": "note",
    "gear": "shoe",
    "rpe_cr10": "rpe_cr10",
    "dirt_distance_m": "dirt_distance",
}


def number(value: object) -> float | None:
    """Return a number as float; None for whatever else."""
    return float(value) if isinstance(value, int | float) else None


def instant(microseconds: int) -> datetime:
    """Return microseconds since 1970-01-01 UTC as an instant."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
