"""Write a made-up cohort, with what it was made from, into a folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from evengait.core.errors import UsageError
from evengait.core.spike import STATES
from evengait.simulation.cohort import simulate_cohort

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
    if any((folder / name).exists() for name in FILES):
        raise UsageError("There is a cohort in that folder already. Name another one.")
    folder.mkdir(parents=True, exist_ok=True)
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
