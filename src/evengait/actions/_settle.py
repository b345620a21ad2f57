"""Make sessions what their recordings and words say they are: after an import, after an undo, after a crash."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from evengait.actions._remake import Plan, Remade, Remake, as_made, has_positions, remake
from evengait.actions._session_row import labelled
from evengait.analysis.same_run.best import choose
from evengait.core.reasons import kept
from evengait.storage.archive.contents import read_table, rows_of
from evengait.storage.archive.rows import sessions_table
from evengait.storage.archive.schema import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from evengait.actions._runs import Runs
    from evengait.actions._words import Words
    from evengait.actions._workers import Crew
    from evengait.analysis.same_run.groups import Together
    from evengait.core.same_run import Limits
    from evengait.storage.archive.log import Part
    from evengait.storage.archive.writer import Writer

    Row = dict[str, Any]

_TOGETHER = 16
"""Sessions made in one task: some 16 hours of samples."""


class Settling:
    """Compares the sessions that should be with those that are, and makes up the difference.

    Parameters
    ----------
    writer : Writer
    runs : Runs
    words : Words
    originals : mapping of str to str
        Address of each content's original.
    limits : Limits

    Attributes
    ----------
    rows : list of dict
        Sessions that were made or changed.
    problems : list of str
        What could not be made, in sentences.
    """

    def __init__(
        self, writer: Writer, runs: Runs, words: Words, originals: Mapping[str, str], limits: Limits
    ) -> None:
        self._writer = writer
        self._runs = runs
        self._words = words
        self._originals = originals
        self._limits = limits
        self.rows: list[Row] = []
        self.problems: list[str] = []

    def settle(
        self,
        recordings: Iterable[str] | None,
        pause: Callable[[], None] = lambda: None,
        crew: Crew | None = None,
    ) -> None:
        """Settle the runs that some recordings may have a part in.

        Parameters
        ----------
        recordings : iterable of str or None
            None = all there are.
        pause : callable
            Called between tasks; what it raises ends it, and it is done over next time.
        crew : Crew, optional
            Does the tasks; None = here, one after another.
        """
        wanted = self.plans(recordings)
        mine = {name for plan in wanted.values() for name in plan.choice.recordings}
        old = self._there(None if recordings is None else mine)
        stay, tasks = self._compare(wanted, old)
        parts: list[Part] = []
        failed: set[str] = set()
        doing = _here if crew is None else crew.remake
        for made in doing(self._tasks(tasks), pause):
            if made.part is not None:
                parts.append(made.part)
            for plan, row in zip(made.plans, made.rows, strict=True):
                if row is None:
                    failed |= set(plan.choice.recordings)
                else:
                    self.rows.append(row)
        # What cannot be made anew stays as it is.
        gone = [
            name
            for name, row in old.items()
            if name not in stay and row["recordings"] and not failed.intersection(row["recordings"])
        ]
        if failed:
            self.problems.append(
                kept(
                    "Some recordings could not be made one with others, because an original in the archive is damaged. "
                    "Run `evengait doctor` to see which."
                )
            )
        self._writer.settle(parts, [*gone, *(row["session"] for row in self.rows)], sessions_table(self.rows))

    def plans(self, recordings: Iterable[str] | None = None) -> dict[str, Plan]:
        """Return the sessions that there should be, and what each is made of."""
        names = [one.brief.recording for one in self._runs] if recordings is None else list(recordings)
        plans = [self._plan(together) for together in self._runs.together(names)]
        return {plan.choice.session: plan for plan in plans}

    def _there(self, mine: set[str] | None) -> dict[str, Row]:
        """Return the sessions that some recordings have a part in; None = that any has."""
        log = self._writer.layout.logs["sessions"]
        light = rows_of(read_table(log, "sessions", ["session", "recordings"]))
        names = {
            row["session"]
            for row in light
            # A session of an older archive names none: it is its own recording.
            if mine is None or not mine.isdisjoint(row["recordings"] or [row["session"]])
        }
        if not names:
            return {}
        table = read_table(log, "sessions", arrow_schema("sessions").names)
        chosen = table.filter(pa.array([row["session"] in names for row in light], pa.bool_()))
        return {row["session"]: row for row in rows_of(chosen)}

    def _plan(self, together: Together) -> Plan:
        choice = choose(together, self._limits)
        members = [self._runs[name] for name in choice.recordings]
        first = members[0]
        needed = [first, *(self._runs[name] for name in choice.columns)]
        sources = [f"samples={first.source}"]
        sources += [
            f"{column}={self._runs[name].source}"
            for name, columns in choice.columns.items()
            for column in columns
        ]
        said = [word for member in members for word in self._words.on(member.brief, member.sha256)]
        columns = set(first.brief.columns).union(*choice.columns.values())
        return Plan(
            choice,
            {one.brief.recording: (self._originals.get(one.sha256, "!"), one.place) for one in needed},
            tuple(sources),
            tuple(dict.fromkeys(said)),
            has_positions(columns),
            first.batch,
            samples=True,
        )

    def _compare(self, wanted: dict[str, Plan], old: dict[str, Row]) -> tuple[set[str], list[Plan]]:
        """Return the sessions that are right already, and the plans of those to make; a row may only need new words."""
        kept: set[str] = set()
        tasks: list[Plan] = []
        for name, plan in wanted.items():
            row = old.get(name)
            if row is None:
                tasks.append(plan)
            elif not _same_bout(row, plan):
                tasks.append(replace(plan, samples=False))
            else:
                new = row | as_made(plan) | {"sources": list(plan.sources)}
                new |= labelled(new, plan.said, positions=plan.positions)
                if new != row:
                    self.rows.append(new)
                else:
                    kept.add(name)
        return kept, tasks

    def _tasks(self, plans: list[Plan]) -> Iterator[Remake]:
        folder = str(self._writer.layout.folder)
        for at in range(0, len(plans), _TOGETHER):
            yield Remake(folder, tuple(plans[at : at + _TOGETHER]))


def _here(tasks: Iterable[Remake], pause: Callable[[], None]) -> Iterator[Remade]:
    for task in tasks:
        pause()
        yield remake(task)


def _same_bout(row: Row, plan: Plan) -> bool:
    """Tell whether a session was made of the same samples under the same words of its recordings."""
    choice = plan.choice
    said = row["utc_offset_s"] if row["offset_source"] == "recording" else None
    return (row["sport"], row["sub_sport"], said) == (choice.sport, choice.sub_sport, choice.utc_offset_s)
