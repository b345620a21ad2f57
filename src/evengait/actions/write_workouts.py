"""Write the workouts of a plan as FIT files for the watch."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.core.workout import workout_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime
    from pathlib import Path

    from evengait.core.plan import PlanDay
    from evengait.core.strength_setup import Weights


def write_workouts(
    days: Iterable[PlanDay], folder: Path, *, made_at: datetime, weights: Weights = "kg"
) -> list[Path]:
    """Write one file a workout, named by date and kind; a file of that name is replaced.

    What is provisional is left out: a watch should not hold what may still change.

    Parameters
    ----------
    folder : Path
        Made where there is none; copy its files into ``GARMIN/NewFiles`` of a watch, or import them in its app.
    made_at : datetime
        Now, with its time zone.
    weights : {"kg", "lb"}
        Unit in which the watch shows them.

    Returns
    -------
    list of Path
        The files, by date.

    Raises
    ------
    UsageError
        There is a file where the folder should be.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(say("{folder} is a file. Name a folder for the workouts.", folder=folder))
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, data in workout_files(days, made_at=made_at, weights=weights):
        written.append(folder / name)
        written[-1].write_bytes(data)
    return written


def workout_files(
    days: Iterable[PlanDay], *, made_at: datetime, weights: Weights = "kg"
) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each workout, by date; what is provisional and what is rest has none."""
    from evengait.ingest.fit.encode_workout import encode_workout

    seen: Counter[tuple[date, str]] = Counter()
    for day in days:
        workout = None if day.provisional else workout_of(day)
        if workout is None:
            continue
        seen[day.date, day.kind] += 1
        number = seen[day.date, day.kind]
        name = f"{day.date}-{day.kind}{f'-{number}' if number > 1 else ''}.fit"
        yield name, encode_workout(workout, made_at, weights)


def folder_of(file: Path) -> Path:
    """Return the folder of a file that is to be written.

    Raises
    ------
    UsageError
        It is not there, or the file's name is a folder's.
    """
    if not file.parent.is_dir():
        raise UsageError(
            say("There is no folder {parent}. Make it, or write somewhere else.", parent=file.parent)
        )
    if file.is_dir():
        raise UsageError(say("{file} is a folder. Name a file.", file=file))
    return file.parent
