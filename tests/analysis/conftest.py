"""Sessions and bouts made by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pytest

from evengait.core.columns import polars_schema, table
from evengait.core.recording import Bout, Samples

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

FIRST = date(2026, 1, 1)


def session_table(rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """One session per mapping: ``day`` counts from FIRST, the rest are columns; ``km`` is short for distance."""
    filled = []
    for number, given in enumerate(rows):
        row = (
            dict.fromkeys(polars_schema("sessions"))
            | {"session": str(number), "sport": "running"}
            | dict(given)
        )
        on = FIRST + timedelta(days=row.pop("day"))
        if "km" in row:
            row["distance_m"] = row.pop("km") * 1000
        row |= {"local_date": on, "start": datetime(on.year, on.month, on.day, 7, number % 60, tzinfo=UTC)}
        filled.append(row)
    return pl.DataFrame(filled, schema=polars_schema("sessions"))


def bout_of(seconds: Sequence[float], sport: str = "running", **given: Any) -> Bout:
    """Samples at these seconds; columns by their name without the scale, in their unit, NaN = null."""
    columns = {}
    for name in list(given):
        stored = next((c for c in table("samples").values() if c.name.split("_x")[0] == name), None)
        if stored is not None:
            values = np.asarray(given.pop(name), np.float64)
            known = ~np.isnan(values)
            whole = np.round(np.where(known, values, 0.0) * stored.scale).astype(np.int32)
            columns[stored.name] = (whole, None if known.all() else known)
    clock = np.round(np.asarray(seconds, np.float64) * 1e6).astype(np.int64)
    return Bout(int(clock[0]) if len(clock) else 0, sport, Samples(clock, columns), **given)


@pytest.fixture(scope="session")
def bout() -> Callable[..., Bout]:
    """Return the maker of bouts."""
    return bout_of


@pytest.fixture(scope="session")
def sessions() -> Callable[[Sequence[Mapping[str, Any]]], pl.DataFrame]:
    """Return the maker of session tables."""
    return session_table


@pytest.fixture(scope="session")
def day() -> Callable[[int], date]:
    """Return the maker of dates: ``day(0)`` is the first day of the hand-made archives."""
    return lambda number: FIRST + timedelta(days=number)
