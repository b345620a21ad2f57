"""Sessions made of several recordings: from the originals to samples and rows. A worker's task."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evengait.actions._session_row import session_row
from evengait.actions.read_member import bouts_that_count
from evengait.analysis.same_run.best import PLACE
from evengait.analysis.same_run.merge import merged
from evengait.core.errors import EvengaitError
from evengait.core.reasons import kept
from evengait.ingest._dispatch import HEAD, read, recognise
from evengait.knowledge.same_run import same_run_limits
from evengait.storage.archive.layout import Layout, merged_name
from evengait.storage.archive.originals import read_original
from evengait.storage.archive.part import write_part
from evengait.storage.archive.rows import samples_table

if TYPE_CHECKING:
    from evengait.analysis.same_run.best import Choice
    from evengait.core.label import Said
    from evengait.core.recording import Bout, Samples
    from evengait.storage.archive.log import Part


@dataclass(frozen=True)
class Plan:
    """One session to make.

    Attributes
    ----------
    choice : Choice
    originals : dict of str to (address, place)
        Where the recordings that it needs lie.
    sources : tuple of str
        What comes from where.
    said : tuple of Said
    positions : bool
    batch : str
        The import that brought in the recording that gives the samples.
    samples : bool
        Whether its samples are to be written, too.
    """

    choice: Choice
    originals: dict[str, tuple[str, int]]
    sources: tuple[str, ...]
    said: tuple[Said, ...]
    positions: bool
    batch: str
    samples: bool


@dataclass(frozen=True)
class Remake:
    """Sessions to make together."""

    folder: str
    plans: tuple[Plan, ...]


@dataclass(frozen=True)
class Remade:
    """What became of it: a part of samples on the disk, a row for each plan.

    Attributes
    ----------
    plans : tuple of Plan
    part : Part or None
    rows : tuple of dict or None
        None where an original is damaged.
    """

    plans: tuple[Plan, ...]
    part: Part | None
    rows: tuple[dict[str, Any] | None, ...]


def remake(task: Remake) -> Remade:
    """Read the originals of each plan and make its session.

    Raises
    ------
    OSError
        The archive cannot be written.
    """
    folder = Path(task.folder)
    rows: list[dict[str, Any] | None] = []
    samples: list[tuple[str, Samples]] = []
    for plan in task.plans:
        try:
            bout = bout_of(folder, plan)
        except EvengaitError:
            rows.append(None)
            continue
        row = session_row(bout, plan.sources, plan.said, positions=plan.positions)
        rows.append(row | as_made(plan))
        if plan.samples:
            samples.append((plan.choice.session, bout.samples))
    if not samples:
        return Remade(task.plans, None, tuple(rows))
    name = merged_name(uuid.uuid4().hex)
    part = write_part(Layout(folder).logs["samples"].folder, name, "samples", samples_table(samples))
    return Remade(task.plans, part, tuple(rows))


def as_made(plan: Plan) -> dict[str, Any]:
    """Return the columns of ``sessions`` that say what it is made of."""
    choice = plan.choice
    return {"session": choice.session, "batch": plan.batch, "recordings": list(choice.recordings)}


def has_positions(columns: set[str]) -> bool:
    """Tell whether samples with these columns have positions."""
    return set(PLACE) <= columns


def bout_of(folder: Path, plan: Plan) -> Bout:
    """Return a session's bout, made of its originals.

    Raises
    ------
    EvengaitError
        An original is damaged, or no longer read as it was.
    """
    bouts: dict[str, Bout] = {}
    for name, (address, place) in plan.originals.items():
        data = read_original(folder, address)
        found = bouts_that_count(read(recognise(data[:HEAD]) or "", data))
        if place >= len(found):
            raise EvengaitError(kept("An original no longer holds what it held when it came in."))
        bouts[name] = found[place]
    return merged(plan.choice, bouts, same_run_limits())
