"""Whether the desk's server grows while the same pages of the same data are asked for, over and over.

    python benchmarks/desk_memory.py [MINUTES]      # 10 unless told otherwise

Twelve runners, one with ten years, a case of a hundred replies (``desk_people.py``); one visitor without a pause, each
page as another runner. Prints what the server holds (resident) as the pages are counted.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]

from desk_load import serving  # noqa: E402
from desk_pages import headers, pages  # noqa: E402

SIZES = "--runners=12 --replies=100 --years=10 --runs=200 --kinds=4 --coaches=2"
TOLD_EVERY = 1000


def main() -> None:
    """Fill, ask, print."""
    seconds = 60 * float(sys.argv[1] if sys.argv[1:] else 10)
    with tempfile.TemporaryDirectory() as scratch:
        home, archives, walk = (Path(scratch) / name for name in ("home", "archives", "walk.json"))
        archives.mkdir()
        os.environ |= {"EVENGAIT_ALLOWED_HOSTS": "localhost", "EVENGAIT_WALK": str(walk)}
        subprocess.run(
            [sys.executable, HERE / "desk_people.py", home, archives, walk, *SIZES.split()], check=True
        )
        told, rng, count, tell, begun = (
            json.loads(walk.read_text("utf-8")),
            random.Random(1),
            0,
            0,
            time.monotonic(),
        )
        with serving(home) as (address, server), httpx.Client(base_url=address, timeout=120) as client:
            while time.monotonic() - begun < seconds:
                for _, path, person in pages(told, rng):
                    client.get(path, headers=headers(path, person)).raise_for_status()
                    count += 1
                if count >= tell:
                    print(f"{count:>7,} pages: {server.memory_info().rss / 1e6:.0f} MB", flush=True)
                    tell += TOLD_EVERY


if __name__ == "__main__":
    main()
