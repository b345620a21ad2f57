"""Every real file has its true verdict: one in the folder without a row in the table fails, and so does a row too many.

``real_files.csv`` says what each file is and why, in the kinds below; ``real_totals.toml`` lists the sessions whose
totals are not the device's own, with the reason. To add a file: look at what it is, then write its row.
"""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

import pytest

from evengait.actions.read_member import Examined, examine
from evengait.ingest._containers import Refusal, Walk

HERE = Path(__file__).parent

KINDS = {
    "health": "the day's health data",
    "undocumented": "something else than a session: data of the device's own, of kind",
    "settings": "the device's settings",
    "workout": "a planned workout",
    "course": "holds a course",
    "weights": "holds weights",
    "untimed": "a track without times",
    "instant": "a single instant",
    "waypoints": "holds waypoints",
    "route": "a planned route",
    "no_track": "no track and no activity",
    "table": "A table, not a recording",
    "json": "A JSON file, not a recording",
    "no_format": "Not a recording of any known format",
    "no_date": "did not know the date",
    "nothing": "holds no session and no samples",
    "cut_short": "The file is cut short",
    "checksum": "The checksum is wrong",
    "no_definition": "a message there has no definition",
    "last_message": "The last message is cut short",
    "no_summary": "The summary of the session is missing",
    "after_the_end": "bytes after the end",
    "backwards": "Time ran backwards",
    "clock_set": "The clock was set during the recording",
    "without_time": "without a usable time were left out",
    "damaged_xml": "The file is damaged",
}
"""What the table calls a reason: a piece of its sentence."""

TOLERANCE = {"distance_m": (0.01, 15.0), "elapsed_s": (0.01, 10.0), "ascent_m": (0.25, 15.0)}
"""Share of the device's own total, and metres or seconds at least: what a start, a stop or a rounding makes. Climb
differs from maker to maker; ours is set so that the median agrees (docs/measured.md)."""


def rows() -> dict[str, tuple[str, str]]:
    with (HERE / "real_files.csv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: (row["verdict"], row["kind"]) for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def looked_at(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Examined | Refusal]:
    """Return what an import makes of every file in the folder of real recordings, zips in it looked into."""
    walk = Walk(tmp_path_factory.mktemp("spool"), lambda _: False)
    found = walk.members(shared / "data")
    return {
        item.source.partition("/")[2]: item if isinstance(item, Refusal) else examine(item, None)
        for item in found
    }


def said(item: Examined | Refusal) -> tuple[str, str]:
    if isinstance(item, Refusal):
        return item.verdict, kinds(item.reason)
    if item.bouts:
        return "added", kinds(item.problem)
    return item.outcome.verdict, kinds(item.outcome.reason)


def kinds(reason: str | None) -> str:
    return "+".join(kind for kind, piece in KINDS.items() if piece in (reason or ""))


def test_every_real_file_has_its_verdict(looked_at: dict[str, Examined | Refusal]) -> None:
    found = {name: said(item) for name, item in looked_at.items()}
    assert found == rows()


def test_no_file_is_left_without_a_sentence(looked_at: dict[str, Examined | Refusal]) -> None:
    for name, item in looked_at.items():
        verdict, kind = said(item)
        assert verdict == "added" or kind, name


def test_sessions_agree_with_what_the_device_says_of_them(looked_at: dict[str, Examined | Refusal]) -> None:
    known = {
        (entry["file"], entry.get("bout", 0), entry["column"])
        for entry in tomllib.loads((HERE / "real_totals.toml").read_text("utf-8"))["differs"]
    }
    found = set()
    compared = 0
    for name, item in looked_at.items():
        for took in item.bouts if isinstance(item, Examined) else ():
            totals = took.bout.totals
            for column, (share, least) in TOLERANCE.items():
                own: float | None = getattr(totals, column)
                ours: Any = took.session[column]
                if own is None:
                    continue
                compared += 1
                if ours is None or abs(ours - own) > max(share * abs(own), least):
                    found.add((name, took.place, column))
    assert compared > 600
    assert found == known


def test_every_difference_has_its_reason() -> None:
    table = tomllib.loads((HERE / "real_totals.toml").read_text("utf-8"))
    for entry in table["differs"]:
        assert entry["why"] in table["why"], entry["file"]


def test_a_watch_that_never_knew_the_date_is_told(looked_at: dict[str, Examined | Refusal]) -> None:
    """Two runs of a Forerunner 70 count from when it was switched on: their day cannot be told, and is not made up."""
    for name in ("antfs-dump.63.fit", "compressed-speed-distance.fit"):
        item = looked_at[f"dtcooper+python-fitparse/tests/files/{name}"]
        assert said(item) == ("failed", "no_date")
        assert isinstance(item, Examined)
        assert "the day of this recording cannot be told" in str(item.outcome.reason)
