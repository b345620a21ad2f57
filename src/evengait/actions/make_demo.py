"""The whole way on a made-up runner: her export, her archive, the answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from evengait.actions.explain_onset import Answer, explain_onset
from evengait.actions.import_archive import ImportReport, Progress, import_archive
from evengait.actions.simulate_export import ExportSummary, simulate_export
from evengait.simulation.demo import ONSET, SEED, SIDE, SITE, WHOLE_SECONDS_FROM, demo_history
from evengait.storage.archive import Archive

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from evengait.core.units import Units


@dataclass(frozen=True)
class Demo:
    """What the demo did.

    Attributes
    ----------
    export : ExportSummary
        The export zip that was made up.
    report : ImportReport
        What the import said of it.
    answer : Answer
    """

    export: ExportSummary
    report: ImportReport
    answer: Answer


def make_demo(
    folder: Path,
    *,
    today: date,
    units: Units = "mi",
    export: Path | None = None,
    on_made: Callable[[int, int], None] | None = None,
    on_imported: Callable[[Progress], None] | None = None,
) -> Demo:
    """Make up a runner's export, import it, and explain her pain.

    Parameters
    ----------
    folder : Path
        The demo runner's archive; what an earlier demo left is used again.
    today : date
        Local date.
    units : "mi" or "km"
        For the sentences.
    export : Path, optional
        Keep the export zip here; default: thrown away.
    on_made, on_imported : callable, optional
        Progress of the two steps.
    """
    with TemporaryDirectory() as scratch:
        made = simulate_export(
            export or Path(scratch) / "export.zip", seed=SEED, history=demo_history(),
            sparse_before=WHOLE_SECONDS_FROM, progress=on_made,
        )  # fmt: skip
        report = import_archive(folder, [made.path], on_progress=on_imported)
    answer = explain_onset(
        Archive(folder).sessions(), ONSET, today=max(today, ONSET), site=SITE, side=SIDE, units=units
    )
    return Demo(made, report, answer)
