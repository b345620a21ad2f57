"""Nobody who adds and subtracts everything that is published learns a count under five."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from evengait.actions.analyse_spikes import spikes_document
from evengait.analysis.spikes.risk import FACTORS, RiskCounts
from evengait.cohort.burden import burden_report
from evengait.cohort.cells import SMALLEST_CELL, shown_cells
from evengait.cohort.counts import CohortCounts
from evengait.cohort.lake import KINDS

SMALL = st.one_of(st.integers(0, 8), st.integers(0, 60))
FIRST = date(2026, 1, 5)


class Attacker:
    """Whole numbers that are not negative, and what is published about their sums."""

    def __init__(self) -> None:
        self.true: list[int] = []
        self.rows: list[tuple[list[int], int]] = []

    def cells(self, true: list[int]) -> list[int]:
        """Add unknown numbers; return their places."""
        self.true += true
        return list(range(len(self.true) - len(true), len(self.true)))

    def knows(self, places: list[int], total: int | None) -> None:
        """Learn a sum; None = it is not published."""
        if total is not None:
            self.rows.append((places, total))

    def pins(self) -> list[int]:
        """Return the numbers under five, not 0 by being nobody's, that follow from what is known."""
        left = np.zeros((len(self.rows), len(self.true)))
        for row, (places, _) in enumerate(self.rows):
            left[row, places] = 1
        right = [total for _, total in self.rows]
        found = []
        for place in (i for i, true in enumerate(self.true) if true < SMALLEST_CELL):
            ends = []
            for sign in (1, -1):
                goal = np.zeros(len(self.true))
                goal[place] = sign
                done = linprog(goal, A_eq=left, b_eq=right, bounds=(0, None)) if self.rows else None
                ends.append(float("inf") if done is None or done.status != 0 else sign * done.fun)
            if ends[1] - ends[0] < 1 - 1e-6:
                found.append(place)
        return found


def test_the_attacker_finds_what_is_badly_hidden() -> None:
    attacker = Attacker()
    places = attacker.cells([100, 3, 60, 2])
    attacker.knows(places, 165)
    attacker.knows(places[:1], 100)
    assert attacker.pins() == []
    attacker.knows(places[2:3], 60)
    attacker.knows([*places[:1], places[3]], 102)
    assert attacker.pins() == [1, 3]


@settings(max_examples=40, deadline=None)
@given(st.lists(SMALL, min_size=2, max_size=7), SMALL)
def test_cells_whose_sum_is_known_cannot_be_worked_out(counts: list[int], rest: int) -> None:
    every = sum(counts) + rest
    if every < SMALLEST_CELL:
        return  # such a sum is published nowhere
    attacker = Attacker()
    places = attacker.cells([*counts, *([rest] if rest else [])])
    attacker.knows(places, every)
    for place, shown in enumerate(shown_cells(counts, rest)):
        attacker.knows([place], shown)
    assert attacker.pins() == []


@st.composite
def cohorts(draw: st.DrawFn) -> tuple[CohortCounts, int]:
    """Whole cohorts with few injuries here and there: states at the first session, ends of follow-up by day."""
    at_risk, events = {}, {}
    injured = draw(st.integers(0, 70))
    for name, states in FACTORS.items():
        hurt, over = [], injured
        for _ in states:
            hurt.append(draw(st.integers(0, min(over, draw(SMALL)))))
            over -= hurt[-1]
        events[name] = np.array([hurt])
        at_risk[name] = events[name] + np.array([[draw(SMALL) for _ in states]])
    ends = [np.zeros(600, np.int64), np.zeros(600, np.int64)]
    for of, many in zip(ends, (draw(SMALL), injured), strict=True):
        while (gone := int(of.sum())) < many:
            of[draw(st.sampled_from([5, 29, 30, 31, 80, 90, 170, 360, 365, 500, 599]))] += draw(
                st.integers(1, many - gone)
            )
    return CohortCounts(RiskCounts(at_risk, events), *ends), sum(int(of.sum()) for of in ends)


