"""Made-up exposures for the search: a steady runner, every weekday alike, with a little seeded noise."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from evengait.core.columns import polars_schema

LAST = date(2026, 11, 8)


def steady(days: int = 760, seed: int = 1, **columns: np.ndarray) -> pl.DataFrame:
    """Return [exposures] of a runner who runs about 10 km a day; keyword arrays replace columns."""
    rng = np.random.default_rng(seed)
    distance = 10_000 * np.exp(rng.normal(0, 0.1, days))
    data: dict[str, object] = {
        "date": [LAST - timedelta(days=days - 1 - i) for i in range(days)],
        "covered": [True] * days,
        "runs": [1] * days,
        "distance_m": distance,
        "session_spike": distance / 12_000,
        "week_rise": 1 + rng.normal(0, 0.05, days),
        "paved_share": np.clip(rng.normal(0.5, 0.05, days), 0, 1),
        "balance_left_pct": rng.normal(50, 0.3, days),
        "device": ["one"] * days,
        "gait_sensor": ["one"] * days,
    }
    data.update(columns)
    schema = polars_schema("exposures")
    missing = {name: [None] * days for name in schema if name not in data}
    return pl.DataFrame({**data, **missing}, schema=schema, strict=False)
