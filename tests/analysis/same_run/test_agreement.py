from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evengait.analysis.same_run.agreement import match
from evengait.core.recording import Samples
from evengait.core.same_run import Brief
from recorded_runs import LIMITS, Run, brief


def judged(one: Brief, other: Brief) -> str | None:
    """Judge two recordings; the answer must not hang on which is named first."""
    there, back = match(one, other, LIMITS), match(other, one, LIMITS)
    assert (there is None) == (back is None)
    if there is None or back is None:
        return None
    assert there.shift_us == -back.shift_us
    return there.how


@pytest.mark.parametrize("seed", range(12))
def test_watch_and_phone_on_one_runner_are_one_run(seed: int) -> None:
    run = Run(seed)
    phone = brief("p", run.recorded(2, begin=40, end=-65, every=3, noise_m=9, columns="place"))
    assert judged(brief("w", run.recorded(1)), phone) == "track"


@pytest.mark.parametrize("seed", range(12))
def test_a_phones_recording_of_a_part_is_a_part(seed: int) -> None:
    run = Run(seed)
    assert judged(brief("w", run.recorded(1)), brief("p", run.recorded(2, begin=1500, end=2400))) == "track"


@pytest.mark.parametrize("seed", range(12))
def test_two_runners_of_one_race_are_two(seed: int) -> None:
    one, other = Run(seed, way=seed), Run(seed + 100, way=seed, pace=3.1)
    assert judged(brief("a", one.recorded(1)), brief("b", other.recorded(2, end=3500))) is None


@pytest.mark.parametrize("seed", range(12))
def test_two_runners_side_by_side_are_told_apart_by_heart_and_step(seed: int) -> None:
    one, other = Run(seed), Run(seed + 100)
    other.north, other.east = one.north, one.east
    other.pulse = one.pulse + 20
    other.steps = one.steps - 12
    assert judged(brief("a", one.recorded(1)), brief("b", other.recorded(2))) is None


def test_an_optical_pulse_that_is_off_for_a_while_is_still_the_runners() -> None:
    run = Run(5)
    strap = brief("a", run.recorded(1))
    run.pulse[:900] = 172.0
    assert judged(strap, brief("b", run.recorded(2))) == "track"


def test_back_to_back_runs_on_one_way_are_two() -> None:
    run = Run(3, 1800)
    first, second = brief("a", run.recorded(1)), brief("b", Run(4, 1800, way=3).recorded(2, shift=1830))
    assert judged(first, second) is None


@pytest.mark.parametrize("seed", range(8))
def test_the_same_way_again_in_the_evening_is_another_run(seed: int) -> None:
    morning, evening = Run(seed, way=seed), Run(seed + 50, way=seed)
    assert judged(brief("a", morning.recorded(1)), brief("b", evening.recorded(2, shift=36_000))) is None


@pytest.mark.parametrize("shift", [-7200, 3600, 19_800, 50_400, 137, -53])
@pytest.mark.parametrize("columns", ["place", "place pulse", "pulse"])
def test_a_copy_under_another_clock_is_the_same_run(shift: int, columns: str) -> None:
    samples = Run(6).recorded(1, columns=columns)
    moved = Samples(samples.timestamp_us + shift * 1_000_000, samples.columns)
    found = match(brief("a", samples), brief("b", moved), LIMITS)
    assert found is not None
    # A pulse alone changes too slowly to show a minute or two: the same run either way.
    assert (found.how, found.shift_us) in {("shifted", -shift * 1_000_000), ("pulse", 0)}
    assert found.how == "shifted" or columns == "pulse"


def test_a_watch_whose_clock_is_minutes_off_is_found_by_track_and_pulse() -> None:
    run = Run(7)
    found = match(
        brief("a", run.recorded(1)), brief("b", run.recorded(2, begin=15, end=-20, shift=150)), LIMITS
    )
    assert found is not None
    assert abs(found.shift_us / 1e6 + 150) <= 10


