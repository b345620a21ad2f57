"""The injury data set of Lövdal, den Hartigh and Azzopardi 2021, as downloaded: two CSV files, read and checked.

The data: doi 10.34894/UWU9PV (DataverseNL). The paper: doi 10.1123/ijspp.2020-0518.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl

from evengait.core.errors import TableError, UsageError
from evengait.core.language import say
from evengait.core.reasons import kept

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

Approach = Literal["day", "week"]
FILES: dict[Approach, str] = {
    "day": "day_approach_maskedID_timeseries.csv",
    "week": "week_approach_maskedID_timeseries.csv",
}
BLOCKS: dict[Approach, int] = {"day": 7, "week": 3}
FEATURES: dict[Approach, int] = {"day": 10, "week": 22}
KEYS = ("Athlete ID", "injury", "Date")
CHECKED_SHARE = 0.95
"""Share of neighbouring rows that must agree for an order of blocks to be told."""


@dataclass(frozen=True)
class InjuryData:
    """One of the two files.

    Attributes
    ----------
    x : float64 array of shape (rows, features)
        As in the file, blocks in time's order: the oldest first, the most recent last.
    names : tuple of str
    athlete : int64 array
    injured : bool array
    day : int64 array
        The file's Date: a running number.
    """

    approach: Approach
    x: NDArray[np.float64]
    names: tuple[str, ...]
    athlete: NDArray[np.int64]
    injured: NDArray[np.bool_]
    day: NDArray[np.int64]


def load_injury_data(folder: Path, approach: Approach) -> InjuryData:
    """Read one of the files and put its blocks into time's order.

    In the day file a column without suffix is seven days before and ``.6`` the day before; in the week file it is the
    other way round. Both are asserted on the rows: where a stream goes on, yesterday's most recent block reappears one
    block earlier. A file that says otherwise is refused, because a mix-up would teach a model the future.

    Raises
    ------
    UsageError
        The folder has no such file.
    TableError
        A column is missing, or the order of the blocks is not what the file's description says.
    """
    file = folder / FILES[approach]
    if not file.is_file():
        raise UsageError(
            say(
                "{file} is not in the folder. Download both files (doi 10.34894/UWU9PV).",
                file=FILES[approach],
            )
        )
    try:
        table = pl.read_csv(file, infer_schema_length=None).cast(pl.Float64)
    except pl.exceptions.PolarsError:
        raise TableError(
            kept("{file} is no CSV as described. Download it again.", file=FILES[approach])
        ) from None
    missing = [name for name in KEYS if name not in table.columns]
    if missing:
        raise TableError(
            kept("Column {name!r} is missing from {file}.", name=missing[0], file=FILES[approach]),
            column=missing[0],
        )
    blocks = _blocks(table.columns, approach)
    flipped = blocks if approach == "day" else blocks[::-1]
    _assert_order(table, flipped, approach)
    extra = [name for name in table.columns if name.startswith("rel total kms")]
    ordered = [name for block in flipped for name in block] + extra
    if len(ordered) + len(KEYS) != len(table.columns):
        known = {*ordered, *KEYS}
        odd = next(name for name in table.columns if name not in known)
        raise TableError(
            kept("Column {name!r} of {file} is not known.", name=odd, file=FILES[approach]), column=odd
        )
    return InjuryData(
        approach,
        table.select(pl.col(ordered).cast(pl.Float64)).to_numpy(),
        tuple(ordered),
        table["Athlete ID"].cast(pl.Int64).to_numpy(),
        table["injury"].cast(pl.Int64).to_numpy() == 1,
        table["Date"].cast(pl.Int64).to_numpy(),
    )


def _blocks(columns: list[str], approach: Approach) -> list[list[str]]:
    first = [name for name in columns if f"{name}.1" in columns]
    if len(first) != FEATURES[approach]:
        raise TableError(
            kept(
                "{file} has {n} features a block; the description says {wanted}.",
                n=len(first),
                wanted=FEATURES[approach],
                file=FILES[approach],
            )
        )
    blocks = [first, *([f"{name}.{i}" for name in first] for i in range(1, BLOCKS[approach]))]
    for block in blocks:
        for name in block:
            if name not in columns:
                raise TableError(
                    kept("Column {name!r} is missing from {file}.", name=name, file=FILES[approach]),
                    column=name,
                )
    return blocks


def _assert_order(table: pl.DataFrame, oldest_first: list[list[str]], approach: Approach) -> None:
    """Compare each row with the athlete's row one block later: newest of the one, one earlier in the other."""
    step = 1 if approach == "day" else 7
    keyed = table.with_row_index("row").select("row", "Athlete ID", "Date")
    pairs = keyed.join(
        keyed.with_columns(pl.col("Date") - step), on=["Athlete ID", "Date"], how="inner", suffix="_next"
    )
    if len(pairs) < 20:
        raise TableError(
            kept("{file} has too few rows that follow each other to check its order.", file=FILES[approach])
        )
    now, later = pairs["row"].to_numpy(), pairs["row_next"].to_numpy()
    newest = table.select(pl.col(oldest_first[-1]).cast(pl.Float64)).to_numpy()[now]
    before = table.select(pl.col(oldest_first[-2]).cast(pl.Float64)).to_numpy()[later]
    agree = float(np.isclose(newest, before, atol=1e-6).all(axis=1).mean())
    if agree < CHECKED_SHARE:
        raise TableError(
            kept(
                "The blocks of {file} are not in the order of its description: only {agree:.0%} of neighbouring rows "
                "agree. Download it again; do not reorder it.",
                file=FILES[approach],
                agree=agree,
            )
        )