@settings(max_examples=12, deadline=None)
@given(cohorts())
def test_a_spikes_document_gives_no_small_cell_away(cohort: tuple[CohortCounts, int]) -> None:
    counts, runners = cohort
    if runners < SMALLEST_CELL:
        return
    told = spikes_document(counts, runners=runners, sessions=1_000)
    injured, followed = int(counts.injured.sum()), int(counts.left.sum())
    for factor, states in told["factors"].items():
        attacker = Attacker()
        hurt = counts.risk.events[factor].sum(axis=0).tolist()
        rest = injured - sum(hurt)
        places = attacker.cells([*hurt, *([rest] if rest else [])])
        well = attacker.cells([followed])
        attacker.knows(places, told["injured"])
        attacker.knows([*places, *well], runners)
        for place, one in zip(places, states, strict=False):
            attacker.knows([place], one["injuries"])
            # The width of an interval tells how many injuries are behind it.
            assert one["injuries"] is not None or one["hazard_ratio"] is None
        assert attacker.pins() == []
        for one in states:
            assert one["sessions"] is None or one["sessions"] >= SMALLEST_CELL
    curve(counts, told["cumulative_incidence"], told["injured"])


def curve(counts: CohortCounts, told: list[dict[str, Any]], injured: int | None) -> None:
    """Assert that what lies between two told days, and after the last, is nobody or five at least."""
    if not told:
        return
    assert injured is not None
    days = [one["days"] for one in told]
    hurt = [0, *(int(counts.injured[: day + 1].sum()) for day in days), int(counts.injured.sum())]
    followed = [int((counts.injured + counts.left)[day:].sum()) for day in (0, *days)] + [0]
    for steps in (np.diff(hurt), -np.diff(followed)):
        assert not ((steps > 0) & (steps < SMALLEST_CELL)).any()


SITES = ("shin", "knee", "calf", "foot", "hip_groin")


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 29), st.sampled_from(SITES), st.booleans(), st.integers(1, 5)), max_size=14
    )
)
def test_a_burden_report_gives_no_small_cell_away(made: list[tuple[int, str, bool, int]]) -> None:
    runs = [
        {"runner": f"r{who}", "local_date": FIRST + timedelta(days=day), "sport": "running", "moving_s": 3_600.0}
        for who in range(30)
        for day in (0, 90)
    ]  # fmt: skip
    pains = [
        {"runner": f"r{who + more if who % 2 else who}", "onset": FIRST + timedelta(days=9 + more), "site": site,
         "returned_on": FIRST + timedelta(days=40) if ended else None}
        for who, site, ended, times in made
        for more in range(times)
        if who + more < 30
    ]  # fmt: skip
    problems = pl.DataFrame(pains, schema=KINDS["problems"])
    told = burden_report(pl.DataFrame(runs, schema=KINDS["sessions"]), problems)
    counts = {name: problems.filter(pl.col("site") == name) for name in SITES}
    attacker = Attacker()
    places = attacker.cells([len(rows) for rows in counts.values()])
    named = {one["site"]: one["injuries"] for one in told["sites"]}
    attacker.knows(places, told["injuries"])
    for place, name in zip(places, SITES, strict=True):
        attacker.knows([place], named.get(name))
        if name in named:
            assert counts[name]["runner"].n_unique() >= SMALLEST_CELL
    if rest := named.get("rest"):
        hidden = [place for place, name in zip(places, SITES, strict=True) if name not in named]
        attacker.knows(hidden, rest)
        gathered = pl.concat([counts[name] for name in SITES if name not in named])
        assert gathered["runner"].n_unique() >= SMALLEST_CELL
    known = problems["returned_on"].drop_nulls().len()
    ends = attacker.cells([known, len(problems) - known])
    attacker.knows(ends, told["injuries"])
    attacker.knows(ends[1:], told["ends_unknown"])
    # A site nobody has is told by no name; that it is empty may be seen.
    assert [place for place in attacker.pins() if attacker.true[place]] == []


def test_fewer_than_five_runners_get_no_answer() -> None:
    with pytest.raises(Exception, match="would give them away"):
        spikes_document(None, runners=4, sessions=9)  # type: ignore[arg-type]
