"""How long a search through many cases takes, with either database.

    python benchmarks/case_search.py [CASES, default 5000]   # 8 replies of 100 words each, shared with everybody

Prints the milliseconds on the clock of a search, the middle of five, for words that many, few and no replies have, and
of the first page of the list of cases.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]

from databases import postgres  # noqa: E402
from desk_people import wording  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

REPLIES = 8
ASKED = {"a word of many": "physio", "three words of many": "physio hip weak", "a word of few": "trampoline",
         "a word of none": "zebra"}  # fmt: skip


def main() -> None:
    """Measure on both databases; each in a process of its own, since one opens one home."""
    if "--here" in sys.argv:
        measure(int(sys.argv[1]))
        return
    count = sys.argv[1] if len(sys.argv) > 1 else "5000"
    print(f"{int(count):,} cases with {REPLIES} replies each; ms on the clock")
    for name in ("SQLite", "PostgreSQL"):
        with postgres(durable=True) if name == "PostgreSQL" else nullcontext("") as url:
            print(f"{name}:", flush=True)
            env = os.environ | {"EVENGAIT_DATABASE_URL": f"{url}/postgres" if url else ""}
            subprocess.run([sys.executable, __file__, count, "--here"], env=env, check=True)


def measure(count: int) -> None:
    """Fill a home, search as somebody with whom everything is shared, print."""
    from evengait.storage.records.opening import open_records

    with tempfile.TemporaryDirectory() as scratch:
        open_records(Path(scratch))
        viewer = filled(count)
        from django.db import connection

        from evengait.storage.records.searching import search_cases
        from evengait.storage.records.viewing import CasesSeen

        if connection.vendor == "postgresql":
            connection.cursor().execute("ANALYZE")
        now = datetime.now(UTC)
        others = CasesSeen(viewer, now, others=True)
        for name, words in ASKED.items():
            print(f"  {name:<20} {took(search_cases, viewer, words, now):6.0f}")
        print(f"  {'the list, a page':<20} {took(lambda: (len(others), others[0:50])):6.0f}")
        connection.close()


def filled(count: int) -> Any:
    """Make the cases; return somebody with whom they are shared."""
    from evengait.core.health_problem import HealthProblem
    from evengait.storage.records.models import Account, Case, CaseReply, Grant
    from evengait.storage.records.problems import keep_problem
    from evengait.storage.records.runners import claim_runner
    from evengait.storage.records.viewing import viewer_of

    rng = random.Random(1)
    runner = claim_runner("one", Account.objects.create_user("one@example.org").pk).id
    problem = keep_problem(runner, HealthProblem(date(2026, 1, 1), "knee", "left")).id
    cases = Case.objects.bulk_create(
        Case(
            runner_id=runner,
            problem_id=problem,
            title=wording(rng, 6),
            category="injury",
            last_number=REPLIES,
        )
        for _ in range(count)
    )
    Grant.objects.bulk_create(Grant(case=case, field="case", role="everybody") for case in cases)
    rows = (CaseReply(case=c, number=n + 1, body=wording(rng, 100)) for c in cases for n in range(REPLIES))
    CaseReply.objects.bulk_create(rows, batch_size=2000)
    return viewer_of(Account.objects.create_user("other@example.org").pk)


def took(make: Callable[..., object], *given: object) -> float:
    """Return the milliseconds of the middle of five."""
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        make(*given)
        times.append(1000 * (time.perf_counter() - begun))
    return median(times)


if __name__ == "__main__":
    main()
