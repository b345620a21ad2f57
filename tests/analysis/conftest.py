"""Sessions made by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from evengait.core.columns import polars_schema

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


@pytest.fixture
def sessions() -> Callable[[Sequence[Mapping[str, Any]]], pl.DataFrame]:
    """Return the maker of session tables."""
    return session_table


@pytest.fixture
def day() -> Callable[[int], date]:
    """Return the maker of dates: ``day(0)`` is the first day of the hand-made archives."""
    return lambda number: FIRST + timedelta(days=number)
