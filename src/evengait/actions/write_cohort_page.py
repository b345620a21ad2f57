"""Write a cohort's page to a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from evengait.actions.write_workouts import folder_of
from evengait.core.errors import UsageError
from evengait.core.language import Said, marked, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SOURCES = Said({
    "burden": "Terms of the 2020 consensus on recording injury (doi 10.1136/bjsports-2019-101969).",
    "spikes": "Spikes after Schuster Brandt Frandsen et al. 2025 (doi 10.1136/bjsports-2024-109380).",
    "table": "The table: Lövdal et al. 2021 (doi 10.1123/ijspp.2020-0518), data doi 10.34894/UWU9PV.",
})  # fmt: skip
TITLES = {
    "burden": marked("Injuries of {n:,} runners"),
    "spikes": marked("Session spikes in {n:,} runners"),
    "table": marked("A prediction table again"),
}


def write_cohort_page(
    file: Path,
    *,
    burden: Mapping[str, Any] | None = None,
    spikes: Mapping[str, Any] | None = None,
    table: Mapping[str, Any] | None = None,
) -> None:
    """Write the documents of ``cohort report``, ``spikes`` and ``reproduce`` as one page.

    An older page is replaced whole.

    Raises
    ------
    UsageError
        The folder is not there.
    """
    from evengait.report import cohort_text, pictures
    from evengait.report.page import render_page

    parts = {"burden": burden, "spikes": spikes, "table": table}
    there = {name: part for name, part in parts.items() if part}
    first, answer = next(iter(there.items()))
    drawn = pictures.spikes(spikes, cohort_text.TITLES) if spikes else {}
    page = render_page(
        "cohort.html", **parts, words=cohort_text, pictures=drawn,
        title=say(TITLES[first], n=answer.get("runners")),
        caveats=[caveat for part in there.values() for caveat in cohort_text.caveats(part)],
        sources=[SOURCES[name] for name in there],
    )  # fmt: skip
    folder_of(file)
    part = file.with_name(file.name + ".part")
    part.write_text(page, "utf-8")
    part.replace(file)


def read_reproduced(file: Path) -> dict[str, Any]:
    """Return the document of ``cohort reproduce --json`` that was kept in a file.

    Raises
    ------
    UsageError
        The file holds none.
    """
    try:
        told = json.loads(file.read_bytes())
    except (OSError, ValueError):
        told = None
    if not isinstance(told, dict) or "approaches" not in told or "caveats" not in told:
        raise UsageError("That file holds no answer of `evengait cohort reproduce --json`.")
    return told
