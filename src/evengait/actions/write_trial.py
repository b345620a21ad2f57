"""Write a trial's pages and calendar to files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evengait.actions.write_workouts import folder_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from pathlib import Path

    from evengait.core.trial import Schedule


def write_trial_page(document: Mapping[str, Any], file: Path, *, generated: date) -> None:
    """Write the answer, or of a design the page to agree to; what was there is replaced once the new one is whole.

    Raises
    ------
    UsageError
        The folder is not there.
    """
    from evengait.report.trial import render_agreement, render_trial

    render = render_trial if "verdict" in document else render_agreement
    _write(file, render(document, generated=generated).encode())


def write_trial_calendar(schedule: Schedule, file: Path, *, stamp: datetime) -> None:
    """Write the blocks as a calendar file.

    Raises
    ------
    UsageError
        The folder is not there.
    """
    from evengait.report.trial_calendar import trial_calendar

    _write(file, trial_calendar(schedule, stamp=stamp))


def _write(file: Path, data: bytes) -> None:
    folder_of(file)
    part = file.with_name(file.name + ".part")
    part.write_bytes(data)
    part.replace(file)
