from pathlib import Path

import duckdb
import polars as pl
import pytest
from building import add, session_id
from deltalake import DeltaTable

from evengait.core.columns import polars_schema
from evengait.core.errors import TableError
from evengait.storage.archive import Archive


def test_an_archive_that_is_not_there_has_every_column_and_no_row(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "nobody")
    assert archive.sessions().schema == polars_schema("sessions")
    assert archive.files().schema == polars_schema("files")
    assert archive.samples().collect().schema == polars_schema("samples")
    assert archive.batches().height == 0
    assert not (tmp_path / "nobody").exists()


def test_sessions_and_samples_come_back_as_they_went_in(tmp_path: Path) -> None:
    add(tmp_path, "b", 1, 2, 3)
    archive = Archive(tmp_path)
    assert archive.sessions()["session"].to_list() == [session_id(i) for i in (1, 2, 3)]
    assert archive.sessions().schema == polars_schema("sessions")
    one = archive.samples(session_id(2)).collect()
    assert one["session"].unique().to_list() == [session_id(2)]
    assert one["heart_rate_bpm"].to_list() == [140, None, 142, None, 144]
    assert archive.samples([session_id(1), session_id(3)]).collect().height == 10
    assert archive.samples("unknown").collect().height == 0
    assert archive.samples().collect().height == 15


def test_batches_say_what_each_import_brought(tmp_path: Path) -> None:
    add(tmp_path, "b1", 1, 2)
    add(tmp_path, "b2", 3)
    batches = Archive(tmp_path).batches().sort("batch")
    assert batches.select("batch", "added", "failed", "sessions").rows() == [("b1", 2, 0, 2), ("b2", 1, 0, 1)]


def test_the_folder_can_be_moved(tmp_path: Path) -> None:
    add(tmp_path / "here", "b", 1)
    (tmp_path / "here").rename(tmp_path / "there")
    assert Archive(tmp_path / "there").samples().collect().height == 5


def test_polars_and_duckdb_read_it_without_this_program(tmp_path: Path) -> None:
    add(tmp_path, "b", 1, 2)
    samples = pl.scan_delta(str(tmp_path / "samples")).collect()
    assert samples.schema == polars_schema("samples")
    assert samples.height == 10
    assert pl.scan_delta(str(tmp_path / "sessions")).collect().height == 2
    files = DeltaTable(tmp_path / "samples").file_uris()
    row = duckdb.sql("select count(*), max(heart_rate_bpm) from read_parquet(?)", params=[files]).fetchall()
    assert row == [(10, 144)]


def test_units_and_scales_travel_in_the_parquet_files(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    add(tmp_path, "b", 1)
    part = next((tmp_path / "samples").glob("*.parquet"))
    field = pq.read_schema(part).field("altitude_m_x5")
    assert field.metadata[b"scale"] == b"5"
    assert field.metadata[b"unit"] == b"m"


def test_a_lost_part_is_one_sentence(tmp_path: Path) -> None:
    add(tmp_path, "b", 1)
    next((tmp_path / "sessions").glob("*.parquet")).unlink()
    with pytest.raises(TableError, match="'sessions' cannot be read"):
        Archive(tmp_path).sessions()
