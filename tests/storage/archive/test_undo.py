from pathlib import Path

import pytest
from building import add, session_id

from evengait.storage.archive import Archive
from evengait.storage.archive import undo as undo_module
from evengait.storage.archive.compaction import compact
from evengait.storage.archive.heal import leftovers
from evengait.storage.archive.layout import Layout
from evengait.storage.archive.undo import Undone
from evengait.storage.archive.writer import writing


def compacted(folder: Path) -> None:
    add(folder, "early", *range(1, 9))
    add(folder, "late", *range(9, 19))
    with writing(folder) as writer:
        assert compact(writer.layout) == 54


def test_undo_takes_everything_of_one_import_and_nothing_else(tmp_path: Path) -> None:
    add(tmp_path, "b1", 1, 2)
    add(tmp_path, "b2", 3)
    with writing(tmp_path) as writer:
        assert writer.undo("b1") == Undone("b1", files=2, sessions=2)
    archive = Archive(tmp_path)
    assert archive.sessions()["session"].to_list() == [session_id(3)]
    assert archive.files().height == 1
    assert archive.samples().collect().height == 5
    assert not list(tmp_path.rglob("*b1-*.*"))


def test_an_unknown_import_is_none(tmp_path: Path) -> None:
    add(tmp_path, "b1", 1)
    with writing(tmp_path) as writer:
        assert writer.undo("b") is None
        assert writer.undo("b2") is None
    assert Archive(tmp_path).sessions().height == 1


def test_undo_reaches_into_parts_that_were_merged(tmp_path: Path) -> None:
    compacted(tmp_path)
    with writing(tmp_path) as writer:
        assert writer.undo("early") == Undone("early", files=8, sessions=8)
    archive = Archive(tmp_path)
    assert archive.sessions()["session"].to_list() == [session_id(i) for i in range(9, 19)]
    assert archive.samples().collect()["session"].n_unique() == 10
    assert not list((tmp_path / "originals").glob("early-*"))


@pytest.mark.parametrize("stop_before", ["samples", "sessions"])
def test_an_undo_that_was_cut_off_is_finished_at_the_next_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop_before: str
) -> None:
    compacted(tmp_path)
    drop = undo_module.replace_rows

    def stopping(layout: Layout, name: str, *rest: object, **more: object) -> None:
        if name == stop_before:
            raise KeyboardInterrupt
        drop(layout, name, *rest, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch, writing(tmp_path) as writer:
        patch.setattr(undo_module, "replace_rows", stopping)
        with pytest.raises(KeyboardInterrupt):
            writer.undo("early")
    assert Archive(tmp_path).sessions().height == 10
    assert Archive(tmp_path).samples().collect()["session"].n_unique() == 10
    assert leftovers(Layout(tmp_path)).undoing == "early"

    with writing(tmp_path):
        pass

    assert not leftovers(Layout(tmp_path))
    assert Archive(tmp_path).files().height == 10
    assert not list((tmp_path / "originals").glob("early-*"))
