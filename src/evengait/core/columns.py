"""The tables of the house, read from ``columns.toml``: dtype, unit, range and meaning of every column."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Column:
    """One column: its name, dtype as written in ``columns.toml``, unit, allowed range and meaning."""

    name: str
    dtype: str
    unit: str
    meaning: str
    scale: int = 1
    range: tuple[float, float] | None = None
    values: tuple[str, ...] | None = None


@cache
def table(name: str) -> dict[str, Column]:
    """Return the columns of a table, in order.

    Parameters
    ----------
    name : str
        ``samples``, ``sessions``, ``surfaces``, ``files``, ``exposures`` or ``strength_sets``.

    Returns
    -------
    dict of str to Column

    Raises
    ------
    KeyError
        No such table.

    Examples
    --------
    >>> table("samples")["altitude_m_x5"].scale
    5
    """
    return {key: _column(key, entry) for key, entry in _tables()[name].items()}


@cache
def _tables() -> dict[str, dict[str, dict[str, Any]]]:
    return tomllib.loads(files("evengait.core").joinpath("columns.toml").read_text("utf-8"))


def _column(name: str, entry: dict[str, Any]) -> Column:
    low_high = entry.get("range")
    return Column(
        name,
        entry["dtype"],
        entry["unit"],
        entry["meaning"],
        entry.get("scale", 1),
        (low_high[0], low_high[1]) if low_high else None,
        tuple(entry["values"]) if "values" in entry else None,
    )


def polars_schema(name: str) -> dict[str, pl.DataType]:
    """Return a table's columns as Polars dtypes, in order.

    Examples
    --------
    >>> polars_schema("exposures")["covered"]
    Boolean
    """
    import polars as pl

    plain: dict[str, pl.DataType] = {
        "str": pl.String(),
        "bool": pl.Boolean(),
        "int16": pl.Int16(),
        "int32": pl.Int32(),
        "int64": pl.Int64(),
        "float32": pl.Float32(),
        "float64": pl.Float64(),
        "date": pl.Date(),
        "time": pl.Time(),
        "datetime": pl.Datetime("us", "UTC"),
    }

    def dtype(text: str) -> pl.DataType:
        return pl.List(plain[text[5:-1]]) if text.startswith("list[") else plain[text]

    return {key: dtype(column.dtype) for key, column in table(name).items()}
