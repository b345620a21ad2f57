"""An import that is killed at any moment: every committed session is there once, and the next import completes."""

import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from evengait.actions.check_archive import check_archive
from evengait.actions.import_archive import import_archive
from evengait.actions.undo_import import undo_import
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


MERGE = (
    IMPORT.rpartition("import_archive(")[0]
    + """
if sys.argv[5] == "undo":
    from evengait.actions.undo_import import undo_import
    undo_import(Path(sys.argv[1]), sys.argv[2])
else:
    import_archive(Path(sys.argv[1]), [Path(sys.argv[2])], workers=1)
"""
)


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is another thing there")
@pytest.mark.parametrize("doing", ["import", "undo"])
def test_killed_while_sessions_are_made_one_or_parted_the_next_import_makes_them_right(
    tmp_path: Path, doing: str
) -> None:
    from several_sources import WATCH, fit_of, garmin, gpx_of, run_of, strava

    watch = [run_of(day, 300).recorded(1, columns=WATCH) for day in range(4)]
    one = strava(tmp_path / "s.zip", {day: (gpx_of(samples), ".gpx") for day, samples in enumerate(watch)})
    two = garmin(
        tmp_path / "g.zip", {day: (fit_of(samples), samples) for day, samples in enumerate(watch)}, others=2
    )
    import_archive(tmp_path / "right", [one], workers=1)
    batch = import_archive(tmp_path / "right", [two], workers=1).batch
    if doing == "undo":
        shutil.copytree(tmp_path / "right", tmp_path / "before")
        undo_import(tmp_path / "right", batch)
    else:
        import_archive(tmp_path / "before", [one], workers=1)
    wanted = told(tmp_path / "right")
    chance = random.Random(11)  # noqa: S311  moments, not secrets
    for number in range(3):
        home = tmp_path / f"home-{number}"
        shutil.copytree(tmp_path / "before", home)
        moment = [str(chance.randint(1, 40)), chance.choice(["before", "after"])]
        what = batch if doing == "undo" else str(two)
        subprocess.run([sys.executable, "-c", MERGE, str(home), what, *moment, doing], check=False)
        Archive(home).sessions()
        if doing == "undo":
            left = set(Archive(home).files()["batch"])
            if batch in left:
                undo_import(home, batch)
            else:
                import_archive(home, [one], workers=1)
        else:
            import_archive(home, [two], workers=1)
        assert_frame_equal(told(home), wanted)
        found = check_archive(tmp_path, home)
        assert (found.sound, found.leftovers) == (True, 0)
        samples = Archive(home).samples().collect()
        assert samples.height == pl.read_delta(str(home / "samples")).height == 4 * 300


def told(home: Path) -> pl.DataFrame:
    return Archive(home).sessions().drop("batch")
