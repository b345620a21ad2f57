"""Made-up runs along the ways of real extracts, where EVENGAIT_OSM names a folder with some."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest

from evengait.analysis.surface.match import UNKNOWN, match
from evengait.analysis.surface.steps import steps_of
from evengait.analysis.surface.way_kinds import WayKinds
from evengait.core.ground import GROUNDS
from evengait.ingest.osm.extract import read_extract
from evengait.knowledge.ground_rules import ground_rules
from evengait.simulation.town_run import WatchSettings, run_through

FOLDER = Path(os.environ.get("EVENGAIT_OSM", "nowhere"))
BENCHMARKS = Path(__file__).parents[3] / "benchmarks"


@pytest.mark.parametrize(
    "name", ["Helsinki.osm.pbf", "north-bayreuth.osm.gz", "liechtenstein-2013-08-03.osm.pbf"]
)
def test_runs_along_real_ways_are_told_what_the_map_says_of_them(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not (FOLDER / name).exists():
        pytest.skip("no real extract here")
    monkeypatch.setattr(sys, "path", [str(BENCHMARKS), *sys.path])
    from real_ways import real_town

    town, ways = real_town(FOLDER / name), read_extract(FOLDER / name, WayKinds(ground_rules()))
    right = told = every = 0.0
    for seed in range(3):
        run = run_through(town, seed, 5000, WatchSettings(5.0))
        steps = steps_of(run.samples, "running")
        assert steps is not None
        ground = match(steps, ways).ground
        at = np.searchsorted(run.along_m, steps.along_m).clip(0, len(run.along_m) - 1)
        known = ground != UNKNOWN
        right += float(steps.metres[known & (np.array([*GROUNDS, "?"])[ground] == run.ground[at])].sum())
        told += float(steps.metres[known].sum())
        every += float(steps.metres.sum())
    assert told > 0.8 * every
    assert right > 0.93 * told
