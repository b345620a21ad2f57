"""An import that is killed at any moment: every committed session is there once, and the next import completes."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from evengait.actions.check_archive import check_archive
from evengait.actions.import_archive import import_archive
from evengait.storage.archive import Archive
from small_files import strava_zip

RUNS = 40
KILLS = 10
IMPORT = """
import os, signal, sys
from pathlib import Path
import evengait.actions._import_run as run
from evengait.actions.import_archive import import_archive

left, flush = int(sys.argv[3]), os.fsync

def flush_or_die(handle):
    # Whatever is written is flushed: counting that lays the end at every step, between and within commits.
    global left
    left -= 1
    if left == 0 and sys.argv[4] == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    flush(handle)
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

os.fsync = flush_or_die
run._CHUNK_FILES = 2
run._COMMIT_EVERY_S = 0.0  # every chunk on its own, so that an end falls between many commits
import_archive(Path(sys.argv[1]), [Path(sys.argv[2])], workers=1)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is another thing there")
def test_killed_at_random_moments_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311  moments, not secrets
    home, export = tmp_path / "home", strava_zip(tmp_path / "e.zip", range(RUNS))
    most = 0
    for _ in range(KILLS):
        moment = [str(chance.randint(1, 35)), chance.choice(["before", "after"])]
        ended = subprocess.run([sys.executable, "-c", IMPORT, str(home), str(export), *moment], check=False)
        assert ended.returncode == -signal.SIGKILL
        sessions = Archive(home).sessions()
        assert sessions["session"].is_unique().all()
        assert sessions.height >= most, "what was committed is gone"
        most = sessions.height
        samples = Archive(home).samples().collect()
        assert samples.height == 121 * sessions.height
    assert 0 < most < RUNS
    report = import_archive(home, [export], workers=1)
    assert report.counts["added"] == RUNS - most
    assert report.counts["duplicate"] == most
    found = check_archive(tmp_path, home)
    assert found.sound
    assert (found.sessions, found.leftovers) == (RUNS, 0)
    assert Archive(home).samples().collect().height == 121 * RUNS
    assert not [path for path in home.rglob("*") if path.name.endswith(".tmp")]
