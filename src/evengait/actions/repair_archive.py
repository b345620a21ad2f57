"""Repair a runner's archive: what of it is whole stays, what the originals tell is made anew, what is lost is named."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from evengait.actions._adopt import list_recordings
from evengait.actions._checks import Checks, settling_of
from evengait.actions._remaking import (
    forget_lists,
    forget_lost_originals,
    forget_recordings,
    give_rows_to_originals,
    make_of_samples,
    save_words,
    take_out,
)
from evengait.core.errors import TableError
from evengait.core.reasons import kept
from evengait.knowledge.same_run import same_run_limits
from evengait.storage.archive.form import read_form, refuse_newer, write_form
from evengait.storage.archive.layout import Layout
from evengait.storage.archive.mend import mend_pack, mend_table, set_aside
from evengait.storage.archive.schema import TABLES
from evengait.storage.archive.sums import FILE as SUMS_FILE
from evengait.storage.archive.sums import forget, refresh
from evengait.storage.archive.writer import Writer, alone, writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from evengait.actions._remake import Plan

ASIDE = "damaged"
"""Folder, in the runner's, for what was replaced."""


@dataclass
class Repairs:
    """What a repair did.

    Attributes
    ----------
    done : list of str
        A sentence for each kind of repair.
    remade : int
        Sessions made anew, from their originals or else from their samples.
    lost : dict of recording to str
        Recordings of which nothing is left, and the file that brings each back when it is imported again.
    aside : str or None
        Folder with what was replaced; None = nothing was.
    """

    done: list[str] = field(default_factory=list)
    remade: int = 0
    lost: dict[str, str] = field(default_factory=dict)
    aside: str | None = None


def repair_archive(
    folder: Path,
    *,
    on_wait: Callable[[], None] | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Repairs:
    """Repair one runner's archive; what is sound already is not touched.

    Parameters
    ----------
    folder : Path
        The runner's folder.
    on_wait : callable, optional
        Called once where another process is writing and this one has to wait.
    on_progress : callable, optional
        Called with the originals read again, and those in all.

    Returns
    -------
    Repairs

    Raises
    ------
    TableError
        A newer version of this program wrote the archive.
    OSError
        The archive cannot be written; what was whole before stays so.
    """
    done = Repairs()
    if not folder.exists():
        return done
    layout = Layout(folder)
    tell = on_progress or (lambda *_: None)
    aside = folder / ASIDE / f"{datetime.now(UTC):%Y%m%dT%H%M%S}"
    with alone(layout, on_wait=on_wait):
        _form(folder, aside, done)
        checks = Checks(layout)
        checks.run(tell)
        _sums(folder, checks, aside, done)
        _packs(layout, checks, aside, done)
        _tables(layout, checks, aside, done)
        _remake(layout, checks, tell, done)
        refresh(folder)
    with writing(folder, on_wait=on_wait):
        pass  # heals what a crash left, and finishes an undo that was cut off
    done.aside = aside.relative_to(folder).as_posix() if aside.exists() else None
    return done


def _form(folder: Path, aside: Path, done: Repairs) -> None:
    try:
        refuse_newer(folder)
    except TableError:
        try:
            read_form(folder)
        except TableError:
            set_aside(folder, folder / "archive.json", aside)
        else:
            raise
    if read_form(folder) is None:
        write_form(folder)
        done.done.append(kept("archive.json was written anew."))


def _remake(layout: Layout, before: Checks, tell: Callable[[int, int], None], done: Repairs) -> None:
    """Make anew, from the originals, what the mended tables lack; name what nothing can bring back."""
    if not layout.logs["files"].exists():
        return
    for name in TABLES:
        layout.logs[name].create(name)
    now = _checked(layout, tell)
    if not before.states["files"].sound and (rows := give_rows_to_originals(layout, now)):
        done.done.append(kept("Kept files whose rows were made anew: {n:,}.", n=rows))
    if lost := forget_lost_originals(layout, now.lost):
        done.done.append(
            kept("Kept files that are lost: {n:,}. Import them again, and they are kept anew.", n=lost)
        )
    list_recordings(Writer(layout), same_run_limits())
    if not before.states["labels"].sound:
        words = save_words(layout, now)
        forget_lists(layout)
        done.done.append(kept("Sessions whose names and notes were written down anew: {n:,}.", n=words))
    now = _checked(layout, tell)
    if not (now.wanting or now.outdated or layout.unsettled.exists()):
        return
    whole = {name for name, plan in now.plans.items() if not _without_original(plan)}
    take_out(layout, (now.wanting | now.outdated) & whole & (set(now.kept) | set(now.digests)))
    plain = make_of_samples(layout, now, now.wanting - whole)
    settling_of(layout).settle(None)
    then = _checked(layout, tell)
    made = (now.wanting | now.outdated) - then.wanting - then.outdated
    done.remade = len(made)
    if made - plain:
        done.done.append(kept("Sessions made anew from their originals: {n:,}.", n=len(made - plain)))
    if plain:
        done.done.append(
            kept("Sessions made anew from their samples, as their originals are lost: {n:,}.", n=len(plain))
        )
    while gone := {name for session in then.wanting for name in _without_original(then.plans[session])}:
        done.lost |= forget_recordings(layout, gone)
        settling_of(layout).settle(None)
        then = _checked(layout, tell)
    if done.lost:
        done.done.append(
            kept("Recordings of which nothing is left: {n:,}. Import their files again.", n=len(done.lost))
        )


def _checked(layout: Layout, tell: Callable[[int, int], None]) -> Checks:
    checks = Checks(layout)
    checks.run(tell)
    return checks


def _without_original(plan: Plan) -> list[str]:
    return [name for name, (address, _) in plan.originals.items() if address == "!"]


def _sums(folder: Path, checks: Checks, aside: Path, done: Repairs) -> None:
    if not checks.sums.whole:
        set_aside(folder, folder / SUMS_FILE, aside)
        done.done.append(kept("The list of hashes was made anew."))
    if "archive.json" in checks.changed:
        set_aside(folder, folder / "archive.json", aside)
        write_form(folder)
        done.done.append(kept("archive.json was written anew."))
    forget(folder, checks.changed)


def _packs(layout: Layout, checks: Checks, aside: Path, done: Repairs) -> None:
    packs = {address.partition("!")[0] for address in checks.lost}
    packs |= {name for name in checks.changed if name.startswith("originals/")}
    for name in sorted(packs):
        whole = mend_pack(layout, layout.folder / name, aside)
        done.done.append(kept("{name} was packed anew; whole files in it: {n:,}.", name=name, n=len(whole)))


def _tables(layout: Layout, checks: Checks, aside: Path, done: Repairs) -> None:
    for name in TABLES:
        state = checks.states[name]
        if state.sound:
            continue
        log = state.log
        parts = mend_table(layout, state, aside)
        if log is not None:
            forget(
                layout.folder,
                [path for path in checks.sums.by_name if path.startswith(f"{name}/_delta_log/")],
            )
            done.done.append(kept("The log of table '{name}' was made anew from its parts.", name=name))
        if parts:
            done.done.append(
                kept("Damaged parts of table '{name}' that were taken out: {n:,}.", name=name, n=parts)
            )