@pytest.mark.parametrize("seed", range(6))
def test_a_runner_two_minutes_behind_at_the_same_pace_is_another(seed: int) -> None:
    one, other = Run(seed, way=seed), Run(seed + 100, way=seed)
    other.metres = one.metres
    other.north, other.east = one.north, one.east
    assert judged(brief("a", one.recorded(1)), brief("b", other.recorded(2, shift=120))) is None


def test_without_tracks_and_pulses_the_time_decides() -> None:
    run = Run(8)
    pod = brief("a", run.recorded(1, columns="steps"))
    assert judged(pod, brief("b", run.recorded(2, begin=100, columns=""))) == "time"
    assert judged(pod, brief("b", run.recorded(2, begin=1500, columns=""))) is None


def test_indoors_two_pulses_tell_two_people() -> None:
    one, other = Run(1), Run(2)
    other.pulse = one.pulse + 25
    treadmill: dict[str, Any] = {"columns": "pulse"}
    assert (
        judged(brief("a", one.recorded(1, **treadmill)), brief("b", other.recorded(2, **treadmill))) is None
    )
    assert (
        judged(brief("a", one.recorded(1, **treadmill)), brief("b", one.recorded(2, **treadmill))) == "pulse"
    )


def test_another_sport_is_another_session_but_an_unnamed_one_may_be_the_same() -> None:
    samples = Run(9).recorded(1)
    watch = brief("a", samples)
    assert judged(watch, brief("b", samples, "cycling")) is None
    assert judged(watch, brief("b", samples, "other")) == "track"
    assert judged(watch, brief("b", samples, "walking")) == "track"
    assert judged(brief("a", Run(9).recorded(1, columns="")), brief("b", samples, "walking")) is None


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 50),
    st.integers(0, 50),
    st.integers(0, 3000),
    st.integers(20, 3600),
    st.integers(-4000, 4000),
    st.sampled_from(["place pulse steps", "place", "pulse", "steps", ""]),
)
def test_the_answer_never_hangs_on_the_order(
    one: int, other: int, begin: int, length: int, shift: int, columns: str
) -> None:
    a = Run(one, way=one % 5).recorded(1)
    b = Run(other, way=other % 5).recorded(2, begin=begin, end=begin + length, shift=shift, columns=columns)
    if len(b):
        judged(brief("a", a), brief("b", b))


def test_a_gap_in_the_samples_says_nothing() -> None:
    samples = Run(1).recorded(1)
    keep = (np.arange(len(samples)) < 600) | (np.arange(len(samples)) > 1800)
    holey = Samples(samples.timestamp_us[keep], {k: (v[keep], None) for k, (v, _) in samples.columns.items()})
    trace = brief("a", holey).trace
    assert trace is not None
    assert trace.pulse is not None
    assert (trace.pulse[31:90] == -1).all()
    assert judged(brief("a", holey), brief("b", samples)) == "track"


def test_an_instant_is_its_own_copy_only() -> None:
    one = Brief("a", 5, 5, "running", 1, frozenset())
    assert judged(one, replace(one, recording="b")) == "time"
    assert judged(one, replace(one, recording="b", start_us=6, end_us=6)) is None


@pytest.mark.parametrize("columns", ["place pulse steps", "place", "pulse", ""])
@pytest.mark.parametrize("seconds", [15, 61, 140, 900])
def test_the_beginning_of_a_run_from_a_file_that_was_cut_is_that_run(seconds: int, columns: str) -> None:
    samples = Run(7).recorded(1, columns=columns)
    part = Samples(
        samples.timestamp_us[1:seconds], {n: (v[1:seconds], None) for n, (v, _) in samples.columns.items()}
    )
    assert judged(brief("whole", samples), brief("cut", part, "other")) is not None


def test_two_that_begin_in_one_second_far_apart_are_two_runs() -> None:
    part = Run(21).recorded(2, end=90, columns="place")
    assert judged(brief("a", Run(20).recorded(1)), brief("b", part)) is None
