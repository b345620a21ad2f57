"""What is known of the ground of each session, from several witnesses: the most telling one speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from polars import DataFrame

LEAST_KNOWN = 0.5
"""A map speaks for a session only if it tells the ground of this part of its metres. Design choice."""

LEAST_SURE = 0.6
"""And if it should be right for this part of those. Design choice."""


def with_ground(sessions: DataFrame, surfaces: DataFrame) -> DataFrame:
    """Lay what a map tells over what the recordings and exports tell.

    Parameters
    ----------
    sessions : DataFrame
        The [sessions] table; ``paved_share`` by label, dirt distance or sub-sport.
    surfaces : DataFrame
        The [surfaces] table; sessions may lack.

    Returns
    -------
    DataFrame
        The same rows and order; ``paved_share``, ``surface_source``, ``gravel_share``, ``trail_share`` and
        ``surface_sure`` from the map where it speaks.

    Notes
    -----
    The runner's own label comes first: somebody was there. Then a map, which measures every metre and says how sure it
    is; then an export's dirt distance, also from a map, but one that does not say what it did not know; then the
    watch's profile. A running track counts as unknown: it is neither paved nor trail.
    """
    if surfaces.is_empty():
        return sessions
    on = [pl.col(f"{ground}_m") for ground in ("paved", "gravel", "trail")]
    known = pl.sum_horizontal(on)
    every = known + pl.col("other_m") + pl.col("unknown_m")
    speaks = (
        (pl.col("source") == "map")
        & (known >= LEAST_KNOWN * every)
        & (known > 0)
        & (pl.col("sure") >= LEAST_SURE)
    )
    told = surfaces.filter(speaks).select(
        "session",
        (on[0] / known).alias("_paved"),
        (on[1] / known).alias("_gravel"),
        (on[2] / known).alias("_trail"),
        pl.col("sure").alias("_sure"),
    )
    joined = sessions.join(told, on="session", how="left", maintain_order="left")
    takes = pl.col("_paved").is_not_null() & pl.col("surface_source").ne_missing("label")
    return joined.with_columns(
        paved_share=pl.when(takes).then("_paved").otherwise("paved_share"),
        surface_source=pl.when(takes).then(pl.lit("map")).otherwise("surface_source"),
        gravel_share=pl.when(takes).then("_gravel").otherwise("gravel_share"),
        trail_share=pl.when(takes).then("_trail").otherwise("trail_share"),
        surface_sure=pl.when(takes).then("_sure").otherwise("surface_sure"),
    ).drop("_paved", "_gravel", "_trail", "_sure")


def ground_of(surfaces: DataFrame) -> DataFrame:
    """Return the ground of each session as one value.

    Parameters
    ----------
    surfaces : DataFrame
        The [surfaces] table.

    Returns
    -------
    DataFrame
        ``session`` and ``surfaces``, a struct: ``paved``, ``gravel``, ``trail`` and ``unknown`` are shares that add up
        to 1 (null without a distance); a running track is none of the three and counts as unknown there. ``sure``,
        ``source`` and ``map`` as in the table, and ``paved_m`` to ``unknown_m``.
    """
    metres = {name: pl.col(f"{name}_m") for name in ("paved", "gravel", "trail", "other", "unknown")}
    every = pl.sum_horizontal(*metres.values(), ignore_nulls=False)
    shares = [(metres[name] / every).fill_nan(None).alias(name) for name in ("paved", "gravel", "trail")]
    rest = ((metres["other"] + metres["unknown"]) / every).fill_nan(None).alias("unknown")
    return surfaces.select(
        "session", surfaces=pl.struct(*shares, rest, "sure", "source", "map", *metres.values())
    )
