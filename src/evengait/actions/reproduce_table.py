"""A published injury-prediction table again: as published, and honestly."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.cohort.crossover import case_crossover
from evengait.cohort.honest import DRAWS, REPETITIONS, honest_table
from evengait.cohort.lovdal import Approach, load_injury_data
from evengait.cohort.models import MODELS
from evengait.cohort.published import PUBLISHED, reproduce_published
from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.core.reasons import kept

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

CAVEATS = (
    kept(
        "As published, test athletes are normalised by their own later history too, and one split of athletes is tried."
    ),
    kept("Intervals come from drawing athletes anew; they do not hold the chance in the teaching."),
    kept("Nothing here may be used to predict one runner's injury."),
)


def reproduce_table(
    folder: Path,
    approaches: Sequence[Approach] = ("day", "week"),
    *,
    repetitions: int = REPETITIONS,
    draws: int = DRAWS,
    models: Sequence[str] = tuple(MODELS),
    seed: int = 1,
    workers: int | None = None,
    cluster: str | None = None,
    on_done: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Return the answer as a document, a part for each file.

    Raises
    ------
    UsageError
        A file is not in the folder, or a model is not known.
    TableError
        A file is not as its description says.
    """
    if unknown := sorted(set(models) - set(MODELS)):
        raise UsageError(
            say(
                "There is no model '{unknown}'. There are: {names}.",
                unknown=unknown[0],
                names=", ".join(MODELS),
            )
        )
    data = {approach: load_injury_data(folder, approach) for approach in approaches}
    found: dict[str, Any] = {}
    for approach, one in data.items():
        again = reproduce_published(one, seed=seed, repetitions=repetitions)
        found[approach] = {
            "rows": len(one.day),
            "injuries": int(one.injured.sum()),
            "athletes": len(np.unique(one.athlete)),
            "as_published": {"auc_in_the_paper": PUBLISHED[approach], "repetitions": [asdict(x) for x in again]}
            | {name: float(np.mean([getattr(x, name) for x in again])) for name in asdict(again[0])},
            "honest": honest_table(
                one, repetitions=repetitions, draws=draws, seed=seed, models=models,
                workers=workers or os.cpu_count() or 1, cluster=cluster, on_done=on_done,
            ),
            "case_crossover": case_crossover(one),
        }  # fmt: skip
    return {"data": "doi 10.34894/UWU9PV", "approaches": found, "caveats": list(CAVEATS)}
