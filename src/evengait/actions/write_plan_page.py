"""Write a plan as one page that prints on one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.actions.write_workouts import folder_of

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from evengait.core.plan import Plan
    from evengait.core.strength_setup import Weights
    from evengait.core.units import Units


def write_plan_page(
    plan: Plan, file: Path, *, units: Units, weights: Weights = "kg", generated: date
) -> None:
    """Write the page; a file that was there is replaced only once the new one is whole.

    Raises
    ------
    UsageError
        The folder is not there, or the file's name is a folder's.
    """
    from evengait.report.plan_page import plan_page

    folder_of(file)
    part = file.with_name(f"{file.name}.part")
    part.write_text(plan_page(plan, units=units, weights=weights, generated=generated), "utf-8")
    part.replace(file)
