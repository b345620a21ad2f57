"""The words of a self-trial: a day of its diary, the blocks as they were drawn, the rules it is judged by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from evengait.core.errors import TableError, UsageError
from evengait.core.language import say
from evengait.core.reasons import kept


@dataclass(frozen=True)
class TrialDay:
    """One day of a trial's diary; None is *not asked*, never zero and never *without it*.

    Attributes
    ----------
    date : date
        Local.
    pain : float or None
        0 to 10.
    treated : bool or None
        Whether the aid was worn, or the exercise done.
    load : float or None
        What was run that day, in any one unit; 0 is a day without a run.
    """

    date: date
    pain: float | None = None
    treated: bool | None = None
    load: float | None = None

    def __post_init__(self) -> None:
        if self.pain is not None and not 0 <= self.pain <= 10:
            raise TableError(kept("pain goes from 0 to 10. Mend the row and try again."), column="pain")
        if self.load is not None and not 0 <= self.load < 1e9:
            raise TableError(kept("load is a number from 0 on. Mend the row and try again."), column="load")


@dataclass(frozen=True)
class TrialKind:
    """What is tried, and how long it takes to begin and to wear off.

    Attributes
    ----------
    washout_days : int
        First days after a change of block that are left out.
    block_days : int
        Days of one block.
    """

    id: str
    label: str
    washout_days: int
    block_days: int
    examples: str


@dataclass(frozen=True)
class TrialRules:
    """By what a trial is drawn and judged; from a dated file of ``knowledge/trial``."""

    version: str
    status: str
    reviewed_by: tuple[str, ...]
    baseline_days: int
    baseline_fewest_days: int
    fewest_blocks: int
    longest_run_blocks: int
    most_days: int
    fewest_days_each: int
    most_missing_share: float
    interval_share: float
    power: float
    change_points: float
    change_share: float
    noise_points: float
    near_worst_days: int
    planning_sd_nprs: float
    planning_autocorrelation: float
    sources: tuple[str, ...]
    kinds: tuple[TrialKind, ...]

    def kind(self, name: str) -> TrialKind:
        """Return the kind of this id.

        Raises
        ------
        UsageError
            There is none; the sentence names those there are.
        """
        for kind in self.kinds:
            if kind.id == name:
                return kind
        raise UsageError(
            say(
                "What is tried is one of {join}. Choose the closest one.",
                join=", ".join(k.id for k in self.kinds),
            )
        )

    def bar(self, level: float) -> float:
        """Return the change that counts for pain at this level: the largest of points, share and the scale's noise.

        Parameters
        ----------
        level : float
            Pain without the treatment, 0 to 10.
        """
        return max(self.change_points, self.change_share * level, self.noise_points)


@dataclass(frozen=True)
class Schedule:
    """Blocks with and without, drawn at random before the first of them.

    Attributes
    ----------
    treatment, kind : str
        What is tried, as the diary names it; id of its kind.
    start : date
        First day of the diary: of the baseline where there is one, else of the first block.
    baseline_days : int
        Days without it, before the blocks.
    block_days, washout_days, longest_run : int
        Days of a block; days left out after a change; most blocks of one sort in a row.
    order : tuple of bool
        One for each block, True with it.
    seed : int
        From which the order was drawn.

    Examples
    --------
    >>> plan = Schedule("belt", "aid", date(2026, 12, 1), 0, 4, 1, 2, (True, False), seed=1)
    >>> plan.end, plan.assigned(date(2026, 12, 5)), plan.assigned(date(2026, 12, 9)), plan.settling(date(2026, 12, 5))
    (datetime.date(2026, 12, 8), False, None, True)
    """

    treatment: str
    kind: str
    start: date
    baseline_days: int
    block_days: int
    washout_days: int
    longest_run: int
    order: tuple[bool, ...]
    seed: int

    @property
    def first_block(self) -> date:
        """The first day of the first block."""
        return self.start + timedelta(days=self.baseline_days)

    @property
    def days(self) -> int:
        """Days of the blocks, the baseline left out."""
        return len(self.order) * self.block_days

    @property
    def end(self) -> date:
        """The last day of the last block."""
        return self.first_block + timedelta(days=self.days - 1)

    def assigned(self, day: date) -> bool | None:
        """Return whether the day is one with it; None outside the blocks."""
        number = (day - self.first_block).days
        return self.order[number // self.block_days] if 0 <= number < self.days else None

    def settling(self, day: date) -> bool:
        """Tell whether the day is one of those left out after a change of block."""
        block, within = divmod((day - self.first_block).days, self.block_days)
        inside = 0 < block < len(self.order)
        return inside and self.order[block] != self.order[block - 1] and within < self.washout_days

    def blocks(self) -> list[tuple[date, date, bool]]:
        """Return first day, last day and with or without; blocks of one sort in a row are one."""
        found: list[tuple[date, date, bool]] = []
        for i, on in enumerate(self.order):
            first = self.first_block + timedelta(days=i * self.block_days)
            last = first + timedelta(days=self.block_days - 1)
            if found and found[-1][2] == on:
                found[-1] = (found[-1][0], last, on)
            else:
                found.append((first, last, on))
        return found

    def as_data(self) -> dict[str, Any]:
        """Return the schedule as JSON can hold it."""
        return {
            "treatment": self.treatment, "kind": self.kind, "start": self.start.isoformat(),
            "baseline_days": self.baseline_days, "block_days": self.block_days, "washout_days": self.washout_days,
            "longest_run": self.longest_run, "order": [int(on) for on in self.order], "seed": self.seed,
        }  # fmt: skip

    @classmethod
    def from_data(cls, data: Any) -> Schedule:
        """Return the schedule that ``as_data`` wrote.

        Raises
        ------
        UsageError
            It is not one.
        """
        try:
            return cls(
                treatment=str(data["treatment"]),
                kind=str(data["kind"]),
                start=date.fromisoformat(data["start"]),
                baseline_days=int(data["baseline_days"]),
                block_days=int(data["block_days"]),
                washout_days=int(data["washout_days"]),
                longest_run=int(data["longest_run"]),
                order=tuple(bool(on) for on in data["order"]),
                seed=int(data["seed"]),
            )
        except (KeyError, TypeError, ValueError):
            raise UsageError(
                "This is no design of a trial. Give the file that `evengait trial design --json` wrote."
            ) from None
