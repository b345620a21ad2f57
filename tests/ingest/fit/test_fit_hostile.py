"""Values that no recording can have: each was found by breaking files, and is bounded since."""

from __future__ import annotations

import numpy as np

from evengait.actions.read_member import bouts_that_count
from evengait.analysis.session import summarise
from evengait.core.recording import Bout, DeviceTotals, Samples
from evengait.ingest.fit import read
from evengait.ingest.fit.encode import MessageSpec, encode_messages

NOW = 1_141_281_000
EPOCH = 631_065_600


def activity(times: list[int], session: dict[int, tuple[str, list[int]]] | None = None) -> bytes:
    heart = {3: ("uint8", [150] * len(times))}
    specs = [
        MessageSpec(0, {0: ("enum", [4])}),
        MessageSpec(20, {253: ("uint32", times), **heart}),
    ]
    if session is not None:
        specs.append(MessageSpec(18, session))
    return encode_messages(specs)


def test_a_step_of_days_within_a_session_is_a_clock_that_was_set() -> None:
    forward = [NOW + i for i in range(3)] + [NOW + 30 * 86_400 + i for i in range(40)]
    recording = read(activity(forward))
    (bout,) = recording.bouts
    assert len(bout.samples) == 40
    assert bout.start_us == (NOW + 30 * 86_400 + EPOCH) * 1_000_000
    assert any("3 samples with the other time" in problem for problem in recording.problems)


def test_a_session_longer_than_eleven_days_ends_there() -> None:
    every_day = [NOW + i * 86_400 for i in range(40)]
    recording = read(activity(every_day))
    (bout,) = recording.bouts
    elapsed = summarise(bout)["elapsed_s"]
    assert isinstance(elapsed, float)
    assert 900_000 < elapsed <= 1_000_000
    assert any("left out" in problem for problem in recording.problems)


def test_a_session_whose_start_is_of_another_clock_starts_with_its_samples() -> None:
    session = {2: ("uint32", [NOW - 900 * 86_400]), 7: ("uint32", [60_000]), 5: ("enum", [1])}
    (bout,) = bouts_that_count(read(activity([NOW + i for i in range(60)], session)))
    assert bout.start_us == (NOW + EPOCH) * 1_000_000


def test_totals_that_cannot_be_are_unknown() -> None:
    totals = DeviceTotals(ascent_m=65_534.0, heart_rate_bpm=0.0, distance_m=4e7, steps=8e9, elapsed_s=60.0)
    row = summarise(Bout(0, "running", Samples(np.zeros(0, np.int64), {}), totals=totals))
    assert (row["ascent_m"], row["heart_rate_bpm"], row["distance_m"], row["steps"]) == (None,) * 4
    assert row["elapsed_s"] == 60.0


def test_a_session_that_says_it_lasted_for_weeks_does_not_say_how_long() -> None:
    session = {2: ("uint32", [NOW]), 7: ("uint32", [4_294_947_692]), 5: ("enum", [1])}
    (bout,) = read(activity([NOW + i for i in range(60)], session)).bouts
    assert bout.totals.elapsed_s is None
    assert len(bout.samples) == 60
    alone = encode_messages([MessageSpec(0, {0: ("enum", [4])}), MessageSpec(18, session)])
    assert not bouts_that_count(read(alone))
