"""Rows of ``sessions`` and ``recordings`` from a bout, and what the runner said of it laid over them."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from evengait.core.label import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from evengait.core.label import Said
    from evengait.core.recording import Bout

_FOOT = {"running", "walking", "hiking"}
_PLACE = "lat_semicircles"


def recording_id(sha256: str, place: int) -> str:
    """Return the identifier of one bout of a file."""
    return hashlib.sha256(f"{sha256}:{place}".encode()).hexdigest()[:16]


def session_row(bout: Bout, source: str, said: Sequence[Said]) -> dict[str, Any]:
    """Return a bout's row of ``sessions``, but for ``session``, ``batch`` and ``recordings``.

    Parameters
    ----------
    bout : Bout
    source : str
        Where its file came from.
    said : sequence of Said
        What the runner said of it.
    """
    from evengait.analysis.session import METRICS_VERSION, summarise
    from evengait.ingest._local_time import local_time

    local_date, offset, offset_source = local_time(bout)
    row = summarise(bout) | {
        "start": _instant(bout.start_us),
        "local_date": local_date,
        "utc_offset_s": offset,
        "offset_source": offset_source,
        "sport": bout.sport,
        "sub_sport": bout.sub_sport,
        "device": bout.device,
        "gait_sensor": bout.gait_sensor,
        "metrics_version": METRICS_VERSION,
        "sources": [f"samples={source}"],
    }
    return row | labelled(row, said, positions=_PLACE in bout.samples.columns)


def recording_row(bout: Bout, sha256: str, place: int, elapsed_s: object) -> dict[str, Any]:
    """Return a bout's row of ``recordings``, but for where and when it came in."""
    return {
        "recording": recording_id(sha256, place),
        "sha256": sha256,
        "place": place,
        "start": _instant(bout.start_us),
        "elapsed_s": elapsed_s,
        "sport": bout.sport,
        "samples": len(bout.samples),
        "columns": sorted(name for name, pair in bout.samples.columns.items() if _any(pair[1])),
    }


def labelled(row: Mapping[str, Any], said: Iterable[Said], *, positions: bool) -> dict[str, Any]:
    """Return the columns of ``sessions`` that what the runner said decides, and ``sources`` with them.

    Parameters
    ----------
    row : mapping
        The session as its samples tell it: ``sport``, ``sub_sport``, ``distance_m``, ``sources``.
    said : iterable of Said
        At most one of each kind.
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


def _instant(microseconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)


def _any(valid: Any) -> bool:
    return valid is None or bool(valid.any())
