"""Write a cohort's page to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evengait.actions.write_workouts import folder_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write_cohort_page(answer: Mapping[str, Any], file: Path) -> None:
    """Write the page of ``cohort spikes`` or, of its document, ``cohort report``; an older page is replaced whole.

    Raises
    ------
    UsageError
        The folder is not there.
    """
    from evengait.report.cohort_text import TITLES, count, measured, ratio
    from evengait.report.page import render_page

    template = "cohort.html" if "factors" in answer else "cohort_burden.html"
    page = render_page(template, answer=answer, titles=TITLES, count=count, ratio=ratio, measured=measured)
    folder_of(file)
    part = file.with_name(file.name + ".part")
    part.write_text(page, "utf-8")
    part.replace(file)
