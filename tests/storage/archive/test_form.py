"""Archives of other versions of the program: older ones just work, newer ones are left alone, with a sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from building import add, session_id
from deltalake import DeltaTable, Field

from evengait.actions.check_archive import check_archive
from evengait.actions.import_archive import import_archive
from evengait.actions.repair_archive import repair_archive
from evengait.core.errors import TableError
from evengait.storage.archive import Archive
from evengait.storage.archive.form import FILE, read_form
from evengait.storage.archive.layout import merged_name
from evengait.storage.archive.log import Log, Part
from evengait.storage.archive.writer import writing
from small_files import strava_zip

if TYPE_CHECKING:
    from collections.abc import Callable

OLD = Path(__file__).parent / "samples" / "before-forms.zip"
"""Three made-up runs, taken in by the program of 23 November 2026: without forms, hashes, recordings and labels."""


def opened_for_reading(folder: Path) -> object:
    return Archive(folder)


def opened_for_writing(folder: Path) -> object:
    with writing(folder) as writer:
        return writer


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_an_archive_says_which_form_it_is_of(tmp_path: Path) -> None:
    add(tmp_path, "b", 1)
    assert read_form(tmp_path) == 1


@pytest.mark.parametrize("way", [opened_for_reading, opened_for_writing])
@pytest.mark.parametrize(
    ("says", "sentence"),
    [
        ('{"form": 2, "made_by": "evengait 9"}', "newer version"),
        ("{", "damaged"),
        ('{"form": -1}', "damaged"),
    ],
)
def test_a_newer_or_unreadable_form_is_left_alone(
    tmp_path: Path, way: Callable[[Path], object], says: str, sentence: str
) -> None:
    add(tmp_path, "b", 1)
    (tmp_path / FILE).write_text(says, encoding="utf-8")
    before = snapshot(tmp_path)
    with pytest.raises(TableError, match=sentence):
        way(tmp_path)
    assert snapshot(tmp_path) == before


def test_a_column_of_a_newer_program_is_left_out_and_kept(tmp_path: Path) -> None:
    add(tmp_path, "b", 1)
    log = Log(tmp_path / "sessions")
    (old,) = log.parts().values()
    rows = pq.read_table(tmp_path / "sessions" / old.name)
    path = tmp_path / "sessions" / merged_name("newer")
    pq.write_table(rows.append_column("mood", pa.array(["fine"])), path)
    DeltaTable(log.folder).alter.add_columns([Field("mood", "string")])
    log.commit(add=[Part(path.name, path.stat().st_size, 1)], remove=[old])
    assert Archive(tmp_path).sessions()["session"].to_list() == [session_id(1)]
    add(tmp_path, "b2", 2)
    assert Archive(tmp_path).sessions().height == 2
    assert pl.read_delta(str(tmp_path / "sessions"))["mood"].to_list().count("fine") == 1


def test_an_older_archive_is_read_added_to_and_taken_back_from(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with zipfile.ZipFile(OLD) as old:
        old.extractall(home)
    assert Archive(home).sessions()["name"].to_list() == ["Run 0", "Run 1", "Run 2"]
    assert Archive(home).samples().collect().height == 3 * 121
    found = check_archive(tmp_path, home)
    assert found.sound
    report = import_archive(home, [strava_zip(tmp_path / "e.zip", [0, 1, 2, 3])], workers=1)
    assert (report.counts["added"], report.counts["duplicate"]) == (1, 3)
    assert Archive(home).sessions().height == 4
    assert read_form(home) == 1
    assert check_archive(tmp_path, home).sound
    assert repair_archive(home).remade == 3
    assert not check_archive(tmp_path, home).findings
    with writing(home) as writer:
        batch = Archive(home).batches().filter(sessions=3)["batch"][0]
        writer.undo(batch)
    assert Archive(home).sessions()["name"].to_list() == ["Run 3"]
    assert check_archive(tmp_path, home).sound
