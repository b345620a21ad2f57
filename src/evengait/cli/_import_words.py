"""What an import did, in words for people and as the contract's JSON."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from evengait.core.units import distance, long_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from evengait.actions.import_archive import FileReport, ImportReport
    from evengait.core.units import Units

_NAMED = 3
"""Examples given per reason; the rest is counted."""

_KINDS = 5

STOPPED = "Stopped. What was in stays in. Run the same command again to go on from here."


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
        "problems": report.problems,
        "stopped": report.stopped,
    }


def summary(report: ImportReport, units: Units) -> str:
    """Return a few lines for people: what came in, what did not and why, what to do next."""
    if len(report.files) == 1 and report.counts["failed"]:
        return f"{report.files[0].source} could not be read: {report.files[0].reason}"
    lines = [_came_in(report, units)]
    if report.shoes:
        lines.append(f"Shoes: {', '.join(sorted(report.shoes))}.")
    if report.without_file:
        had = "activity in the export has" if report.without_file == 1 else "activities in the export have"
        lines.append(
            f"{report.without_file:,} {had} no recording (typed in by hand), and could not be taken in."
        )
    if report.on_maps:
        lines.append(f"The ground of {_count(report.on_maps, 'session', 'sessions')} was told from a map.")
    lines += report.problems
    lines += _incomplete(report)
    lines += _failed(report)
    lines += _left_out(report)
    if report.sessions:
        lines.append("Next: evengait explain --onset YYYY-MM-DD  (the day the pain began)")
        lines.append(f"To take this import back: evengait undo {report.batch}")
    return "\n".join(lines)


def _came_in(report: ImportReport, units: Units) -> str:
    if report.stopped and not report.files:
        return "Nothing was taken in yet."
    if not report.files:
        return "There was nothing to take in: no files were found."
    already = report.counts["duplicate"]
    if not report.sessions:
        if report.remade:
            return f"No new session; {_remade(report)}."
        if already:
            return f"Nothing new: {_count(already, 'recording is', 'recordings are')} in the archive already."
        return f"No session was found in {_count(len(report.files), 'file', 'files')}."
    other = report.sessions - report.runs
    text = f"Added {_count(report.runs, 'run', 'runs')}"
    if other:
        text += f" and {_count(other, 'other session', 'other sessions')}"
    if report.first and report.last:
        text += f"; the runs {_days(report.first, report.last)}, {distance(report.distance_m, units)} in all"
    if already:
        text += f"; {_count(already, 'recording was', 'recordings were')} in already"
    if report.remade:
        text += f"; {_remade(report)}"
    return text + "."


def _remade(report: ImportReport) -> str:
    one = "session that was in already has what these recordings or lists add"
    return _count(
        report.remade, one, one.replace("session that was", "sessions that were").replace(" has ", " have ")
    )


def _days(first: date, last: date) -> str:
    if first == last:
        return f"on {long_day(first)}"
    return f"from {long_day(first)} to {long_day(last)}"


def _incomplete(report: ImportReport) -> list[str]:
    lines = []
    for reason, files in _by_reason(report, "added"):
        if reason:
            names = ", ".join(file.source for file in files[:_NAMED]) + (", …" if len(files) > _NAMED else "")
            lines.append(f"{_count(len(files), 'file', 'files')} came in incomplete: {reason} ({names})")
    return lines


def _failed(report: ImportReport) -> list[str]:
    lines = []
    for reason, files in _by_reason(report, "failed"):
        names = ", ".join(file.source for file in files[:_NAMED]) + (", …" if len(files) > _NAMED else "")
        lines.append(f"{_count(len(files), 'file', 'files')} could not be read: {reason} ({names})")
    return lines


def _left_out(report: ImportReport) -> list[str]:
    kinds = [
        f"{len(files):,} × {reason.removesuffix('.').removesuffix(', not a recording')}"
        for reason, files in _by_reason(report, "not_a_session")
    ]
    if not kinds:
        return []
    more = [f"and {len(kinds) - _KINDS} other kinds"] if len(kinds) > _KINDS else []
    return [f"Left out, as no sessions: {', '.join(kinds[:_KINDS] + more)}."]


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
        "reason": file.reason,
        "session": file.sessions[0] if file.sessions else None,
        "sessions": list(file.sessions),
    }


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
