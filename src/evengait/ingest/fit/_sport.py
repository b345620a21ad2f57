"""The device's sport in the words of the house."""

from __future__ import annotations

from evengait.ingest.fit._profile import enum_name

SPORTS = {
    "running": "running",
    "walking": "walking",
    "hiking": "hiking",
    "cycling": "cycling",
    "e_biking": "cycling",
    "swimming": "swimming",
}

BY_SUB_SPORT = {
    "treadmill": "running",
    "indoor_running": "running",
    "strength_training": "strength",
    "indoor_cycling": "cycling",
    "spin": "cycling",
    "indoor_walking": "walking",
    "lap_swimming": "swimming",
    "open_water": "swimming",
}
"""Where the sport is only a room to exercise in (training, fitness equipment), the finer word decides."""

ON_FOOT = frozenset({"running", "walking", "hiking"})


def sport_words(sport: int | None, sub_sport: int | None) -> tuple[str, str | None]:
    """Return the house's word and the device's finer word (None = none given).

    Examples
    --------
    >>> sport_words(1, 3)
    ('running', 'trail')
    >>> sport_words(10, 20)
    ('strength', 'strength_training')
    """
    word = enum_name("sport", sport)
    finer = enum_name("sub_sport", sub_sport)
    if finer in ("generic", "all"):
        finer = None
    house = SPORTS.get(word or "")
    if house is None and word in ("training", "fitness_equipment", "generic", None):
        house = BY_SUB_SPORT.get(finer or "")
    return house or "other", finer
