"""What the tests of made-up histories count by hand, apart from the code under test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from evengait.simulation.history import SimulatedHistory

    Daily = Callable[..., NDArray[np.float64]]


@pytest.fixture
def runs() -> Callable[[SimulatedHistory], pl.DataFrame]:
    return lambda history: history.sessions.filter(pl.col("sport") == "running")


@pytest.fixture
def daily() -> Daily:
    """Sum (or the largest) of a column of the runs for every day of the span."""

    def count(
        history: SimulatedHistory, column: str = "distance_m", largest: bool = False
    ) -> NDArray[np.float64]:
        frame = history.sessions.filter(pl.col("sport") == "running")
        place = (frame["local_date"] - history.first).dt.total_days().to_numpy()
        out = np.zeros((history.last - history.first).days + 1)
        (np.maximum if largest else np.add).at(out, place, frame[column].fill_null(0).to_numpy())
        return out

    return count
