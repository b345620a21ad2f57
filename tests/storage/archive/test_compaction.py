from pathlib import Path

import polars as pl
import pyarrow as pa
from building import add
from deltalake import DeltaTable
from polars.testing import assert_frame_equal

from evengait.storage.archive import Archive
from evengait.storage.archive.compaction import MERGE_FROM, compact
from evengait.storage.archive.heal import leftovers
from evengait.storage.archive.layout import Layout
from evengait.storage.archive.writer import writing


def test_few_parts_are_left_as_they_are(tmp_path: Path) -> None:
    add(tmp_path, "b", *range(MERGE_FROM[0] - 1))
    with writing(tmp_path) as writer:
        assert compact(writer.layout) == 0


def test_many_small_parts_become_one_with_the_same_rows(tmp_path: Path) -> None:
    add(tmp_path, "b", *range(MERGE_FROM[0]))
    archive = Archive(tmp_path)
    before = archive.sessions(), archive.files(), archive.samples().collect()
    with writing(tmp_path) as writer:
        assert compact(writer.layout) == 3 * MERGE_FROM[0]
        assert all(len(log.parts()) <= 1 for log in writer.layout.logs.values())
    after = archive.sessions(), archive.files(), archive.samples().collect()
    for old, new in zip(before, after, strict=True):
        assert_frame_equal(old, new)
    assert pl.scan_delta(str(tmp_path / "samples")).collect().height == before[2].height


def test_the_old_parts_are_gone_after_the_next_opening(tmp_path: Path) -> None:
    add(tmp_path, "b", *range(MERGE_FROM[0]))
    with writing(tmp_path) as writer:
        compact(writer.layout)
    with writing(tmp_path):
        pass
    assert len(list((tmp_path / "samples").glob("*.parquet"))) == 1
    assert len(list((tmp_path / "originals").glob("*.zip"))) == MERGE_FROM[0]
    assert not leftovers(Layout(tmp_path))
    assert Archive(tmp_path).samples().collect()["session"].n_unique() == MERGE_FROM[0]


def test_merged_parts_keep_the_bounds_of_their_clock(tmp_path: Path) -> None:
    add(tmp_path, "b", *range(MERGE_FROM[0]))

    def bounds() -> list[tuple[int, object, object]]:
        actions = pa.table(DeltaTable(tmp_path / "samples").get_add_actions(flatten=True))
        columns = ("num_records", "min.timestamp", "max.timestamp")
        return list(zip(*(actions.column(name).to_pylist() for name in columns), strict=True))

    before = bounds()
    with writing(tmp_path) as writer:
        compact(writer.layout)
    ((rows, least, most),) = bounds()
    assert rows == sum(part[0] for part in before)
    assert least == min(part[1] for part in before)  # type: ignore[type-var]
    assert most == max(part[2] for part in before)  # type: ignore[type-var]
