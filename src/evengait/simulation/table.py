"""The sessions of a history as the table every analysis takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pyarrow as pa

from evengait.core.columns import polars_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


def ragged(values: NDArray[Any], lengths: Ints, known: NDArray[np.bool_]) -> pl.Series:
    """Return a column of lists.

    Parameters
    ----------
    values : array, shape (sum of lengths,)
        NaN = null inside a list.
    lengths : int array, shape (rows,)
        0 where ``known`` is false.
    known : bool array, shape (rows,)
        False = the whole list is null.

    Examples
    --------
    >>> ragged(np.array([1.0, 2.0]), np.array([2, 0]), np.array([True, False])).to_list()
    [[1.0, 2.0], None]
    """
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    inner = pa.array(values, from_pandas=True)
    lists = pa.LargeListArray.from_arrays(pa.array(offsets, pa.int64()), inner, mask=pa.array(~known))
    out = pl.from_arrow(lists)
    if not isinstance(out, pl.Series):  # pragma: no cover - Arrow arrays become series
        raise TypeError
    return out


def nullable(values: Floats, known: NDArray[np.bool_] | bool) -> pl.Series:
    """Return a column of floats, null where the value is not known.

    Examples
    --------
    >>> nullable(np.array([1.0, 2.0]), np.array([True, False])).to_list()
    [1.0, None]
    """
    return pl.Series(np.where(known, values, np.nan), nan_to_null=True)


def words(values: NDArray[np.str_], known: NDArray[np.bool_]) -> pl.Series:
    """Return a column of text, null where it is not known.

    Examples
    --------
    >>> words(np.array(["a", "b"]), np.array([True, False])).to_list()
    ['a', None]
    """
    return pl.Series(
        [value if there else None for value, there in zip(values.tolist(), known.tolist(), strict=True)]
    )


def sessions_frame(columns: Mapping[str, Any], rows: int) -> pl.DataFrame:
    """Return a [sessions] table: the schema's columns in order, null where ``columns`` has none.

    Parameters
    ----------
    columns : mapping of str to values
        Names of ``core/columns.toml`` [sessions].
    rows : int
    """
    schema = polars_schema("sessions")
    return pl.DataFrame([_series(name, columns.get(name), dtype, rows) for name, dtype in schema.items()])


def _series(name: str, values: Any, dtype: pl.DataType, rows: int) -> pl.Series:
    if values is None:
        return pl.Series(name, [None], dtype=dtype).new_from_index(0, rows)
    if isinstance(values, np.ndarray) and values.dtype.kind == "U":
        values = values.tolist()
    return pl.Series(name, values).cast(dtype)
