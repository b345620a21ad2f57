from __future__ import annotations

import csv
from io import StringIO

import pytest

from evengait.ingest.strava_export.table import read_table
from evengait.simulation.demo import demo_history
from evengait.simulation.strava_tables import HEADER, listing, tables


@pytest.fixture(scope="module")
def rows():
    return demo_history().sessions.tail(90).to_dicts()


@pytest.fixture(scope="module")
def files(rows):
    return tables(rows, [listing(row) for row in rows], 7)


def test_the_table_is_as_wide_as_a_real_one_with_its_doubled_names(files):
    lines = list(csv.reader(StringIO(files["activities.csv"])))
    assert {len(line) for line in lines} == {99}
    assert HEADER.count("Distance") == HEADER.count("Elapsed Time") == 2


def test_our_own_reader_finds_shoe_effort_and_dirt_distance_of_every_run(rows, files):
    table = read_table(files["activities.csv"].encode())
    assert table.rows == len(rows) + 1
    assert table.without_file == 1
    for row in rows:
        label = table.labels[listing(row).filename.removeprefix("activities/").removesuffix(".gz")]
        assert label.gear == row["shoe"]
        assert label.name.endswith("Run" if row["sport"] == "running" else "Training")
        if row["paved_share"] is not None:
            assert label.dirt_distance_m == pytest.approx(
                row["distance_m"] * (1 - row["paved_share"]), abs=0.1
            )


def test_files_are_named_after_the_upload_not_the_activity(rows):
    entries = [listing(row) for row in rows]
    assert len({entry.filename for entry in entries}) == len(rows)
    assert not any(str(entry.activity) in entry.filename for entry in entries)


def test_every_shoe_is_listed_with_a_made_up_brand(rows, files):
    listed = {
        " ".join((line[1], line[2], line[0])) for line in list(csv.reader(StringIO(files["shoes.csv"])))[1:]
    }
    assert listed == {row["shoe"] for row in rows if row["shoe"]}
