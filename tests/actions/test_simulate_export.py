from __future__ import annotations

import csv
import gzip
import hashlib
import zipfile
from datetime import timedelta
from io import TextIOWrapper

import polars as pl
import pytest

from evengait.actions.simulate_export import simulate_export
from evengait.analysis.session import summarise
from evengait.ingest import fit
from evengait.simulation.history import simulate_history
from evengait.simulation.runners import story_runner


@pytest.fixture(scope="module")
def history():
    return simulate_history(3, days=180, profile=story_runner())


@pytest.fixture(scope="module")
def export(tmp_path_factory, history):
    path = tmp_path_factory.mktemp("export") / "export.zip"
    short = history.sessions.tail(14)
    summary = simulate_export(path, seed=3, history=_with(history, short), workers=1)
    return path, summary, short


def _with(history, sessions):
    from dataclasses import replace

    return replace(history, sessions=sessions)


def test_every_session_has_its_recording_and_its_line(export):
    path, summary, short = export
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        recordings = {name for name in archive.namelist() if name.startswith("activities/")}
        with archive.open("activities.csv") as raw:
            lines = list(csv.reader(TextIOWrapper(raw, "utf-8")))
    at = lines[0].index("Filename")
    assert {line[at] for line in lines[1:] if line[at]} == recordings
    assert len(recordings) == summary.sessions == short.height
    assert summary.runs == (short["sport"] == "running").sum()
    assert summary.bytes == path.stat().st_size


def test_something_in_it_is_no_session(export):
    path, _, _ = export
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    assert {"shoes.csv", "profile.csv"} <= set(names)
    assert any(name.startswith("media/") for name in names)


def test_what_is_read_back_is_the_history(export):
    path, _, short = export
    runs = short.filter(pl.col("sport") == "running").sort("start").to_dicts()
    found = []
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".fit.gz"):
                bout = fit.read(gzip.decompress(archive.read(name))).bouts[0]
                if bout.sport == "running":
                    found.append((bout.start_us, bout, summarise(bout)))
    for row, (start_us, bout, metrics) in zip(runs, sorted(found, key=lambda one: one[0]), strict=True):
        assert start_us == row["start"].timestamp() * 1_000_000
        assert bout.utc_offset_s == row["utc_offset_s"]
        assert (bout.device, bout.gait_sensor) == (row["device"], row["gait_sensor"])
        assert metrics["distance_m"] == pytest.approx(row["distance_m"], abs=0.1)
        assert metrics["moving_s"] == pytest.approx(row["moving_s"], rel=0.01)
        assert metrics["descent_m"] == pytest.approx(row["descent_m"], rel=0.15, abs=4)


def test_the_same_seed_gives_the_same_bytes_with_one_process_or_two(tmp_path, export, history):
    path, _, short = export
    again = simulate_export(tmp_path / "again.zip", seed=3, history=_with(history, short), workers=2)
    assert hashlib.sha256(again.path.read_bytes()).digest() == hashlib.sha256(path.read_bytes()).digest()


def test_so_many_runs_are_kept_the_newest_and_progress_is_told(tmp_path):
    seen = []
    summary = simulate_export(
        tmp_path / "few.zip",
        seed=5,
        days=180,
        runs=10,
        workers=1,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert summary.runs == 10
    assert seen[-1] == (summary.sessions, summary.sessions)
    assert not list(tmp_path.glob("*.part"))


def test_older_sessions_may_be_sparse(tmp_path, history):
    short = history.sessions.filter(pl.col("sport") == "running").tail(4)
    dates = short["local_date"].to_list()
    sparse = simulate_export(
        tmp_path / "sparse.zip",
        seed=3,
        history=_with(history, short),
        sparse_before=dates[-1] + timedelta(days=1),
        workers=1,
    )
    whole = simulate_export(tmp_path / "whole.zip", seed=3, history=_with(history, short), workers=1)
    assert sparse.bytes < 0.4 * whole.bytes
