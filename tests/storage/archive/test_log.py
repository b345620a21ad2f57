import json
import shutil
from pathlib import Path

import pytest
from deltalake import DeltaTable

from evengait.core.columns import table as columns
from evengait.core.errors import TableError
from evengait.storage.archive.log import CHECKPOINT_EVERY, Log, Part


def a_log(tmp_path: Path) -> Log:
    log = Log(tmp_path / "files")
    log.create("files")
    return log


def test_a_folder_without_a_log_is_a_table_without_parts(tmp_path: Path) -> None:
    log = Log(tmp_path)
    assert not log.exists()
    assert log.version() == -1
    assert log.parts() == {}


def test_making_a_table_twice_changes_nothing(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    before = (log.logs / f"{0:020d}.json").read_bytes()
    log.create("files")
    assert (log.logs / f"{0:020d}.json").read_bytes() == before


def test_parts_come_and_go_in_one_commit(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    one, two = Part("one.parquet", 10, 3), Part("two.parquet", 20, 4, {"start": "a"}, {"start": "b"})
    log.commit(add=[one])
    assert log.commit(add=[two], remove=[one], changes=False) == 2
    assert log.parts() == {"two.parquet": two}


def test_delta_itself_reads_the_log_and_its_column_units(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    log.commit(add=[Part("a b.parquet", 10, 3)])
    table = DeltaTable(log.folder)
    assert table.version() == 1
    assert [Path(uri).name for uri in table.file_uris()] == ["a b.parquet"]
    assert next(f for f in table.schema().fields if f.name == "bytes").metadata["unit"] == "B"


def test_after_a_checkpoint_the_same_parts_are_found(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    for i in range(CHECKPOINT_EVERY + 1):
        log.commit(add=[Part(f"{i}.parquet", i, i)])
    before = log.parts()
    assert (log.logs / "_last_checkpoint").exists()
    assert Log(log.folder).parts() == before
    assert list(before) == [f"{i}.parquet" for i in range(CHECKPOINT_EVERY + 1)]
    log.commit(remove=[before["3.parquet"]])
    assert set(log.parts()) == set(before) - {"3.parquet"}


def test_a_commit_lies_on_the_disk_before_it_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = a_log(tmp_path)
    flushed: list[Path] = []
    monkeypatch.setattr("evengait.storage.archive.log.flush_file", flushed.append)
    monkeypatch.setattr("evengait.storage.archive.log.flush_folder", flushed.append)
    number = log.commit(add=[Part("one.parquet", 1, 1)])
    assert flushed == [log.logs / f"{number:020d}.json", log.logs]


def test_a_damaged_commit_is_one_sentence(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    (log.logs / f"{1:020d}.json").write_text("{", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(TableError, match="its log is damaged"):
            log.parts()


def test_what_another_process_commits_is_seen(tmp_path: Path) -> None:
    log, other = a_log(tmp_path), Log(tmp_path / "files")
    assert other.parts() == {}
    log.commit(add=[Part("one.parquet", 1, 1)])
    assert set(other.parts()) == {"one.parquet"}


def test_a_table_made_anew_is_read_anew(tmp_path: Path) -> None:
    log = a_log(tmp_path)
    log.commit(add=[Part("one.parquet", 1, 1)])
    assert log.version() == 1
    shutil.rmtree(log.folder)
    Log(log.folder).create("files")
    assert log.parts() == {}


@pytest.mark.parametrize("checkpointed", [False, True])
def test_an_older_table_learns_the_columns_it_lacks(tmp_path: Path, checkpointed: bool) -> None:
    log = a_log(tmp_path)
    first = log.logs / f"{0:020d}.json"
    lines = [json.loads(line) for line in first.read_text("utf-8").splitlines()]
    about = next(line["metaData"] for line in lines if "metaData" in line)
    schema = json.loads(about["schemaString"])
    schema["fields"] = [column for column in schema["fields"] if column["name"] != "reason"]
    about["schemaString"] = json.dumps(schema)
    first.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    old = DeltaTable(log.folder)
    assert "reason" not in {column.name for column in old.schema().fields}
    if checkpointed:
        old.create_checkpoint()
    for _ in range(2):
        Log(log.folder).create("files")
    table = DeltaTable(log.folder)
    assert table.version() == 1
    assert {column.name for column in table.schema().fields} == set(columns("files"))
    assert table.metadata().id == about["id"]
    assert table.metadata().configuration == about["configuration"]
