"""A plan made ready for NumPy: which columns are worked on together, and where their bytes lie in a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.ingest.fit._layout import CODES, INVALID, SIZES
from evengait.ingest.fit._plan import AS_FLOAT, AS_INT
from evengait.ingest.fit._profile import STRING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.ingest.fit._plan import Plan, Task, Work


@dataclass(frozen=True, slots=True)
class Stretch:
    """Columns of one type that lie next to each other in the table, ``count`` of them.

    ``start`` is where their bytes begin in a packed row; ``scale`` and ``offset`` have one row per column, None = none.
    """

    count: int
    raw: np.dtype[Any]
    dtype: np.dtype[Any]
    invalid: Any
    start: int
    at: int
    flag_at: int
    scale: NDArray[np.float64] | None
    offset: NDArray[np.float64] | None


@dataclass(frozen=True, slots=True, eq=False)
class Recipe:
    """One definition: how to pack its messages, and what cannot be packed.

    Attributes
    ----------
    message : dtype
        A message as a whole.
    big_endian : bool
    bytes : int array
        For each byte of a packed row (always little-endian), its place in the message.
    places : list, per stretch a list of (column of the stretch, place in the message)
    missing : list of (stretch, columns)
        Columns of a stretch that this definition lacks.
    loose : tuple of Task
        Array fields, text, and columns whose type differs between definitions.
    """

    message: np.dtype[Any]
    big_endian: bool
    bytes: NDArray[np.intp]
    places: tuple[tuple[tuple[int, int], ...], ...]
    missing: tuple[tuple[int, NDArray[np.intp]], ...]
    loose: tuple[Task, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """All of a plan: stretches, the bytes of a packed row, a recipe for each definition."""

    stretches: tuple[Stretch, ...]
    width: int
    recipes: tuple[Recipe, ...]


def script(table_plan: Plan) -> Script:
    """Return the script of a plan, making it once."""
    if isinstance(table_plan.script, Script):
        return table_plan.script
    columns = _columns(table_plan)
    runs: list[list[Task]] = []
    for task in columns:
        if runs and _follows(task, runs[-1][-1]):
            runs[-1].append(task)
        else:
            runs.append([task])
    stretches, width = [], 0
    for run in runs:
        stretches.append(_stretch(run, width))
        width += len(run) * SIZES[run[0].field.base]
    recipes = tuple(_recipe(work, runs) for work in table_plan.works)
    made = table_plan.script = Script(tuple(stretches), width, recipes)
    return made


def _columns(table_plan: Plan) -> list[Task]:
    """Return a task for each column of one value a row and one type throughout, in the table's order."""
    bases: dict[int, set[int]] = {}
    tasks: dict[int, Task] = {}
    for work in table_plan.works:
        for task in work.tasks:
            bases.setdefault(task.at, set()).add(task.field.base)
            tasks[task.at] = task
    return [
        tasks[at]
        for at in sorted(tasks)
        if len(bases[at]) == 1 and tasks[at].width == 1 and tasks[at].field.base != STRING
    ]


def _follows(task: Task, last: Task) -> bool:
    width = 8 if task.mode else SIZES[task.field.base]
    return (
        (task.field.base, task.mode) == (last.field.base, last.mode)
        and task.at == last.at + width
        and task.flag_at == last.flag_at + 1
    )


def _stretch(run: list[Task], start: int) -> Stretch:
    first = run[0]
    base = first.field.base
    dtype = {AS_FLOAT: "f8", AS_INT: "i8"}.get(first.mode, CODES[base])
    scale = offset = None
    if first.mode == AS_FLOAT:
        scale = np.array([[task.scale] for task in run], np.float64)
        if any(task.offset for task in run):
            offset = np.array([[task.offset] for task in run], np.float64)
    raw = np.dtype("<" + CODES[base])
    return Stretch(
        len(run), raw, np.dtype(dtype), invalid(base), start, first.at, first.flag_at, scale, offset
    )


def invalid(base: int) -> Any:
    """Return the value that means "no value", in its own type; None = not a number."""
    value = INVALID[base]
    return None if value is None else np.dtype(CODES[base]).type(value)


def _recipe(work: Work, runs: list[list[Task]]) -> Recipe:
    own = {task.at: task for task in work.tasks}
    packed: list[int] = []
    places: list[tuple[tuple[int, int], ...]] = []
    missing: list[tuple[int, NDArray[np.intp]]] = []
    stretched = set()
    for number, run in enumerate(runs):
        found: list[tuple[int, int]] = []
        for i, column in enumerate(run):
            size = SIZES[column.field.base]
            task = own.get(column.at)
            if task is None:
                packed += [0] * size
                continue
            stretched.add(column.at)
            found.append((i, task.field.at))
            lying = range(task.field.at, task.field.at + size)
            packed += reversed(lying) if work.layout.big_endian else lying
        places.append(tuple(found))
        if len(found) < len(run):
            lacking = sorted(set(range(len(run))) - {i for i, _ in found})
            missing.append((number, np.array(lacking, np.intp)))
    return Recipe(
        np.dtype(f"V{work.layout.size}"),
        work.layout.big_endian,
        np.array(packed, np.intp),
        tuple(places),
        tuple(missing),
        tuple(task for task in work.tasks if task.at not in stretched),
    )
