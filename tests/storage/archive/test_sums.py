import shutil
import subprocess
from pathlib import Path

import pytest
from building import add

from evengait.actions.check_archive import check_archive
from evengait.storage.archive.sums import FILE, changed, names, read_sums, refresh
from evengait.storage.archive.writer import writing


def test_every_file_of_an_archive_is_hashed_when_its_writer_closes_it(tmp_path: Path) -> None:
    add(tmp_path, "b", 1, 2)
    sums = read_sums(tmp_path)
    assert (sums.there, sums.whole) == (True, True)
    assert sorted(sums.by_name) == names(tmp_path)
    assert {name.split("/")[0] for name in sums.by_name} >= {"archive.json", "samples", "files", "originals"}
    assert changed(tmp_path, sums) == []


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no coreutils here")
def test_other_programs_check_the_same_list(tmp_path: Path) -> None:
    add(tmp_path, "b", 1)
    check = ["sha256sum", "--check", "--strict", "--quiet", FILE]
    assert subprocess.run(check, cwd=tmp_path, check=False).returncode == 0
    part = next((tmp_path / "samples").glob("*.parquet"))
    part.write_bytes(part.read_bytes() + b"x")
    done = subprocess.run(check, cwd=tmp_path, check=False, capture_output=True)
    assert done.returncode == 1


def test_one_changed_byte_is_found_wherever_it_is(tmp_path: Path) -> None:
    add(tmp_path, "b", 1)
    sums = read_sums(tmp_path)
    for name in names(tmp_path):
        whole = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        assert changed(tmp_path, sums) == [name]
        (tmp_path / name).write_bytes(whole)


def test_the_list_knows_whether_it_was_changed_itself(tmp_path: Path) -> None:
    add(tmp_path, "b", 1)
    whole = (tmp_path / FILE).read_bytes()
    for at in range(0, len(whole), 97):
        (tmp_path / FILE).write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert not read_sums(tmp_path).whole
    (tmp_path / FILE).unlink()
    assert not read_sums(tmp_path).there


def test_what_is_hashed_already_is_not_hashed_again(tmp_path: Path) -> None:
    add(tmp_path, "b", 1)
    pack = next((tmp_path / "originals").glob("*.zip"))
    pack.write_bytes(b"damaged")
    refresh(tmp_path)
    assert changed(tmp_path, read_sums(tmp_path)) == [f"originals/{pack.name}"]


def test_what_is_taken_back_is_hashed_no_more(tmp_path: Path) -> None:
    add(tmp_path, "b1", 1)
    add(tmp_path, "b2", 2)
    with writing(tmp_path) as writer:
        writer.undo("b1")
    assert sorted(read_sums(tmp_path).by_name) == names(tmp_path)
    assert not any("b1-" in name for name in names(tmp_path))


def test_an_archive_that_was_just_made_has_its_list(tmp_path: Path) -> None:
    with writing(tmp_path):
        found = check_archive(tmp_path, tmp_path)  # as after kill -9 in the midst of a first import
        assert found.sound
        assert not found.findings
