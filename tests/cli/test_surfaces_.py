"""``evengait surfaces`` on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result

from evengait.cli import cli
from made_up_map import gpx_of, run_along, write_map

if TYPE_CHECKING:
    from pathlib import Path

PATH = {"highway": "path", "surface": "ground"}


def run(home: Path, *words: object) -> Result:
    return CliRunner().invoke(
        cli, ["--home", str(home), "surfaces", *map(str, words)], catch_exceptions=False
    )


def test_a_map_is_added_listed_and_removed(tmp_path: Path) -> None:
    extract = write_map(tmp_path / "hills.osm.pbf", [(PATH, [(0, 0), (90, 0)])], stamp="2026-11-20T21:20:00Z")
    added = run(tmp_path, "add", extract)
    assert "Took in the map hills: 1 ways" in added.output
    assert "© OpenStreetMap contributors, ODbL" in added.output
    assert "Already in" in run(tmp_path, "add", extract).output
    assert "hills: 1 ways, as of 2026-11-20" in run(tmp_path, "list").output
    assert "Took out the map hills" in run(tmp_path, "remove", "hills").output
    assert "No map is in" in run(tmp_path, "list").output


def test_json_is_one_document(tmp_path: Path) -> None:
    extract = write_map(tmp_path / "hills.osm.pbf", [(PATH, [(0, 0), (90, 0)])])
    added = json.loads(run(tmp_path, "add", extract, "--json").stdout)
    assert (added["new"], added["map"]["name"], added["map"]["ways"]) == (True, "hills", 1)
    listed = json.loads(run(tmp_path, "list", "--json").stdout)
    assert [item["name"] for item in listed["maps"]] == ["hills"]
    assert "OpenStreetMap" in listed["credit"]


def test_matching_is_told_for_people_and_programs(tmp_path: Path) -> None:
    north = [(0.0, 0.0), (0.0, 1500.0)]
    run(tmp_path, "add", write_map(tmp_path / "hills.osm.pbf", [(PATH, north)]))
    assert "No session on foot is in yet" in run(tmp_path, "match").output
    file = tmp_path / "run.gpx"
    file.write_text(gpx_of(run_along(north, error_m=3)))
    runner = CliRunner()
    came_in = runner.invoke(cli, ["--home", str(tmp_path), "import", str(file)], catch_exceptions=False)
    assert "The ground of 1 session was told from a map." in came_in.output
    again = json.loads(run(tmp_path, "match", "--again", "--json").stdout)
    assert again["sessions"] == 1
    assert list(again["matched"].values()) == [1]
    assert again["metres"]["trail"] > 1400
    assert "1 were told before" in run(tmp_path, "match").output

    def listed(*words: str) -> str:
        found = runner.invoke(cli, ["--home", str(tmp_path), "sessions", *words], catch_exceptions=False)
        return found.stdout

    assert "100% trail" in listed()
    (row,) = json.loads(listed("--json"))
    assert row["surfaces"]["trail"] > 0.95
    assert 0.9 < row["surfaces"]["sure"] < 1
    assert "surfaces_trail" in listed("--format", "csv").splitlines()[0]
