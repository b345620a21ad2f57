"""The process that draws: what it gives, that it comes again, and that it goes with the desk."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import polars as pl
import pytest

from evengait.core.language import speaking, spoken
from evengait.report.pictures import tracks
from evengait.web import drawing

if TYPE_CHECKING:
    from collections.abc import Iterator

POINTS = pl.DataFrame({
    "second": [1.0, 2.0, 3.0], "speed_m_s": [2.5, 2.6, 2.7], "heart_rate_bpm": [140.0, 141.0, 142.0],
    "altitude_m": [None, None, None], "step_rate_spm": [170.0, 171.0, 172.0], "balance_left_pct": [None] * 3,
}, schema_overrides={"altitude_m": pl.Float64, "balance_left_pct": pl.Float64})  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def drawer() -> Iterator[None]:
    with drawing.drawing():
        yield


def process() -> int:
    return drawing._drawers[0]._process.pid


def test_a_picture_is_the_same_as_one_that_is_drawn_here() -> None:
    assert drawing.drawn(tracks, POINTS, "km") == tracks(POINTS, "km")
    assert drawing.drawn(os.getpid) == process() != os.getpid()


def test_it_speaks_the_language_of_the_page() -> None:
    with speaking("de"):
        assert drawing.drawn(spoken) == "de"
    assert drawing.drawn(spoken) == "en"


def test_what_goes_wrong_there_is_told_here() -> None:
    with pytest.raises(FileNotFoundError):
        drawing.drawn(os.stat, "/nonexistent/evengait")
    assert drawing.drawn(os.getpid) == process()


def test_one_that_was_killed_is_started_anew() -> None:
    before = process()
    os.kill(before, signal.SIGKILL)
    drawing._drawers[0]._process.wait(20)
    drawn = drawing.drawn(os.getpid)
    assert drawn not in {before, os.getpid()}
    assert drawn == process()


def test_what_ends_it_does_not_end_the_desk() -> None:
    with pytest.raises(RuntimeError):
        drawing.drawn(os._exit, 1)
    assert drawing.drawn(os.getpid) == process()


def test_where_none_was_started_pictures_are_drawn_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_drawers", [])
    assert drawing.drawn(os.getpid) == os.getpid()


def test_it_goes_with_the_desk() -> None:
    with drawing.drawing():
        pid = drawing._drawers[-1]._process.pid
        os.kill(pid, 0)
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("the process is still there")
