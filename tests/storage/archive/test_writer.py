from pathlib import Path

import pytest
from building import add, make_chunk, session_id

from evengait.core.errors import EvengaitError, TableError
from evengait.storage.archive import Archive
from evengait.storage.archive.heal import leftovers
from evengait.storage.archive.layout import Layout
from evengait.storage.archive.writer import Chunk, Writer, writing


def cut_off(writer: Writer, chunk: Chunk, after: int) -> None:
    """Commit only the first tables of a chunk, as a crash would."""
    names = ("samples", "sessions", "files")[:after]
    writer.commit(Chunk(chunk.name, {name: chunk.parts[name] for name in names}))


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_chunk_that_never_reached_the_files_table_does_not_count_and_is_removed(
    tmp_path: Path, after: int
) -> None:
    add(tmp_path, "b1", 1)
    with writing(tmp_path) as writer:
        cut_off(writer, make_chunk(writer, "b2", 2), after)
    assert Archive(tmp_path).sessions()["session"].to_list() == [session_id(1)]
    assert Archive(tmp_path).samples().collect().height == 5
    assert leftovers(Layout(tmp_path))

    with writing(tmp_path):
        pass

    assert not leftovers(Layout(tmp_path))
    assert not list(tmp_path.rglob("*b2-*"))
    assert Archive(tmp_path).sessions()["session"].to_list() == [session_id(1)]


def test_a_whole_chunk_survives_healing(tmp_path: Path) -> None:
    add(tmp_path, "b1", 1)
    with writing(tmp_path):
        pass
    assert Archive(tmp_path).sessions().height == 1
    assert len(list((tmp_path / "originals").iterdir())) == 1


def test_copies_of_packed_zips_are_cleared_away(tmp_path: Path) -> None:
    add(tmp_path, "b1", 1)
    (tmp_path / ".spool").mkdir()
    (tmp_path / ".spool" / "copy.zip").write_bytes(b"x")
    with writing(tmp_path):
        assert not (tmp_path / ".spool").exists()


def test_without_its_files_table_an_archive_is_left_alone(tmp_path: Path) -> None:
    add(tmp_path, "b1", 1)
    (tmp_path / "files").rename(tmp_path / "elsewhere")
    with pytest.raises(TableError, match="'files' is missing"), writing(tmp_path):
        pass
    assert list((tmp_path / "samples").glob("*.parquet"))


def test_a_second_writer_is_told_and_does_not_write(tmp_path: Path) -> None:
    said: list[str] = []
    with (
        writing(tmp_path),
        pytest.raises(EvengaitError, match="Another import"),
        writing(tmp_path, on_wait=lambda: said.append("waiting"), wait_s=0.05),
    ):
        pass
    assert said == ["waiting"]
