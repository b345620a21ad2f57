"""What the reader of a page has already: made-up files under the names that the page uses."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date
from typing import TYPE_CHECKING

from forum_pages import bbpress
from made_up_map import write_map
from walks_and_runs import ladder, recording

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Demo = Callable[[], Path]
    """Where the demo runner's home lies; made when it is asked for."""

ELSEWHERE = ("/mnt/disk", "/var/lib", "/media/GARMIN", "/srv")
"""Places outside the reader's folder that pages name; they are taken into the folder of the test."""

STORY = "My left lower back hurts since a long run. It hurts on every landing. No limp."
CALM = {
    "site": "sacroiliac", "side": "left", "onset": {"date": "2026-11-08", "mode": "gradual"},
    "pain": {"rest": 0, "walking": 1, "running": 3, "night": 0}, "findings": {"limp": False},
}  # fmt: skip


def _export(folder: Path, demo: Demo, name: str = "export.zip") -> None:
    os.link(demo() / "export.zip", folder / name)


def _archive(folder: Path, demo: Demo, home: str = "home") -> None:
    shutil.copytree(demo() / "runners" / "demo", folder / home / "runners" / "me")


def _club(folder: Path, _demo: Demo) -> None:
    """Make a club's and a clinic's home: three runners each with some runs; who is not Anna has agreed."""
    from evengait.actions.agree_research import agree
    from evengait.actions.import_archive import import_archive

    files = folder / "runs"
    files.mkdir()
    runs = [recording(files, ladder(1, 4), date(2026, 9, day)) for day in (1, 8, 20)]
    import_archive(folder / "archive", runs)
    for home, names in (("club", ("anna", "beatrix", "carla")), ("clinic", ("dana", "elif", "flora"))):
        for name in names:
            there = folder.parent / "elsewhere" / "srv" / home / "runners" / name
            shutil.copytree(folder / "archive", there)
            if name != "anna":
                agree(there, date(2026, 10, 1))


def _readme(folder: Path, demo: Demo) -> None:
    _export(folder, demo)
    _export(folder, demo, "export_12345678.zip")
    (folder / "story.txt").write_text(STORY, "utf-8")


def _garmin(folder: Path, _demo: Demo) -> None:
    from evengait.actions.simulate_garmin import simulate_garmin

    (folder / "Downloads").mkdir()
    simulate_garmin(folder / "Downloads" / "garmin-export.zip", seed=5, days=180, runs=3)


def _map(folder: Path, demo: Demo) -> None:
    write_map(folder / "vermont.osm.pbf", [({"highway": "path", "surface": "ground"}, [(0, 0), (90, 0)])])
    _archive(folder, demo)


def _return(folder: Path, demo: Demo) -> None:
    (folder / "intake.json").write_text(json.dumps(CALM), "utf-8")
    watch = folder.parent / "elsewhere" / "media" / "GARMIN" / "Activity"
    watch.mkdir()
    recording(watch, ladder(4, 1), date(2026, 11, 20))
    _archive(folder, demo)


def _thread(folder: Path, _demo: Demo) -> None:
    (folder / "topic.html").write_text(bbpress(), "utf-8")
    (folder / "copied.txt").write_text("Ana: My SI joint is sore.\n\nPat: A belt helped me.\n", "utf-8")


def _backup(folder: Path, demo: Demo) -> None:
    (folder.parent / "elsewhere" / "mnt" / "disk" / "evengait").mkdir()
    _archive(folder, demo)


GIVEN: dict[str, Callable[[Path, Demo], None]] = {
    "README.md": _readme,
    "archive.md": _archive,
    "explanation/one-onset.md": _archive,
    "cohort.md": _club,
    "how-to/backup.md": _backup,
    "how-to/bring-in-a-garmin-archive.md": _garmin,
    "how-to/use-a-map.md": _map,
    "return-to-running.md": _return,
    "story.md": lambda folder, _: (folder / "story.txt").write_text(STORY, "utf-8") and None,
    "thread.md": _thread,
}

TYPED = {"README.md": "all\nstop\ny\n"}
"""What is typed on the terminal where a page's commands ask; elsewhere there is no terminal."""
