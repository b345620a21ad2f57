"""How long the desk's timeline of ten years takes on the server: the first time after an import, and then.

    python benchmarks/timeline_bench.py [YEARS]

Makes a runner up, writes her sessions into an archive, and asks the desk for its pages as a browser would. Prints for
each page the seconds on the clock and of this process's processor, the first time (nothing is kept yet, it is read and
drawn here) and the middle of five more. The renderer is loaded before, as ``serve`` does it. A busy machine stretches
the clock, and the processor somewhat.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any

LAST = date(2026, 11, 15)
BAR_S = 0.3


def main() -> int:
    """Make, ask, print; 1 where the bar is missed."""
    years = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        count = made(home / "runners" / "long", years)
        from evengait.web.opening import open_desk

        open_desk(home)
        from evengait.web.drawing import load

        load()
        client = signed_in()
        client.get("/signs/")  # the pages are loaded too
        print(f"{years} years, {count:,} sessions")
        slow = False
        for path in ("/timeline/", f"/timeline/year/{LAST}/", f"/timeline/month/{LAST}/", "/calendar/"):
            runs = [asked(client, path) for _ in range(6)]
            cold, warm = runs[0], [median(kind) for kind in zip(*runs[1:], strict=True)]
            slow |= max(cold[1], warm[1]) > BAR_S
            print(
                f"{path:<32} first {cold[0]:6.3f} s ({cold[1]:.3f} s processor), "
                f"then {warm[0]:6.3f} s ({warm[1]:.3f} s processor)"
            )
    print(f"the bar is {BAR_S} s of processor: {'missed' if slow else 'met'}")
    return int(slow)


def made(folder: Path, years: int) -> int:
    """Write a made-up runner's sessions into an archive, in one chunk without samples."""
    from evengait.ingest._member import Content
    from evengait.simulation.history import simulate_history
    from evengait.simulation.runners import story_runner
    from evengait.storage.archive.layout import part_name
    from evengait.storage.archive.originals import write_pack
    from evengait.storage.archive.part import write_part
    from evengait.storage.archive.rows import plain_table
    from evengait.storage.archive.schema import arrow_schema
    from evengait.storage.archive.writer import Chunk, writing

    sessions = simulate_history(7, days=int(365.25 * years), last=LAST, profile=story_runner()).sessions
    with writing(folder) as writer:
        chunk, sha = "20261115T000000-bench-0001", "0" * 64
        table = sessions.to_arrow().select(arrow_schema("sessions").names).cast(arrow_schema("sessions"))
        file = {
            "batch": "20261115T000000-bench", "chunk": chunk, "source": "bench", "sha256": sha, "verdict": "added",
            "sessions": sessions["session"].to_list(), "imported_at": datetime(2026, 11, 15, tzinfo=UTC),
            "original": f"originals/{chunk}.zip!{sha}",
        }  # fmt: skip
        write_pack(writer.layout.originals / f"{chunk}.zip", [(sha, Content(b"", 0, None))])
        tables = {"sessions": table, "files": plain_table("files", [file])}
        parts = {
            name: write_part(writer.layout.logs[name].folder, part_name(chunk), name, rows)
            for name, rows in tables.items()
        }
        writer.commit(Chunk(chunk, parts))
    return sessions.height


def signed_in() -> Any:
    """Return a browser without scripts, signed in as the runner."""
    from django.test import Client

    from evengait.storage.records.models import Account
    from evengait.storage.records.runners import claim_runner

    account = Account.objects.create_user("bench@example.org")
    claim_runner("long", account.pk)
    client = Client(HTTP_HOST="localhost")
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def asked(client: Any, path: str) -> tuple[float, float]:
    """Return the seconds of one page, on the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    answer = client.get(path)
    assert answer.status_code == 200, path
    return time.perf_counter() - clock, time.process_time() - processor


if __name__ == "__main__":
    sys.exit(main())
