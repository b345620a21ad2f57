"""Run a function over batches of runners: in this process, in worker processes, or on a Dask cluster by its address.

The results are handed back in the order of the batches, so an answer does not depend on who worked how fast, or on a
worker that died: joblib's own processes and Dask both do such a batch again elsewhere.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

from evengait.cohort.extra import needed
from evengait.core.errors import EvengaitError, UsageError
from evengait.core.reasons import kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Batch = TypeVar("Batch")
Result = TypeVar("Result")
RETRIES = 3
CONNECT_S = 10
"""How long a scheduler has to answer."""


def run_batches(
    function: Callable[[Batch], Result],
    batches: Sequence[Batch],
    *,
    workers: int | None = None,
    cluster: str | None = None,
    on_done: Callable[[int, int], None] | None = None,
) -> list[Result]:
    """Return the function's result for every batch, in their order.

    Parameters
    ----------
    function : callable
        Importable by the workers.
    batches : sequence
        Some tens for each worker, so that the work is even and the talk is little.
    workers : int, optional
        Processes on this machine; 1 = in this process. As many as there are cores by default.
    cluster : str, optional
        Address of a Dask scheduler, such as ``tcp://10.0.0.5:8786``, instead.
    on_done : callable, optional
        Called with the batches done and all.

    Raises
    ------
    UsageError
        No scheduler answers at the address.
    EvengaitError
        A batch failed again and again.
    """
    if cluster:
        return _on_cluster(function, batches, cluster, on_done)
    count = workers or os.cpu_count() or 1
    if count == 1 or len(batches) == 1:
        return list(_told((function(batch) for batch in batches), len(batches), on_done))
    joblib = needed("joblib")
    tasks = (joblib.delayed(function)(batch) for batch in batches)
    return list(_told(joblib.Parallel(n_jobs=count, return_as="generator")(tasks), len(batches), on_done))


def _told(
    results: Iterable[Result], every: int, on_done: Callable[[int, int], None] | None
) -> Iterable[Result]:
    for number, result in enumerate(results, start=1):
        if on_done:
            on_done(number, every)
        yield result


def _on_cluster(
    function: Callable[[Batch], Result],
    batches: Sequence[Batch],
    address: str,
    on_done: Callable[[int, int], None] | None,
) -> list[Result]:
    distributed = needed("distributed")
    try:
        client = distributed.Client(address, timeout=CONNECT_S)
    except (OSError, ValueError, TimeoutError):
        raise UsageError(
            "No Dask scheduler answers at that address. Start one, or leave --cluster out."
        ) from None
    with client:
        futures = client.map(function, batches, retries=RETRIES, pure=False)
        try:
            for number, _ in enumerate(distributed.as_completed(futures), start=1):
                if on_done:
                    on_done(number, len(batches))
            return list(client.gather(futures))
        except distributed.KilledWorker:
            raise EvengaitError(
                kept(
                    "Workers died at the same batch again and again. Give them more memory, or smaller batches."
                )
            ) from None
