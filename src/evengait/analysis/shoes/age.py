"""Kilometres on the shoes, and new shoes."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from evengait.analysis.run_log import RunLog

    Floats = NDArray[np.float64]

NEW_DAYS = 21
"""A shoe is new up to so many days after it was first worn. Design choice (grade D)."""
ON_FOOT = ("running", "walking", "hiking")


def shoe_columns(log: RunLog, initial_km: Mapping[str, float]) -> dict[str, Floats | list[str | None]]:
    """Tell which shoe each date was run in, how far it had gone before, and how much was in new shoes.

    Parameters
    ----------
    log : RunLog
    initial_km : mapping of shoe to km
        What a shoe had done before it first shows up, where the runner says so.

    Returns
    -------
    shoe : list of str or None
        Of most of the date's distance.
    shoe_age_km : float64 array of shape (days,)  [km]
        Recorded on foot before the date, weighted by the date's distance. A shoe already there in the first 21
        days of the archive's shoe labels has an unknown past: NaN, unless ``initial_km`` names it.
    shoe_new_share : float64 array of shape (days,)  [share]
        In shoes first worn at most 21 days before; NaN for a shoe whose first wear may lie before the archive.
        Both NaN where known for under half of the date's distance.

    Notes
    -----
    Kilometres without a shoe label, or not recorded, are on no shoe: the age is what the archive can show.
    """
    shoes: list[str | None] = log.runs["shoe"].to_list()
    first, worn = _history(log)
    start = min(first.values(), default=0)
    age, new = np.full(len(shoes), np.nan), np.full(len(shoes), np.nan)
    for row, (shoe, day) in enumerate(zip(shoes, log.day.tolist(), strict=True)):
        if shoe is None:
            continue
        days_in = day - first[shoe]
        past_known = first[shoe] - start >= NEW_DAYS
        if past_known or shoe in initial_km:
            age[row] = initial_km.get(shoe, 0.0) + _worn_before(worn[shoe], day)
        if past_known or days_in > NEW_DAYS:
            new[row] = float(days_in <= NEW_DAYS)
    return {"shoe": log.most(shoes), "shoe_age_km": log.mean(age), "shoe_new_share": log.mean(new)}


def _history(log: RunLog) -> tuple[dict[str, int], dict[str, tuple[list[int], list[float]]]]:
    """Return each shoe's first day, and its days with the kilometres gone once each is over."""
    on_foot = log.sessions.filter(log.sessions["sport"].is_in(ON_FOOT) & log.sessions["shoe"].is_not_null())
    days = log.day_of(on_foot)
    shoes, metres = on_foot["shoe"].to_list(), on_foot["distance_m"].fill_null(0.0).to_list()
    worn: dict[str, tuple[list[int], list[float]]] = {}
    for row in np.argsort(days, kind="stable").tolist():
        shoe_days, km = worn.setdefault(shoes[row], ([], []))
        shoe_days.append(int(days[row]))
        km.append((km[-1] if km else 0.0) + metres[row] / 1000)
    return {shoe: shoe_days[0] for shoe, (shoe_days, _) in worn.items()}, worn


def _worn_before(worn: tuple[list[int], list[float]], day: int) -> float:
    """Return the kilometres of the days before one."""
    earlier = bisect_left(worn[0], day)
    return worn[1][earlier - 1] if earlier else 0.0
