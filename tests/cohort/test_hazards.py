"""Hazard ratios of session spikes: the counts are the likelihood, and known hazards are found again."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from evengait.analysis.run_log import RunLog
from evengait.analysis.spikes.lean_log import LeanLog, end_to_end
from evengait.analysis.spikes.risk import FACTORS, RiskCounts, session_states
from evengait.cohort.cells import shown_cells
from evengait.cohort.counts import GAP_DAYS, CohortCounts, count_cohort
from evengait.cohort.hazards import cumulative_incidence, fit_cox, hazard_ratios, risk_rows
from evengait.core.errors import TableError
from evengait.core.spike import STATES
from evengait.simulation.cohort import MadeUpCohort, simulate_cohort
from evengait.simulation.history import simulate_history

DAY = date(2020, 1, 1)


@pytest.fixture(scope="module")
def cohort() -> MadeUpCohort:
    return simulate_cohort(260, seed=3, days=260, injured=0.6, hazard_ratios=(1.0, 3.0, 3.0, 4.0))


@pytest.fixture(scope="module")
def counts(cohort: MadeUpCohort) -> CohortCounts:
    return count_cohort(cohort.sessions, cohort.runners, workers=1)


@pytest.fixture(scope="module")
def naive_states(cohort: MadeUpCohort) -> list[tuple[int, int, int, bool]]:
    """Runner, number of session, state and injury, from the definition alone: no code of the house."""
    found = []
    injured = dict(cohort.runners.select("runner", "injured").iter_rows())
    for who, (key, rows) in enumerate(
        cohort.sessions.partition_by("runner", as_dict=True, maintain_order=True).items()
    ):
        runs = list(rows.select("local_date", "distance_m").iter_rows())
        since = runs[0][0]
        for number, (day, metres) in enumerate(runs):
            before = [m for d, m in runs[max(number - 40, 0) : number] if day - timedelta(days=30) <= d < day]
            # Unknown before the 31st day, and within 30 days of a gap of more than 28 days without any session.
            since = max([since, day] if number and (day - runs[number - 1][0]).days > 29 else [since])
            if not before or day - timedelta(days=30) < since:
                continue
            share = metres / max(before)
            state = sum(share > edge for edge in (1.10, 1.30, 2.00))
            found.append((who, number, state, injured[key[0]] and number == len(runs) - 1))
    return found


def test_adding_up_gives_what_a_row_for_every_session_gives(
    naive_states: list[tuple[int, int, int, bool]], counts: CohortCounts
) -> None:
    at_risk, events = counts.risk.at_risk["session_spike"], counts.risk.events["session_spike"]
    states = [state for state in (1, 2, 3) if events[:, state].sum() >= 5]
    assert len(states) >= 2
    rows = [row for row in naive_states if row[2] in (0, *states)]
    one_each = np.array(
        [[n, n + 1, hurt, 1, *(state == i for i in states)] for _, n, state, hurt in rows], float
    )
    whole, whole_errors = fit_cox(one_each, np.array([who for who, *_ in rows]))
    added, added_errors = fit_cox(risk_rows(at_risk, events, states))
    assert len(risk_rows(at_risk, events, states)) < len(rows) / 10
    assert added == pytest.approx(whole, abs=1e-6)
    assert added_errors == pytest.approx(whole_errors, abs=1e-6)


def test_states_are_those_of_the_definition(
    naive_states: list[tuple[int, int, int, bool]], counts: CohortCounts
) -> None:
    by_state = np.bincount([state for _, _, state, _ in naive_states], minlength=4)
    assert counts.risk.at_risk["session_spike"].sum(axis=0).tolist() == by_state.tolist()


def test_a_worked_example_counts_as_on_paper() -> None:
    days = [0, 29, 30, 31, 32]
    sessions = pl.DataFrame(
        {
            "runner": "a",
            "local_date": [DAY + timedelta(days=d) for d in days],
            "distance_m": [10_000.0, 8_000.0, 11_000.0, 11_500.0, 24_000.0],
        }
    ).with_columns(pl.col("local_date").cast(pl.Date))
    people = pl.DataFrame(
        {"runner": ["a"], "entered": [DAY], "ended": [DAY + timedelta(days=32)], "injured": [True]}
    )
    risk = count_cohort(sessions, people, workers=1).risk
    # 11.0 of 10.0 is no spike (edges included), 11.5 of 11.0 none, 24.0 of 11.5 a large one; before day 30 unknown.
    assert risk.at_risk["session_spike"].tolist() == [
        [0, 0, 0, 0],
        [0, 0, 0, 0],
        [1, 0, 0, 0],
        [1, 0, 0, 0],
        [0, 0, 0, 1],
    ]
    assert risk.events["session_spike"].sum(axis=0).tolist() == [0, 0, 0, 1]


def test_known_hazards_lie_in_the_intervals(counts: CohortCounts) -> None:
    found = hazard_ratios(counts, "session_spike")
    assert [one["state"] for one in found] == list(STATES)
    for one, true in zip(found[1:3], (3.0, 3.0), strict=True):
        assert one["interval"][0] < true < one["interval"][1]
        assert one["interval"][0] < one["hazard_ratio"] < one["interval"][1]


def test_a_state_in_which_everybody_was_injured_has_no_ratio() -> None:
    table = np.array([[90, 10, 0, 0]])
    hurt = np.array([[9, 10, 0, 0]])
    for at_risk in (table, hurt):
        risk = RiskCounts(dict.fromkeys(FACTORS, at_risk), dict.fromkeys(FACTORS, hurt))
        found = hazard_ratios(CohortCounts(risk, np.array([0, 81]), np.array([0, 19])), "acwr")
        assert [one["hazard_ratio"] for one in found] == [None] * 4
        assert all(one["why"] for one in found)


def test_a_state_with_few_injuries_has_no_ratio_and_no_count(cohort: MadeUpCohort) -> None:
    few = cohort.runners.with_columns(pl.col("injured") & (pl.int_range(pl.len()) < 40))
    found = hazard_ratios(count_cohort(cohort.sessions, few, workers=1), "session_spike")
    hidden = [one for one in found if one["why"]]
    assert hidden
    assert all(one["hazard_ratio"] is None and one["injuries"] is None for one in hidden)


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ([4, 100], [None, None]),
        ([5, 6], [5, 6]),
        ([0, 0, 9], [None, None, None]),
        ([3, 3, 50], [None, None, 50]),
    ],
)
def test_no_small_cell_can_be_worked_out(cells: list[int], shown: list[int | None]) -> None:
    assert shown_cells(cells) == shown


def test_cumulative_incidence_is_kaplan_and_meiers() -> None:
    left, hurt = np.zeros(100, np.int64), np.zeros(100, np.int64)
    hurt[20], hurt[60], left[40], left[99] = 10, 9, 20, 61
    found = {
        one["days"]: one for one in cumulative_incidence(CohortCounts(None, left, hurt), days=(30, 90, 400))
    }
    assert found[30]["share"] == pytest.approx(0.10)
    assert found[90]["share"] == pytest.approx(1 - 0.9 * (1 - 9 / 70))
    assert found[90]["interval"][0] < found[90]["share"] < found[90]["interval"][1]
    assert 400 not in found


def test_one_runners_counts_do_not_depend_on_the_order_of_rows(cohort: MadeUpCohort) -> None:
    shuffled = cohort.sessions.sample(fraction=1, shuffle=True, seed=1)
    one, other = (count_cohort(table, cohort.runners, workers=1) for table in (cohort.sessions, shuffled))
    assert (one.risk.at_risk["session_spike"] == other.risk.at_risk["session_spike"]).all()


def test_nothing_recorded_counts_nothing() -> None:
    empty = pl.DataFrame(schema={"runner": pl.String, "local_date": pl.Date, "distance_m": pl.Float64})
    people = pl.DataFrame({"runner": ["a"], "entered": [DAY], "ended": [DAY], "injured": [False]})
    assert count_cohort(empty, people, workers=1).risk.at_risk["acwr"].sum() == 0


def test_a_missing_column_and_a_double_runner_are_said(cohort: MadeUpCohort) -> None:
    with pytest.raises(TableError, match="'distance_m' is missing"):
        count_cohort(cohort.sessions.drop("distance_m"), cohort.runners)
    with pytest.raises(TableError, match="stands twice"):
        count_cohort(cohort.sessions, pl.concat([cohort.runners, cohort.runners]))


def test_a_lean_log_is_the_log_that_explain_reads() -> None:
    """Same days, same answers of the same functions, on a history with other sports, gaps and missing distances."""
    sessions = simulate_history(5).sessions.sort("start")
    gappy = sessions.filter(
        ~pl.col("local_date").is_between(sessions["local_date"][90], sessions["local_date"][140])
    )
    gappy = gappy.with_columns(
        distance_m=pl.when(pl.int_range(pl.len()) % 97 == 0).then(None).otherwise(pl.col("distance_m"))
    )
    until = gappy["local_date"].max() - timedelta(days=20)
    whole = RunLog(gappy, until, GAP_DAYS)
    by_day = gappy.sort("local_date", maintain_order=True)
    lean = LeanLog(
        by_day["local_date"].to_physical().to_numpy(),
        by_day["distance_m"].fill_null(np.nan).to_numpy(),
        (by_day["sport"] == "running").to_numpy(),
        until,
        GAP_DAYS,
    )
    assert lean.first == whole.first
    assert not whole.covered.all()
    for name in ("covered", "day", "run_days"):
        assert np.array_equal(getattr(lean, name), getattr(whole, name))
    for name, states in session_states(whole).items():
        assert np.array_equal(states, session_states(lean)[name])


def test_runners_laid_end_to_end_have_the_states_of_each_alone() -> None:
    """What is asked of many at once is what ``explain`` asks of one, to the last digit, also at their edges."""
    tables = [
        simulate_history(seed, days=200 + 90 * seed).sessions.sort("local_date", "start") for seed in range(4)
    ]
    tables[1] = tables[1].filter(pl.col("local_date") < tables[1]["local_date"][40])
    tables[2] = tables[2].with_columns(
        distance_m=pl.when(pl.int_range(pl.len()) == 0).then(None).otherwise(pl.col("distance_m"))
    )
    every = pl.concat([table.with_columns(who=pl.lit(who)) for who, table in enumerate(tables)])
    laid = session_states(
        end_to_end(
            every["who"].cast(pl.Int64).to_numpy(),
            every["local_date"].to_physical().to_numpy(),
            every["distance_m"].fill_null(np.nan).to_numpy(),
            (every["sport"] == "running").to_numpy(),
            GAP_DAYS,
        )
    )
    alone = [session_states(RunLog(table, table["local_date"].max(), GAP_DAYS)) for table in tables]
    for name in FACTORS:
        assert np.array_equal(laid[name], np.concatenate([one[name] for one in alone]))
        assert (laid[name] >= 0).sum() > 100


def test_follow_up_that_ends_before_it_begins_is_said(cohort: MadeUpCohort) -> None:
    wrong = cohort.runners.with_columns(ended=pl.col("entered") - pl.duration(days=1))
    with pytest.raises(TableError, match="ends before it begins"):
        count_cohort(cohort.sessions, wrong, workers=1)
