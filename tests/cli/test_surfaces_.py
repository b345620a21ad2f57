"""``evengait surfaces`` on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result

from evengait.cli import cli
from made_up_map import write_map

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
