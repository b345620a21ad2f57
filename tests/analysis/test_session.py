from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from evengait.analysis.load.stretches import Stretches
from evengait.analysis.session import SESSION_METRICS, summarise
from evengait.core.columns import table
from evengait.core.recording import Bout, DeviceTotals, Samples

NOT_MADE_HERE = {"rpe_cr10", "paved_share", "gravel_share", "trail_share", "surface_sure", "surface_source"}


def metric_columns() -> list[str]:
    names = list(table("sessions"))
    wanted = names[names.index("elapsed_s") : names.index("gait_balance_left_pct") + 1]
    return [name for name in wanted if name not in NOT_MADE_HERE]


def test_every_metric_column_of_the_table_is_filled_and_no_other() -> None:
    empty = Bout(0, "running", Samples(np.zeros(0, np.int64), {}))
    assert sorted(summarise(empty)) == sorted(metric_columns())


def test_a_bout_without_samples_knows_only_what_the_device_says() -> None:
    empty = Bout(
        0,
        "running",
        Samples(np.zeros(0, np.int64), {}),
        totals=DeviceTotals(distance_m=5000.0, timer_s=1500.0),
    )
    row = summarise(empty)
    assert row["distance_m"] == 5000.0
    assert row["moving_s"] == 1500.0
    assert row["ascent_m"] is None
    assert row["steps"] is None
    assert row["speed_hist_m"] is None


def test_a_bout_without_samples_or_totals_is_all_unknown() -> None:
    assert set(summarise(Bout(0, "strength", Samples(np.zeros(0, np.int64), {}))).values()) == {None}


def test_no_two_metrics_fill_the_same_column() -> None:
    stretches = Stretches(Bout(0, "running", Samples(np.zeros(0, np.int64), {})))
    filled = [column for metric in SESSION_METRICS for column in metric(stretches)]
    assert len(filled) == len(set(filled))


def column(name: str, size: int) -> st.SearchStrategy[tuple[np.ndarray, np.ndarray | None]]:
    """Whatever a reader may hand over in a column, to the edges of its range."""
    described = table("samples")[name]
    low, high = described.range or (-(2**31), 2**31 - 1)
    values = st.integers(int(low * described.scale), int(high * described.scale)) | st.just(0)
    drawn = st.lists(values, min_size=size, max_size=size).map(lambda v: np.array(v, np.int32))
    known = st.lists(st.booleans(), min_size=size, max_size=size).map(lambda v: np.array(v, bool))
    return st.tuples(drawn, st.none() | known)


@st.composite
def bouts(draw: st.DrawFn) -> Bout:
    """Bouts as odd as devices make them: gaps, equal instants, nulls, wild values, pauses anywhere."""
    size = draw(st.integers(0, 30))
    gaps = draw(st.lists(st.sampled_from([0, 1, 2, 7, 45, 600, 10**6]), min_size=size, max_size=size))
    names = [name for name in table("samples") if name not in ("session", "timestamp")]
    chosen = draw(st.lists(st.sampled_from(names), unique=True))
    columns = {name: draw(column(name, size)) for name in chosen}
    instant = st.integers(-100, 5000).map(lambda s: s * 10**6)
    pauses = draw(st.lists(st.tuples(instant, instant), max_size=3))
    sport = draw(st.sampled_from(table("sessions")["sport"].values or ()))
    samples = Samples(np.cumsum(np.array(gaps, np.int64)) * 10**6, columns)
    return Bout(
        0, sport, samples, draw(st.sampled_from([None, "track", "treadmill"])), pauses_us=tuple(pauses)
    )


@settings(max_examples=150, deadline=None)
@given(bouts())
def test_no_recording_is_too_odd_and_every_value_is_null_or_in_range(bout: Bout) -> None:
    for name, value in summarise(bout).items():
        low_high = table("sessions")[name].range
        if value is not None and low_high is not None:
            assert isinstance(value, float)
            assert np.isfinite(value)
            # A fortnight of samples is more than any session: only the lower end holds for these.
            assert low_high[0] <= value <= (low_high[1] if name == "heart_rate_bpm" else np.inf)
