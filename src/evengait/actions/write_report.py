"""Write an answer as one self-contained HTML file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.core.language import say

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from evengait.actions.explain_onset import Answer
    from evengait.core.units import Units


def write_report(answer: Answer, file: Path, *, units: Units, generated: date) -> None:
    """Write the report; a file that was there is replaced only once the new one is whole.

    Raises
    ------
    UsageError
        The folder is not there.
    """
    from evengait.report.html import render_html

    if not file.parent.is_dir():
        raise UsageError(
            say(
                "the folder {parent} is not there; make it, or choose another place for the report",
                parent=file.parent,
            )
        )
    page = render_html(answer.data, answer.exposures, answer.sessions, units=units, generated=generated)
    part = file.with_name(file.name + ".part")
    part.write_text(page, "utf-8")
    part.replace(file)
