"""What an import did, in words for people and as the contract's JSON."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from evengait.core.units import distance, long_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evengait.actions.import_archive import FileReport, ImportReport
    from evengait.core.units import Units

_NAMED = 3
"""Examples given per reason; the rest is counted."""


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
        "problems": report.problems,
    }


def summary(report: ImportReport, units: Units) -> str:
    """Return a few lines for people: what came in, what did not and why, what to do next."""
    lines = [_came_in(report, units)]
    if report.shoes:
        lines.append(f"Shoes: {', '.join(sorted(report.shoes))}.")
    if report.without_file:
        lines.append(
            f"{_count(report.without_file, 'activity', 'activities')} in the export had no recording "
            "(typed in by hand), and could not be taken in."
        )
    lines += report.problems
    lines += _not_taken(report)
    if report.sessions:
        lines.append("Next: evengait explain --onset YYYY-MM-DD  (the day the pain began)")
        lines.append(f"To take this import back: evengait undo {report.batch}")
    return "\n".join(lines)


def _came_in(report: ImportReport, units: Units) -> str:
    if not report.files:
        return "There was nothing to take in: no files were found."
    if not report.sessions:
        already = report.counts["duplicate"]
        if already:
            return f"Nothing new: {_count(already, 'recording', 'recordings')} in the archive already."
        return "No session was found in what was given."
    other = report.sessions - report.runs
    text = f"Added {_count(report.runs, 'run', 'runs')}" + (
        f" and {_count(other, 'other session', 'other sessions')}" if other else ""
    )
    if report.first and report.last:
        text += f", {long_day(report.first)} to {long_day(report.last)}"
        text += f", {distance(report.distance_m, units)} of running"
    if report.counts["duplicate"]:
        text += f"; {report.counts['duplicate']:,} in already"
    return text + "."


def _not_taken(report: ImportReport) -> list[str]:
    lines = []
    for verdict, words in (("failed", "could not be read"), ("not_a_session", "left out")):
        by_reason: dict[str, list[FileReport]] = defaultdict(list)
        for file in report.files:
            if file.verdict == verdict:
                by_reason[file.reason or ""].append(file)
        for reason, files in sorted(by_reason.items(), key=lambda item: -len(item[1])):
            names = ", ".join(file.source for file in files[:_NAMED]) + (", …" if len(files) > _NAMED else "")
            lines.append(f"{_count(len(files), 'file', 'files')} {words}: {reason} ({names})")
    return lines


def _file(file: FileReport) -> dict[str, Any]:
    return {
        "source": file.source,
        "verdict": file.verdict,
        "reason": file.reason,
        "session": file.sessions[0] if file.sessions else None,
        "sessions": list(file.sessions),
    }


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
