"""Write a made-up cohort, with what it was made from, into a folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.cohort.lovdal import FILES as TABLES
from evengait.cohort.measures import Ranked
from evengait.core.errors import UsageError
from evengait.core.spike import STATES
from evengait.simulation.cohort import simulate_cohort
from evengait.simulation.lovdal import simulate_injury_table

if TYPE_CHECKING:
    from pathlib import Path

FILES = ("sessions.parquet", "runners.parquet", "truth.json")


def write_cohort(folder: Path, runners: int, *, seed: int) -> dict[str, Any]:
    """Write ``sessions.parquet``, ``runners.parquet`` and ``truth.json``; return the last.

    Raises
    ------
    UsageError
        The folder holds a cohort already.
    """
    _begin(folder, FILES)
    made = simulate_cohort(runners, seed=seed)
    truth = {
        "made_up": True,
        "seed": seed,
        "runners": len(made.runners),
        "sessions": len(made.sessions),
        "injured": int(made.runners["injured"].sum()),
        "hazard_ratios": dict(zip(STATES, made.hazard_ratios, strict=True)),
    }
    made.sessions.write_parquet(folder / FILES[0])
    made.runners.write_parquet(folder / FILES[1])
    (folder / FILES[2]).write_text(json.dumps(truth, indent=1) + "\n", "utf-8")
    return truth


def write_injury_tables(folder: Path, *, seed: int, share: float = 1.0) -> dict[str, Any]:
    """Write the two files of the published prediction table, made up, and ``truth.json``; return the last.

    Raises
    ------
    UsageError
        The folder holds such files already.
    """
    _begin(folder, (*TABLES.values(), FILES[2]))
    truth: dict[str, Any] = {"made_up": True, "seed": seed, "approaches": {}}
    for approach, name in TABLES.items():
        made = simulate_injury_table(approach, seed=seed, share=share)
        made.table.write_csv(folder / name)
        chance = 1 / (1 + np.exp(-made.score))
        truth["approaches"][approach] = {
            "rows": len(made.table),
            "injuries": int(made.table["injury"].sum()),
            "log_odds_by_own_sd": made.effects,
            "auc_of_the_truth": float(Ranked(chance, made.table["injury"].to_numpy() == 1).measures()[0]),
        }
    (folder / FILES[2]).write_text(json.dumps(truth, indent=1) + "\n", "utf-8")
    return truth


def _begin(folder: Path, names: tuple[str, ...]) -> None:
    if any((folder / name).exists() for name in names):
        raise UsageError("There is a cohort in that folder already. Name another one.")
    folder.mkdir(parents=True, exist_ok=True)
