"""A made-up runner for the pictures and the report: fourteen months of days, and an explanation to show."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from evengait.core.columns import polars_schema

ONSET = date(2026, 11, 8)
SHOES = ("Ride #4", "Speedgoat #4", "Ride #5", "Speedgoat #5", "Ride #6", "Speedgoat #6", "Ride #7")


def made_up_exposures(
    *,
    days: int = 433,
    onset: date = ONSET,
    gap: bool = True,
    balance: bool = True,
    shoes: bool = True,
    seed: int = 7,
) -> pl.DataFrame:
    """Return one row per local date up to ten days after the onset, in the table's own schema."""
    rng = np.random.default_rng(seed)
    first = onset - timedelta(days=days)
    dates = [first + timedelta(days=i) for i in range(days + 11)]
    share = {0: 0.0, 1: 0.15, 2: 0.18, 3: 0.13, 4: 0.12, 5: 0.14, 6: 0.28}
    rows: list[dict[str, Any]] = []
    worn: dict[str, float] = {}
    for i, day in enumerate(dates):
        week = i // 7
        level = (88 + 0.75 * week) * (0.68 if week % 5 == 4 else 1.0) * 1000
        run = max(0.0, level * share[day.weekday()] * rng.normal(1, 0.06)) if day.weekday() else 0.0
        if day == onset:
            run = 62_200.0
        if day > onset:
            run = 0.0 if day != onset + timedelta(days=5) else 1_400.0
        covered = not (gap and 40 <= (onset - day).days < 58)
        trail = day.weekday() in {2, 5, 6}
        pair = 2 * (i // 110) + int(trail)
        shoe = SHOES[min(pair, 6)] if run else None
        age = worn.get(shoe, 0.0) if shoe else None
        if shoe:
            worn[shoe] = worn.get(shoe, 0.0) + run / 1000
        left = 50.4 + rng.normal(0, 0.3) - (1.9 if onset - timedelta(days=13) <= day else 0.0)
        row: dict[str, Any] = {
            "date": day, "covered": covered, "runs": int(run > 0), "distance_m": run, "moving_s": run / 3.2,
            "longest_run_m": run, "climb_m": run * 0.012, "descent_m": run * 0.012,
            "fast_distance_m": run * 0.1 if day.weekday() == 3 else 0.0, "steps": run * 0.92,
            "paved_share": (0.1 if trail else 0.9) + rng.normal(0, 0.03) if run else None,
            "shoe": shoe if shoes else None, "shoe_age_km": age if shoes else None,
            "shoe_new_share": 0.0 if run and shoes else None,
            "step_rate_spm": rng.normal(176, 1) if run else None,
            "contact_time_ms": rng.normal(238, 3) if run else None,
            "balance_left_pct": left if run and balance else None, "strength_sessions": 0,
            "device": "Made-up watch", "gait_sensor": "Made-up strap" if run and balance else None,
        }  # fmt: skip
        rows.append(row if covered else {"date": day, "covered": False})
    frame = pl.DataFrame(rows, schema={k: v for k, v in polars_schema("exposures").items() if k in rows[0]})
    longest = frame["longest_run_m"].fill_null(0.0).rolling_max(30, min_samples=1).shift(1)
    frame = frame.with_columns(longest_30d_m=pl.when(longest > 0).then(longest))
    frame = frame.with_columns(
        session_spike=pl.when(pl.col("longest_run_m") > 0).then(
            pl.col("longest_run_m") / pl.col("longest_30d_m")
        )
    )
    missing = [
        pl.lit(None, dtype).alias(k)
        for k, dtype in polars_schema("exposures").items()
        if k not in frame.columns
    ]
    return frame.with_columns(missing).select(list(polars_schema("exposures")))


def made_up_sessions(exposures: pl.DataFrame) -> pl.DataFrame:
    """Return a run for every date with distance, in the sessions schema (unused columns null)."""
    runs = exposures.filter(pl.col("distance_m") > 0)
    known = runs.select(
        session=pl.col("date").dt.to_string("s-%Y%m%d"), local_date="date", shoe="shoe", distance_m="distance_m",
        sport=pl.lit("running"),
    )  # fmt: skip
    schema = polars_schema("sessions")
    return known.with_columns(
        [pl.lit(None, d).alias(k) for k, d in schema.items() if k not in known.columns]
    ).select(list(schema))


def made_up_pain(onset: date = ONSET) -> pl.DataFrame:
    """Return ten days of pain while running; the sixth was not asked."""
    scores = [4.0, 7.0, 3.0, 2.0, 1.0, None, 6.0, 3.0, 0.0, 2.0]
    return pl.DataFrame({"date": [onset + timedelta(days=i) for i in range(10)], "pain_during_nprs": scores})


def factor(**changes: Any) -> dict[str, Any]:
    """Return one factor of an explanation; every key may be changed."""
    base: dict[str, Any] = {
        "id": "session_spike", "label": "Longest run against the 30 days before", "window_days": 1,
        "window": ["2026-11-07", "2026-11-08"], "direction": "high", "score": 6.2, "value": 1.6, "unit": "ratio",
        "height": False, "usual": 0.98, "usual_range": [0.4, 1.08], "percentile": 0.9882, "controls": 84,
        "as_extreme_before": 0, "stands_out": True, "missing": None, "evidence": ["spike-moderate-hrr"],
        "sentence": "The longest run of 7 to 8 November was 1.60× the longest of the 30 days before it; usually "
        "0.40–1.08×. In 84 comparable times before it was never so.",
        "question": "Was that single run new for me in length?",
    }  # fmt: skip
    base["control_values"] = [
        float(v) for v in np.random.default_rng(1).normal(0.85, 0.16, 84).clip(0.3, 1.12)
    ]
    return base | changes


def quiet(
    key: str, label: str, unit: str, value: float, usual: float, spread: float, days: int, **more: Any
) -> dict[str, Any]:
    """Return a factor that lies inside its usual range."""
    values = [float(v) for v in np.random.default_rng(len(label)).normal(usual, spread / 1.6, 84)]
    beyond = sum(v >= value for v in values)
    first = ONSET - timedelta(days=days - 1)
    changes: dict[str, Any] = {
        "id": key, "label": label, "window_days": days, "window": [first.isoformat(), ONSET.isoformat()],
        "score": (value - usual) / spread, "value": value, "unit": unit, "usual": usual,
        "usual_range": [usual - spread, usual + spread], "percentile": 1 - (1 + beyond) / 85,
        "as_extreme_before": beyond, "stands_out": False, "evidence": [], "control_values": values,
        "question": "A question that is not asked.", "sentence": f"{label}: within the usual range.",
    }  # fmt: skip
    return factor(**changes) | more


FACTORS = [
    quiet("week_distance", "Distance in 7 days", "m", 132_000, 118_000, 16_000, 7),
    quiet("week_rise", "Week against the three before", "ratio", 1.11, 1.02, 0.16, 7),
    quiet("weeks_since_down_week", "Weeks since a down week", "weeks", 3.0, 2.1, 1.6, 1),
    quiet("climb", "Climb in 7 days", "m", 1_300, 1_200, 220, 7, height=True),
    quiet("descent", "Descent in 7 days", "m", 1_310, 1_200, 220, 7, height=True),
    quiet("fast_distance", "Fast distance in 7 days", "m", 11_200, 12_000, 3_300, 7),
    quiet("paved_share", "Paved share in 21 days", "share", 0.52, 0.5, 0.09, 21),
    quiet("shoe_age", "Kilometres on the shoes", "km", 388, 430, 210, 7, evidence=["shoe-500mi-rule"]),
    quiet("step_rate", "Step rate on level ground", "steps/min", 176.2, 176.0, 1.4, 7),
]
MISSING = factor(
    id="contact_time", label="Ground contact on level ground", window_days=7, window=["2026-11-02", "2026-11-08"],
    unit="ms", usual=None, usual_range=None, percentile=None, controls=9, as_extreme_before=None, stands_out=False,
    score=None, evidence=[], value=240.0, control_values=[238.0] * 9,
    missing="Only 9 comparable earlier times, 20 are needed; it needs a watch or strap that measures it.",
    sentence="Only 9 comparable earlier times, 20 are needed; it needs a watch or strap that measures it.",
)  # fmt: skip
BALANCE = factor(
    id="balance", label="Left share of ground contact", window_days=7, window=["2026-11-02", "2026-11-08"],
    direction="both", value=48.5, unit="%", usual=50.4, usual_range=[49.7, 51.1], score=4.8,
    evidence=["asymmetry-injury-hr"],
    control_values=[float(v) for v in np.random.default_rng(3).normal(50.4, 0.3, 84)],
    question="Does a clinician see a difference between the two sides?",
    sentence="48.5% in the 7 days to 8 November; usually 49.7–51.1%. In 84 times before: never.",
)  # fmt: skip
SOURCES = [
    {
        "id": "spike-moderate-hrr", "source": "Schuster Brandt Frandsen et al. 2025 Br J Sports Med 59(17):1203-1210",
        "says": "After a run 30 to 100 % longer than the longest of 30 days, overuse injuries were 1.5 times as many.",
        "claim": "Single run >30 to 100 % beyond 30-day longest", "doi": "10.1136/bjsports-2024-109380", "grade": "B",
        "level": "V", "verified": True, "numbers": [1.52],
    },
    {
        "id": "shoe-500mi-rule", "says": "No injury trial stands behind the 300 to 500 mile rule.",
        "claim": "300-500 mile rule", "source": "secondary sources", "doi": None, "grade": "D", "level": "V2",
        "verified": False, "numbers": [],
    },
    {
        "id": "asymmetry-injury-hr", "says": "No left/right difference came before more injuries in 836 runners.",
        "claim": "Asymmetry and later injury", "source": "Malisoux et al. 2024 BMJ Open SEM 10:e001787", "doi": None,
        "grade": "B", "level": "V", "verified": True, "numbers": [0.8],
    },
]  # fmt: skip
ANSWERS = {
    "stands_out": "Before Sunday 8 November 2026 these were out of your ordinary: longest run against the 30 days "
    "before and left share of ground contact.",
    "nothing_unusual": "Nothing in your training before Sunday 8 November 2026 was out of the ordinary for you.",
    "cannot_tell": "Your archive cannot tell what was unusual before Sunday 8 November 2026.",
}
WHY_NOT = (
    "The archive holds 52 days with a run over the 9 weeks before the onset; about sixteen months are needed."
)
CAVEAT = "These differences came before the pain; with one person and one onset they cannot show a cause."


def made_up_explanation(
    verdict: str = "stands_out", *, gait: bool = True, missing: bool = True
) -> dict[str, Any]:
    """Return what `explain --json` prints for the made-up runner, for one of the three verdicts."""
    out, untold = verdict == "stands_out", verdict == "cannot_tell"
    top, balance = factor(), dict(BALANCE)
    if not out:
        top |= {"value": 1.06, "stands_out": False, "as_extreme_before": 9, "percentile": 0.882, "score": 0.5}
        balance |= {
            "value": 50.3,
            "stands_out": False,
            "as_extreme_before": 51,
            "percentile": 0.388,
            "score": 0.1,
        }
    factors = [top, *([balance] if gait else []), *FACTORS, *([MISSING] if missing else [])]
    if untold:
        reason = "Only 11 comparable earlier times, 20 are needed."
        empty = dict.fromkeys(("usual", "usual_range", "percentile", "as_extreme_before", "score"))
        factors = [f | empty | {"controls": 11, "stands_out": False, "missing": reason} for f in factors]
    chance = {"looked_at": len(factors) - missing, "expected": 0.6, "found": 2 if out else 0}
    changed = {"side": "left", "changed_on": "2026-10-26", "interval": ["2026-10-24", "2026-10-28"]}
    if not out:
        changed = dict.fromkeys(changed)
    made: dict[str, Any] = {
        "onset": ONSET.isoformat(), "site": "sacroiliac", "side": "left", "answer": ANSWERS[verdict],
        "verdict": verdict, "ends_on": ONSET.isoformat(),
        "coverage": {
            "first": "2025-09-04", "last": "2026-11-18", "sessions": 361, "controls": 11 if untold else 84,
            "dates": 0 if untold else 76,
            "share_with": {"shoe": 1.0, "surface": 0.97, "elevation": 1.0, "balance": 0.95 if gait else 0.0},
        },
        "factors": factors,
        "by_chance": chance | {"p_any": None if untold else (3 if out else 42) / 77},
        "gait": changed | {"size": 1.9 if out else 0.1, "detectable": 0.6} if gait else None,
        "caveats": [*([WHY_NOT] if untold else []), CAVEAT],
        "sources": SOURCES,
        "knowledge": {"file": "factors", "version": "2026-11-23", "status": "draft"},
    }  # fmt: skip
    return deepcopy(made)
