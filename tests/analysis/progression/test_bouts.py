"""Walk and run told apart: made-up sessions whose truth is known, and real ones whose two witnesses must agree."""

from __future__ import annotations

import csv
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.analysis.progression.bouts import GaitBout, gait_bouts
from evengait.core.recording import Bout, Samples
from evengait.knowledge.progression_book import progression

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

READING = progression().reading
GAITS = {"walk": (1.5, 112.0), "run": (2.7, 166.0), "stand": (0.0, 0.0)}


def session(
    parts: list[tuple[str, int]], *, seed: int = 1, every: int = 1, steps: bool = True, speed: bool = True,
    noise: float = 0.15, nothing: bool = False,
) -> Bout:  # fmt: skip
    """Make up a recording of walking and running: a watch's lag and a receiver's noise included."""
    rng = np.random.default_rng(seed)
    truth = np.concatenate([np.full(seconds, index) for index, (_, seconds) in enumerate(parts)])
    pace = np.array([GAITS[kind][0] for kind, _ in parts])[truth]
    rate = np.array([GAITS[kind][1] for kind, _ in parts])[truth]
    lagged = np.convolve(np.pad(pace, (4, 0), mode="edge"), np.full(5, 0.2), mode="valid")
    said = np.maximum(0, lagged + rng.normal(0, noise, len(truth)) * (lagged > 0))
    columns: dict[str, tuple[NDArray[np.integer], None]] = {
        "distance_m_x100": (np.cumsum(100 * said).astype(np.int64), None)
    }
    if speed:
        columns["speed_m_s_x1000"] = ((1000 * said).astype(np.int64), None)
    if steps:
        columns["step_rate_spm_x64"] = (
            (64 * rate + rng.normal(0, 128, len(rate)) * (rate > 0)).astype(np.int64),
            None,
        )
    if nothing:
        columns = {"heart_rate_bpm": (np.full(len(truth), 130), None)}
    kept = np.arange(0, len(truth), every)
    return Bout(
        0,
        "running",
        Samples(kept * 1_000_000, {name: (values[kept], None) for name, (values, _) in columns.items()}),
    )


def ladder(walk: int, run: int, repeats: int = 6) -> list[tuple[str, int]]:
    return [("walk", 60 * walk), ("run", 60 * run)] * repeats


def seconds(bouts: tuple[GaitBout, ...], kind: str) -> float:
    return sum(bout.seconds for bout in bouts if bout.kind == kind)


@pytest.mark.parametrize(("walk", "run"), [(4, 1), (3, 2), (2, 3), (1, 4)])
@pytest.mark.parametrize("witness", ["both", "steps", "speed", "distance", "every five seconds"])
def test_the_ladders_bouts_are_found_whatever_the_watch_writes(walk: int, run: int, witness: str) -> None:
    bout = session(
        ladder(walk, run), steps=witness in {"both", "steps", "every five seconds"},
        speed=witness in {"both", "speed", "every five seconds"}, every=5 if witness.startswith("every") else 1,
    )  # fmt: skip
    found = gait_bouts(bout, READING)
    runs = [one for one in found if one.kind == "run"]
    assert len(runs) == 6
    assert all(abs(one.seconds - 60 * run) <= 10 for one in runs)
    assert abs(seconds(found, "walk") - 360 * walk) <= 40
    metres = [one.metres for one in runs]
    assert all(m is not None and abs(m - 162 * run) < 0.1 * 162 * run + 15 for m in metres)


def test_a_run_without_a_break_is_one_bout() -> None:
    found = gait_bouts(session([("run", 1800)]), READING)
    assert [(one.kind, round(one.seconds)) for one in found] == [("run", 1799)]


def test_a_crossing_is_standing_and_a_stumble_is_nothing() -> None:
    found = gait_bouts(
        session([("run", 300), ("stand", 40), ("run", 300), ("walk", 8), ("run", 300)]), READING
    )
    assert [one.kind for one in found] == ["run", "stand", "run"]


