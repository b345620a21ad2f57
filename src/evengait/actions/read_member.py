"""One file of an import, from bytes to session rows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from evengait.core.errors import IngestError
from evengait.ingest._dispatch import HEAD, explain_other, read, recognise
from evengait.ingest._member import Content, Member, read_head, read_member

if TYPE_CHECKING:
    from evengait.core.recording import Bout
    from evengait.ingest.strava_export import Label

_FOOT = {"running", "walking", "hiking"}
_NAMED_RECORDINGS = (".gz", ".fit", ".tcx", ".gpx")

_KINDS = {
    "monitoring_a": "the day's health data",
    "monitoring_b": "the day's health data",
    "monitoring_daily": "the day's health data",
    "sleep": "a night's sleep",
    "weight": "weights",
    "blood_pressure": "blood pressure",
    "settings": "the device's settings",
    "device": "the device's settings",
    "sport": "the device's settings",
    "totals": "totals",
    "goals": "goals",
    "workout": "a planned workout",
    "schedules": "a schedule",
    "course": "a course",
    "segment": "a segment",
    "segment_list": "segments",
}
"""What a file that is no activity holds, in words; the kinds are the format's own."""


@dataclass(frozen=True)
class Outcome:
    """What became of one file: the words of ``columns.toml`` [files]."""

    member: Member
    verdict: str
    reason: str | None = None
    sessions: tuple[str, ...] = ()
    sha256: str | None = None
    bytes: int | None = None
    format: str | None = None
    crc32: int | None = None


@dataclass
class Examined:
    """A file that was looked at: its outcome so far, and the sessions in it, row and bout."""

    outcome: Outcome
    content: Content | None = None
    bouts: list[tuple[dict[str, Any], Bout]] = field(default_factory=list)


def examine(member: Member, label: Label | None, batch: str) -> Examined:
    """Read one file, and make a session row of every bout in it; whatever goes wrong is an outcome, not an error.

    Parameters
    ----------
    member : Member
    label : Label or None
        What the runner said of it elsewhere.
    batch : str
        The import it is part of.
    """
    try:
        return _examine_whole(member, label, batch)
    except IngestError as error:
        return Examined(Outcome(member, "failed", str(error), format=error.format))
    except OSError as error:
        reason = f"It could not be read from the disk ({error.strerror or 'no reason given'})."
        return Examined(Outcome(member, "failed", reason))


def _examine_whole(member: Member, label: Label | None, batch: str) -> Examined:
    if not member.name.lower().endswith(_NAMED_RECORDINGS):
        head = read_head(member, HEAD)
        if recognise(head) is None:
            return Examined(Outcome(member, *explain_other(member.name, head), crc32=member.crc32))
    content = read_member(member)
    outcome = Outcome(
        member,
        "failed",
        sha256=hashlib.sha256(content.data).hexdigest(),
        bytes=len(content.data),
        format=recognise(content.data[:HEAD]),
        crc32=content.crc32,
    )
    if outcome.format is None:
        verdict, reason = explain_other(member.name, content.data[:HEAD])
        return Examined(replace(outcome, verdict=verdict, reason=reason))
    return _decode(outcome, content, label, batch)


def _decode(outcome: Outcome, content: Content, label: Label | None, batch: str) -> Examined:
    name = outcome.format or ""
    try:
        recording = read(name, content.data)
        bouts = [bout for bout in recording.bouts if len(bout.samples) or bout.totals.elapsed_s]
        rows = [_session_row(bout, i, outcome.sha256 or "", label, batch) for i, bout in enumerate(bouts)]
    except IngestError as error:
        return Examined(replace(outcome, reason=str(error)))
    except Exception as error:  # noqa: BLE001  the edge of an archive entry: one file must not stop the others
        reason = f"It could not be read: the {name.upper()} reader stumbled over it ({type(error).__name__})."
        return Examined(replace(outcome, reason=reason))
    problems = " ".join(recording.problems) or None
    if not rows:
        if recording.kind == "activity":
            return Examined(replace(outcome, reason=problems or "It holds no samples."))
        what = _KINDS.get(recording.kind, "something else than a session")
        reason = f"A {name.upper()} file that holds {what} ({recording.kind.replace('_', ' ')})."
        return Examined(replace(outcome, verdict="not_a_session", reason=reason))
    return Examined(replace(outcome, reason=problems), content, list(zip(rows, bouts, strict=True)))


def _session_row(bout: Bout, index: int, sha: str, label: Label | None, batch: str) -> dict[str, Any]:
    from evengait.analysis.session import METRICS_VERSION, summarise
    from evengait.analysis.surface.label import surface_label
    from evengait.analysis.surface.paved_share import paved_share
    from evengait.ingest._local_time import local_time

    row = summarise(bout)
    local_date, offset, offset_source = local_time(bout)
    # Strava's map can only have looked at a recording with positions.
    dirt = label.dirt_distance_m if label is not None and "lat_semicircles" in bout.samples.columns else None
    said = surface_label(label.name, label.note) if label is not None else None
    share, source = paved_share(bout.sub_sport, number(row.get("distance_m")), dirt, said)
    return row | {
        "session": hashlib.sha256(f"{sha}:{index}".encode()).hexdigest()[:16],
        "start": datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=bout.start_us),
        "local_date": local_date,
        "utc_offset_s": offset,
        "offset_source": offset_source,
        "sport": bout.sport,
        "sub_sport": bout.sub_sport,
        "name": label.name if label else None,
        "note": label.note if label else None,
        "device": bout.device,
        "gait_sensor": bout.gait_sensor,
        "shoe": label.gear if label and bout.sport in _FOOT else None,
        "rpe_cr10": label.rpe_cr10 if label else None,
        "paved_share": share,
        "surface_source": source,
        "metrics_version": METRICS_VERSION,
        "batch": batch,
    }


def number(value: object) -> float | None:
    """Return a number as float; None for whatever else."""
    return float(value) if isinstance(value, int | float) else None
