"""One file of an import, from bytes to bouts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from evengait.actions._recording_row import brief_of
from evengait.actions._session_row import session_row
from evengait.analysis.same_run.best import PLACE
from evengait.core.errors import IngestError
from evengait.core.reasons import kept
from evengait.ingest._dispatch import HEAD, explain_other, read, recognise
from evengait.ingest._member import Content, Member, read_head, read_member
from evengait.knowledge.same_run import same_run_limits

if TYPE_CHECKING:
    from evengait.core.label import Said
    from evengait.core.recording import Bout, Recording
    from evengait.core.same_run import Brief

_NAMED_RECORDINGS = (".gz", ".fit", ".tcx", ".gpx")

_KINDS = {
    "monitoring_a": kept("the day's health data"),
    "monitoring_b": kept("the day's health data"),
    "monitoring_daily": kept("the day's health data"),
    "sleep": kept("a night's sleep"),
    "weight": kept("weights"),
    "blood_pressure": kept("blood pressure"),
    "settings": kept("the device's settings"),
    "device": kept("the device's settings"),
    "sport": kept("the device's settings"),
    "totals": kept("totals"),
    "goals": kept("goals"),
    "workout": kept("a planned workout"),
    "schedules": kept("a schedule"),
    "course": kept("a course"),
    "segment": kept("a segment"),
    "segment_list": kept("segments"),
    "route": kept("a planned route"),
    "waypoints": kept("waypoints"),
    "untimed_track": kept("a track without times, so nobody can tell when it was run"),
    "single_instant": kept("a single instant"),
    "empty": kept("no track and no activity"),
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


@dataclass(frozen=True)
class Took:
    """One bout of a file: itself, its place among the others, itself in brief, and its row of ``sessions``."""

    bout: Bout
    place: int
    brief: Brief
    session: dict[str, Any]


@dataclass
class Examined:
    """A file that was looked at: its outcome so far, what was said of it, and the bouts in it."""

    outcome: Outcome
    content: Content | None = None
    said: Said | None = None
    bouts: list[Took] = field(default_factory=list)
    problem: str | None = None


def examine(member: Member, said: Said | None) -> Examined:
    """Read one file and the bouts in it; whatever goes wrong is an outcome, not an error.

    Parameters
    ----------
    member : Member
    said : Said or None
        What the runner said of it elsewhere.
    """
    try:
        return _examine_whole(member, said)
    except IngestError as error:
        return Examined(Outcome(member, "failed", str(error), format=error.format))
    except OSError as error:
        reason = kept("It could not be read from the disk ({why}).", why=error.strerror or "no reason given")
        return Examined(Outcome(member, "failed", reason))


def _examine_whole(member: Member, said: Said | None) -> Examined:
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
    return _decode(outcome, content, said)


def _decode(outcome: Outcome, content: Content, said: Said | None) -> Examined:
    name = outcome.format or ""
    try:
        recording = read(name, content.data)
        bouts = bouts_that_count(recording)
        took = [_took(bout, i, outcome) for i, bout in enumerate(bouts)]
    except IngestError as error:
        return Examined(replace(outcome, reason=str(error)))
    except Exception as error:  # noqa: BLE001  the edge of an archive entry: one file must not stop the others
        reason = kept(
            "It could not be read: the {upper} reader stumbled over it ({name}).",
            upper=name.upper(),
            name=type(error).__name__,
        )
        return Examined(replace(outcome, reason=reason))
    problems = " ".join(recording.problems) or None
    if not took:
        if recording.kind == "activity":
            return Examined(replace(outcome, reason=problems or kept("It holds no samples.")))
        kind = recording.kind.replace("_", " ")
        what = _KINDS.get(recording.kind, kept("something else than a session ({kind})", kind=kind))
        if kind.startswith("unknown "):
            number = kind.removeprefix("unknown ")
            what = kept(
                "something else than a session: data of the device's own, of kind {number}, "
                "which the format leaves open",
                number=number,
            )
        reason = kept("A {upper} file that holds {what}.", upper=name.upper(), what=what)
        return Examined(replace(outcome, verdict="not_a_session", reason=reason))
    return Examined(outcome, content, said, took, problems)


def bouts_that_count(recording: Recording) -> list[Bout]:
    """Return the bouts of a recording that become sessions; their places are part of their identifiers."""
    return [bout for bout in recording.bouts if len(bout.samples) or bout.totals.elapsed_s]


def bouts_again(content: bytes) -> list[Bout]:
    """Return the bouts of a kept original that become sessions; none where this program cannot read it."""
    name = recognise(content[:HEAD])
    try:
        return bouts_that_count(read(name, content)) if name is not None else []
    except Exception:  # noqa: BLE001  the edge of an archive entry: one file must not stop the others
        return []


def _took(bout: Bout, place: int, outcome: Outcome) -> Took:
    brief = brief_of(bout, outcome.sha256 or "", place, same_run_limits())
    sources = [f"samples={outcome.member.source}"]
    return Took(bout, place, brief, session_row(bout, sources, (), positions=PLACE[0] in brief.columns))
