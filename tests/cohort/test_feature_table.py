"""The published table: files read as they are, the protocol to the letter, and honestly; all against a known answer."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from sklearn.metrics import average_precision_score, roc_auc_score

from evengait.cohort.crossover import case_crossover
from evengait.cohort.honest import honest_table
from evengait.cohort.lovdal import FILES, InjuryData, load_injury_data
from evengait.cohort.measures import Ranked, cluster_intervals
from evengait.cohort.models import BASELINES
from evengait.cohort.past import earlier_injuries, past_scores
from evengait.cohort.published import balanced, healthy_scores, reproduce_published
from evengait.core.errors import TableError, UsageError
from evengait.simulation.lovdal import INJURIES, ROWS, MadeUpInjuries, simulate_injury_table

SHARED = os.environ.get("EVENGAIT_SHARED")
BOTH = pytest.mark.parametrize("approach", ["day", "week"])


@pytest.fixture(scope="module")
def made() -> MadeUpInjuries:
    return simulate_injury_table("day", seed=4, share=0.5, strength=1.6)


@pytest.fixture(scope="module")
def data(made: MadeUpInjuries, tmp_path_factory: pytest.TempPathFactory) -> InjuryData:
    folder = tmp_path_factory.mktemp("table")
    made.table.write_csv(folder / FILES["day"])
    return load_injury_data(folder, "day")


@BOTH
def test_made_up_files_have_the_published_size_and_prevalence(approach: str) -> None:
    table = simulate_injury_table(approach, seed=2).table
    assert len(table) == ROWS[approach]
    assert table["injury"].sum() == INJURIES[approach]
    assert table["Athlete ID"].n_unique() == 74


@BOTH
@pytest.mark.skipif(not SHARED, reason="needs the excerpt")
def test_made_up_files_have_the_real_files_header(approach: str) -> None:
    file = next((Path(str(SHARED)) / "data" / "lovdal2021-excerpt").glob(f"{approach}_*.csv"))
    with file.open(newline="") as lines:
        header = next(csv.reader(lines))
    assert header == simulate_injury_table(approach, seed=1, share=0.1).table.columns


@BOTH
def test_blocks_come_oldest_first_whatever_the_file_does(approach: str, tmp_path: Path) -> None:
    table = simulate_injury_table(approach, seed=1, share=0.1).table
    table.write_csv(tmp_path / FILES[approach])
    found = load_injury_data(tmp_path, approach)
    newest = "total km.6" if approach == "day" else "total kms"
    kms = [name for name in found.names if name.split(".")[0] == newest.split(".")[0]]
    assert kms[-1] == newest
    assert found.x[:, found.names.index(newest)].tolist() == table[newest].to_list()


@BOTH
def test_a_file_with_its_blocks_the_other_way_round_is_refused(approach: str, tmp_path: Path) -> None:
    table = simulate_injury_table(approach, seed=1, share=0.1).table
    last = 6 if approach == "day" else 2
    first = [name for name in table.columns if f"{name}.1" in table.columns]
    names = {}
    for block in range(last + 1):
        for name in first:
            old, new = ((f"{name}.{i}" if i else name) for i in (block, last - block))
            names[old] = new
    table.rename(names).select(table.columns).write_csv(tmp_path / FILES[approach])
    with pytest.raises(TableError, match="not in the order of its description"):
        load_injury_data(tmp_path, approach)


def test_a_file_that_is_not_there_or_lacks_a_column_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not in the folder"):
        load_injury_data(tmp_path, "day")
    simulate_injury_table("day", seed=1, share=0.1).table.drop("injury").write_csv(tmp_path / FILES["day"])
    with pytest.raises(TableError, match="'injury' is missing"):
        load_injury_data(tmp_path, "day")


def test_the_published_protocol_comes_near_the_known_answer(made: MadeUpInjuries, data: InjuryData) -> None:
    [found] = reproduce_published(data, seed=1, repetitions=1)
    test = data.athlete >= 64
    truth = roc_auc_score(data.injured[test], made.score[test])
    assert truth > 0.75
    assert truth - 0.06 < found.auc < truth + 0.03
    assert 0.5 < found.sensitivity < 1
    assert 0.5 < found.specificity < 1


def test_a_balanced_draw_has_as_many_of_each_class_and_athlete(data: InjuryData) -> None:
    rows = balanced(data.injured, data.athlete, np.random.default_rng(1))
    assert data.injured[rows].mean() == 0.5
    assert len(set(np.bincount(data.athlete[rows])) - {0}) == 1


def test_published_scores_are_of_the_healthy_rows(data: InjuryData) -> None:
    x = healthy_scores(data.x, data.athlete, data.injured)
    rows = (data.athlete == 3) & ~data.injured
    assert x[rows].mean(axis=0) == pytest.approx(0, abs=1e-9)


def test_past_scores_do_not_know_the_future(data: InjuryData) -> None:
    train = data.athlete < 50
    cut = int(np.median(data.day[data.athlete == 60]))
    later = (data.athlete == 60) & (data.day > cut)
    changed = InjuryData(
        data.approach,
        np.where(later[:, None], data.x + 100, data.x),
        data.names,
        data.athlete,
        data.injured ^ (later & ~data.injured),
        data.day,
    )
    before = (data.athlete == 60) & (data.day <= cut)
    assert (past_scores(data, train)[before] == past_scores(changed, train)[before]).all()
    assert (earlier_injuries(data)[before] == earlier_injuries(changed)[before]).all()


def test_the_measures_are_scikit_learns() -> None:
    rng = np.random.default_rng(1)
    chance, injured = np.round(rng.random(500), 2), rng.random(500) < 0.1
    weight = rng.integers(0, 4, 500).astype(float)
    area, precision, _ = Ranked(chance, injured).measures(weight)
    assert area == pytest.approx(roc_auc_score(injured, chance, sample_weight=weight))
    assert precision == pytest.approx(average_precision_score(injured, chance, sample_weight=weight))


def test_chances_that_are_too_bold_by_two_have_a_slope_of_a_half() -> None:
    rng = np.random.default_rng(2)
    odds = rng.normal(-2, 1, 40_000)
    injured = rng.random(40_000) < 1 / (1 + np.exp(-odds))
    bold = 1 / (1 + np.exp(-2 * odds))
    assert Ranked(bold, injured).measures()[2] == pytest.approx(0.5, abs=0.03)


def test_intervals_from_athletes_are_wider_than_from_rows() -> None:
    rng = np.random.default_rng(3)
    athlete = np.repeat(np.arange(20), 100)
    own = rng.normal(0, 1.5, 20)[athlete]
    injured = rng.random(2_000) < 1 / (1 + np.exp(2 - own))
    chance = 1 / (1 + np.exp(2 - own))
    wide, narrow = (
        cluster_intervals([chance], injured, who, draws=200, seed=1)["auc"]["interval"]
        for who in (athlete, np.arange(2_000))
    )
    assert wide[1] - wide[0] > 1.3 * (narrow[1] - narrow[0])


def test_the_honest_protocol_comes_near_the_known_answer(made: MadeUpInjuries, data: InjuryData) -> None:
    found = honest_table(data, repetitions=1, draws=50, models=("ridge", "boosted"))
    truth = roc_auc_score(data.injured, made.score)
    assert set(found) == {"ridge", "boosted", *BASELINES}
    for name in ("ridge", "boosted"):
        assert truth - 0.08 < found[name]["auc"]["value"] < truth + 0.02
        low, high = found[name]["calibration_slope"]["interval"]
        assert low < 1.1
        assert high > 0.8
    assert found["ridge"]["auc"]["value"] > found["total_km"]["auc"]["value"]
    assert found["previous_injury"]["auc"]["value"] < 0.65


def test_nothing_is_found_where_nothing_predicts(tmp_path: Path) -> None:
    simulate_injury_table("week", seed=5, share=0.3, strength=0.0).table.write_csv(tmp_path / FILES["week"])
    data = load_injury_data(tmp_path, "week")
    found = honest_table(data, repetitions=1, draws=100, models=("ridge",))
    low, high = found["ridge"]["auc"]["interval"]
    assert low < 0.5 < high + 0.03
    for one in case_crossover(data)["odds_ratios"].values():
        assert one["interval"][0] < 1.1
        assert one["interval"][1] > 0.9


def test_case_crossover_finds_the_known_odds(made: MadeUpInjuries, data: InjuryData) -> None:
    found = case_crossover(data)
    assert found["cases"] > 150
    known = {"exertion": made.effects["perceived exertion"], "km": made.effects["total km"]}
    for name, log_odds in known.items():
        low, high = found["odds_ratios"][name]["interval"]
        assert low < np.exp(log_odds) < high


def test_too_few_cases_give_no_odds(data: InjuryData) -> None:
    few = data.injured & (np.cumsum(data.injured) < 15)
    found = case_crossover(InjuryData(data.approach, data.x, data.names, data.athlete, few, data.day))
    assert found["odds_ratios"] == {}
    assert "fewer than ten cases" in found["why"]


def test_a_table_with_text_is_refused(tmp_path: Path) -> None:
    table = simulate_injury_table("day", seed=1, share=0.1).table
    table.with_columns(pl.lit("?").alias("total km.3")).write_csv(tmp_path / FILES["day"])
    with pytest.raises(TableError):
        load_injury_data(tmp_path, "day")
