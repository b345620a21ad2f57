"""What an import did, in words for people and as the contract's JSON."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from evengait.core.language import marked, say, say_many
from evengait.core.reasons import reason_in_words
from evengait.core.units import distance, long_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from evengait.actions.import_archive import FileReport, ImportReport
    from evengait.core.units import Units

_NAMED = 3
"""Examples given per reason; the rest is counted."""

_KINDS = 5

STOPPED = marked("Stopped. What was in stays in. Run the same command again to go on from here.")


def exit_status(counts: Mapping[str, int]) -> int:
    """Return the exit status: 0 done, 3 some files failed and the rest is in, 2 nothing could be read.

    Examples
    --------
    >>> exit_status({"added": 9, "duplicate": 0, "not_a_session": 0, "failed": 1})
    3
    """
    if not sum(counts.values()):
        return 2
    if not counts["failed"]:
        return 0
    return 3 if sum(counts.values()) > counts["failed"] else 2


def as_document(report: ImportReport) -> dict[str, Any]:
    """Return the report as ``import --json`` prints it."""
    return {
        "batch": report.batch,
        "counts": report.counts,
        "files": [_file(file) for file in report.files],
        "bytes": report.bytes,
        "seconds": round(report.seconds, 3),
        "sessions": report.sessions,
        "runs": report.runs,
        "first": report.first.isoformat() if report.first else None,
        "last": report.last.isoformat() if report.last else None,
        "shoes": sorted(report.shoes),
        "without_file": report.without_file,
        "on_maps": report.on_maps,
        "problems": [reason_in_words(problem) for problem in report.problems],
        "stopped": report.stopped,
    }


def summary(report: ImportReport, units: Units) -> str:
    """Return a few lines for people: what came in, what did not and why, what to do next."""
    if len(report.files) == 1 and report.counts["failed"]:
        return say(
            "{source} could not be read: {reason}",
            source=report.files[0].source,
            reason=reason_in_words(report.files[0].reason or ""),
        )
    lines = [_came_in(report, units)]
    if report.shoes:
        lines.append(say("Shoes: {names}.", names=", ".join(sorted(report.shoes))))
    if report.without_file:
        lines.append(
            say_many(
                "{n:,} activity in the export has no recording (typed in by hand), and could not be taken in.",
                "{n:,} activities in the export have no recording (typed in by hand), and could not be taken in.",
                report.without_file,
            )
        )
    if report.on_maps:
        lines.append(
            say_many(
                "The ground of {n:,} session was told from a map.",
                "The ground of {n:,} sessions was told from a map.",
                report.on_maps,
            )
        )
    lines += [reason_in_words(problem) for problem in report.problems]
    lines += _incomplete(report)
    lines += _failed(report)
    lines += _left_out(report)
    if report.sessions:
        lines.append(say("Next: evengait explain --onset YYYY-MM-DD  (the day the pain began)"))
        lines.append(say("To take this import back: evengait undo {batch}", batch=report.batch))
    return "\n".join(lines)


def _came_in(report: ImportReport, units: Units) -> str:
    if report.stopped and not report.files:
        return say("Nothing was taken in yet.")
    if not report.files:
        return say("There was nothing to take in: no files were found.")
    already = report.counts["duplicate"]
    if not report.sessions:
        if report.remade:
            return say("No new session; {remade}.", remade=_remade(report))
        if already:
            return say_many(
                "Nothing new: {n:,} recording is in the archive already.",
                "Nothing new: {n:,} recordings are in the archive already.",
                already,
            )
        return say_many(
            "No session was found in {n:,} file.", "No session was found in {n:,} files.", len(report.files)
        )
    text = say_many("Added {n:,} run", "Added {n:,} runs", report.runs)
    other = report.sessions - report.runs
    if other:
        text += say_many(" and {n:,} other session", " and {n:,} other sessions", other)
    if report.first and report.last:
        text += say(
            "; the runs {days}, {distance} in all",
            days=_days(report.first, report.last),
            distance=distance(report.distance_m, units),
        )
    if already:
        text += say_many("; {n:,} recording was in already", "; {n:,} recordings were in already", already)
    if report.remade:
        text += f"; {_remade(report)}"
    return text + "."


def _remade(report: ImportReport) -> str:
    return say_many(
        "{n:,} session that was in already has what these recordings or lists add",
        "{n:,} sessions that were in already have what these recordings or lists add",
        report.remade,
    )


def _days(first: date, last: date) -> str:
    if first == last:
        return say("on {day}", day=long_day(first))
    return say("from {first} to {last}", first=long_day(first), last=long_day(last))


def _incomplete(report: ImportReport) -> list[str]:
    return [
        say_many(
            "{n:,} file came in incomplete: {reason} ({names})",
            "{n:,} files came in incomplete: {reason} ({names})",
            len(files), reason=reason_in_words(reason), names=_names(files),
        )
        for reason, files in _by_reason(report, "added")
        if reason
    ]  # fmt: skip


def _failed(report: ImportReport) -> list[str]:
    return [
        say_many(
            "{n:,} file could not be read: {reason} ({names})", "{n:,} files could not be read: {reason} ({names})",
            len(files), reason=reason_in_words(reason), names=_names(files),
        )
        for reason, files in _by_reason(report, "failed")
    ]  # fmt: skip


def _names(files: list[FileReport]) -> str:
    return ", ".join(file.source for file in files[:_NAMED]) + (", …" if len(files) > _NAMED else "")


def _left_out(report: ImportReport) -> list[str]:
    kinds = [
        say("{n:,} × {what}", n=len(files), what=_kind(reason))
        for reason, files in _by_reason(report, "not_a_session")
    ]
    if not kinds:
        return []
    more = [say("and {count} other kinds", count=len(kinds) - _KINDS)] if len(kinds) > _KINDS else []
    return [say("Left out, as no sessions: {names}.", names=", ".join(kinds[:_KINDS] + more))]


def _kind(reason: str) -> str:
    return reason_in_words(reason).removesuffix(".").removesuffix(say(", not a recording"))


def _by_reason(report: ImportReport, verdict: str) -> list[tuple[str, list[FileReport]]]:
    groups: dict[str, list[FileReport]] = defaultdict(list)
    for file in report.files:
        if file.verdict == verdict:
            groups[file.reason or ""].append(file)
    return sorted(groups.items(), key=lambda item: -len(item[1]))


def _file(file: FileReport) -> dict[str, Any]:
    return {
        "source": file.source,
        "verdict": file.verdict,
        "reason": file.reason and reason_in_words(file.reason),
        "session": file.sessions[0] if file.sessions else None,
        "sessions": list(file.sessions),
    }
