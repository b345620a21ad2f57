"""An import that is killed at any moment: every committed session is there once, and the next import completes."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evengait.actions.check_archive import check_archive
from evengait.actions.import_archive import import_archive
from evengait.storage.archive import Archive
from small_files import strava_zip

RUNS = 40
KILLS = 10
IMPORT = """
import sys
from pathlib import Path
import evengait.actions._import_run as run
run._CHUNK_FILES = 2
from evengait.actions.import_archive import import_archive
print("begun", flush=True)
import_archive(Path(sys.argv[1]), [Path(sys.argv[2])], workers=1)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is another thing there")
def test_killed_at_random_moments_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311  moments, not secrets
    home, export = tmp_path / "home", strava_zip(tmp_path / "e.zip", range(RUNS))
    most = 0
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", IMPORT, str(home), str(export)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.25))
        process.kill()
        process.communicate()
        sessions = Archive(home).sessions()
        assert sessions["session"].is_unique().all()
        assert sessions.height >= most, "what was committed is gone"
        most = sessions.height
        samples = Archive(home).samples().collect()
        assert samples.height == 121 * sessions.height
    report = import_archive(home, [export], workers=1)
    assert report.counts["added"] == RUNS - most
    assert report.counts["duplicate"] == most
    found = check_archive(tmp_path, home)
    assert found.sound
    assert (found.sessions, found.leftovers) == (RUNS, 0)
    assert Archive(home).samples().collect().height == 121 * RUNS
    assert not [path for path in home.rglob("*") if path.name.endswith(".tmp")]
