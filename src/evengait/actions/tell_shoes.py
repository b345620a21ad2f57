"""Tell what the archive cannot know of shoes, and list the pairs with everything that is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from evengait.core.errors import UsageError
from evengait.core.shoe import Shoe

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

ON_FOOT = ("running", "walking", "hiking")


@dataclass(frozen=True)
class Pair:
    """One pair.

    Attributes
    ----------
    name : str
    names : tuple of str
        Other names in the archive that are this pair.
    recorded_km : float
        On foot, in the archive.
    before_km : float or None
        What it had done before, as the runner says; None = not said.
    first, last : date or None
        Of its sessions on foot.
    sessions : int
    retired_on : date or None
    """

    name: str
    names: tuple[str, ...]
    recorded_km: float
    before_km: float | None
    first: date | None
    last: date | None
    sessions: int
    retired_on: date | None

    @property
    def km(self) -> float:
        """Everything that is known of it."""
        return self.recorded_km + (self.before_km or 0.0)


def with_shoes(sessions: pl.DataFrame, shoes: Mapping[str, Shoe]) -> pl.DataFrame:
    """Return the sessions with every name of a pair turned into the one it goes by."""
    turned = {shoe.name: shoe.same_as for shoe in shoes.values() if shoe.same_as}
    return sessions.with_columns(pl.col("shoe").replace(turned)) if turned else sessions


def first_km(shoes: Mapping[str, Shoe]) -> dict[str, float]:
    """Return what pairs had done before they first show up, where the runner says so."""
    return {s.name: s.before_km for s in shoes.values() if s.before_km is not None and not s.same_as}


def pairs_of(sessions: pl.DataFrame, shoes: Mapping[str, Shoe]) -> list[Pair]:
    """Return every pair of an archive, those in use first, the latest worn first."""
    worn = with_shoes(sessions, shoes).filter(pl.col("sport").is_in(ON_FOOT) & pl.col("shoe").is_not_null())
    rows = worn.group_by("shoe").agg(
        metres=pl.col("distance_m").sum(),
        first=pl.col("local_date").min(),
        last=pl.col("local_date").max(),
        sessions=pl.len(),
    )
    found = []
    for row in rows.iter_rows(named=True):
        said = shoes.get(row["shoe"], Shoe(row["shoe"]))
        names = tuple(sorted(s.name for s in shoes.values() if s.same_as == row["shoe"]))
        found.append(
            Pair(
                row["shoe"], names, row["metres"] / 1000, said.before_km, row["first"], row["last"],
                row["sessions"], said.retired_on,
            )
        )  # fmt: skip
    return sorted(found, key=lambda pair: (pair.retired_on is None, pair.last, pair.name), reverse=True)


def change_shoe(runner: UUID, name: str, **changes: Any) -> None:
    """Say something of a pair: ``before_km``, ``retired_on``; None makes it unsaid.

    Raises
    ------
    UsageError
        A past that no shoe has.
    """
    from evengait.storage.records.shoes import keep_shoe, shoes_of

    keep_shoe(runner, replace(shoes_of(runner).get(name, Shoe(name)), **changes))


def merge_shoes(runner: UUID, name: str, into: str) -> None:
    """Say that two names are one pair, which goes by ``into``; names that were merged into the first go along.

    Raises
    ------
    UsageError
        They are the same name already.
    """
    from evengait.storage.records.shoes import keep_shoe, shoes_of

    shoes = shoes_of(runner)
    into = shoes[into].same_as or into if into in shoes else into
    if name == into:
        raise UsageError("A pair is always the same as itself. Choose another one.")
    for other in shoes.values():
        if other.same_as == name:
            keep_shoe(runner, replace(other, same_as=into))
    change_shoe(runner, name, same_as=into)


def part_shoe(runner: UUID, name: str) -> None:
    """Say that a name is a pair of its own again."""
    change_shoe(runner, name, same_as="")


def tell_shoe(runner: UUID, sessions: pl.DataFrame, name: str, **told: Any) -> None:
    """Say several things of a pair at once, by any name that it has in the archive.

    Parameters
    ----------
    sessions : pl.DataFrame
        Of the archive.
    told : before_km, retired_on, same_as
        What is left out stays as it is; None makes it unsaid. ``same_as`` names the pair whose other name it is.

    Raises
    ------
    UsageError
        No pair goes by a name, or a past that no shoe has.
    """
    from evengait.storage.records.shoes import shoes_of

    known = set(sessions["shoe"].drop_nulls().to_list()) if "shoe" in sessions.columns else set()
    into = told.pop("same_as", name)
    if not {name, into or name} <= known:
        raise UsageError("The archive has no shoe of this name. Write it as it is listed.")
    shoes = shoes_of(runner)
    if into is None or into == "":
        part_shoe(runner, name)
    elif into != name:
        merge_shoes(runner, name, into)
    elif name in shoes and shoes[name].same_as and told:
        name = shoes[name].same_as
    if told:
        change_shoe(runner, name, **told)


def pair_document(pair: Pair) -> dict[str, Any]:
    """Return a pair for programs: metres, local dates."""
    return {
        "name": pair.name, "names": list(pair.names), "distance_m": 1000 * pair.km,
        "recorded_m": 1000 * pair.recorded_km,
        "before_m": None if pair.before_km is None else 1000 * pair.before_km,
        "first": pair.first.isoformat() if pair.first else None,
        "last": pair.last.isoformat() if pair.last else None, "sessions": pair.sessions,
        "retired_on": pair.retired_on.isoformat() if pair.retired_on else None,
    }  # fmt: skip