def test_a_treadmill_that_goes_nowhere_is_told_by_steps() -> None:
    bout = session([("walk", 240), ("run", 240)])
    columns = dict(bout.samples.columns)
    for name in ("speed_m_s_x1000", "distance_m_x100"):
        columns[name] = (np.zeros(480, np.int64), None)
    found = gait_bouts(replace(bout, samples=Samples(bout.samples.timestamp_us, columns)), READING)
    assert [one.kind for one in found] == ["walk", "run"]


def test_a_step_rate_of_one_foot_is_not_believed() -> None:
    bout = session(ladder(2, 3))
    columns = dict(bout.samples.columns)
    values, _ = columns["step_rate_spm_x64"]
    columns["step_rate_spm_x64"] = (values // 2, None)
    found = gait_bouts(replace(bout, samples=Samples(bout.samples.timestamp_us, columns)), READING)
    assert len([one for one in found if one.kind == "run"]) == 6


def test_a_stopped_timer_is_standing() -> None:
    bout = session([("run", 300)], speed=False, steps=True)
    clock = bout.samples.timestamp_us.copy()
    clock[150:] += 300_000_000
    found = gait_bouts(replace(bout, samples=Samples(clock, bout.samples.columns)), READING)
    assert seconds(found, "run") < 310


def test_where_nothing_tells_nothing_is_told() -> None:
    assert gait_bouts(session([("run", 300)], nothing=True), READING) == ()
    assert gait_bouts(Bout(0, "running", Samples(np.zeros(0, np.int64), {})), READING) == ()
    assert gait_bouts(Bout(0, "running", Samples(np.zeros(3, np.int64), {})), READING) == ()


@given(
    st.lists(st.tuples(st.sampled_from(["walk", "run", "stand"]), st.integers(1, 400)), min_size=1, max_size=12),
    st.integers(0, 99), st.booleans(), st.booleans(),
)  # fmt: skip
def test_bouts_fill_the_session_without_gaps_and_none_is_short(
    parts: list[tuple[str, int]], seed: int, steps: bool, speed: bool
) -> None:
    bout = session(parts, seed=seed, steps=steps, speed=speed)
    found = gait_bouts(bout, READING)
    if not found:
        return
    whole = len(bout.samples) - 1
    assert abs(sum(one.seconds for one in found) - whole) < 1e-6
    for before, after in pairwise(found):
        assert abs(before.start_s + before.seconds - after.start_s) < 1e-6
        assert before.kind != after.kind
    assert len(found) == 1 or min(one.seconds for one in found) >= READING.shortest_bout_s


def test_in_real_recordings_step_rate_and_speed_agree(shared: Path) -> None:
    """Two witnesses of one gait, each alone: over hours of real recordings they must say the same nearly always."""
    from evengait.core.errors import IngestError
    from evengait.ingest import fit

    same = whole = 0.0
    rows = list(csv.DictReader((shared / "data" / "MANIFEST.csv").read_text("utf-8").splitlines()))
    for row in [
        r for r in rows if r["path"].endswith(".fit") and ("run" in r["sport"] or "walk" in r["sport"])
    ]:
        try:
            recording = fit.read((shared / "data" / row["path"]).read_bytes())
        except IngestError:
            continue
        for bout in recording.bouts:
            columns = bout.samples.columns
            if bout.sport not in {"running", "walking"} or len(bout.samples) < 300:
                continue
            if "step_rate_spm_x64" not in columns or "distance_m_x100" not in columns:
                continue
            by_speed = {name: column for name, column in columns.items() if name != "step_rate_spm_x64"}
            one = _seconds_run(gait_bouts(bout, READING))
            other = _seconds_run(
                gait_bouts(replace(bout, samples=Samples(bout.samples.timestamp_us, by_speed)), READING)
            )
            size = min(len(one), len(other))
            same += float(np.sum(one[:size] == other[:size]))
            whole += size
    assert whole > 20 * 3600
    assert same / whole > 0.95


def _seconds_run(bouts: tuple[GaitBout, ...]) -> NDArray[np.bool_]:
    out = np.zeros(int(sum(one.seconds for one in bouts)) + 1, bool)
    for one in bouts:
        out[int(one.start_s) : int(one.start_s + one.seconds)] = one.kind == "run"
    return out
