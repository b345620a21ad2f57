import gzip
import hashlib
import zipfile
from pathlib import Path

import pytest

from evengait.core.errors import TableError
from evengait.ingest._member import Content
from evengait.storage.archive.originals import damaged, read_original, write_pack

DATA = b"a recording"
SHA = hashlib.sha256(DATA).hexdigest()


def packed(tmp_path: Path, content: Content) -> str:
    (tmp_path / "originals").mkdir()
    write_pack(tmp_path / "originals" / "c.zip", [(SHA, content)])
    return f"originals/c.zip!{SHA}"


def test_an_original_comes_back_unpacked(tmp_path: Path) -> None:
    address = packed(tmp_path, Content(DATA, 0, None))
    assert read_original(tmp_path, address) == DATA


def test_what_came_in_gzip_is_kept_byte_for_byte(tmp_path: Path) -> None:
    came = gzip.compress(DATA, 9)
    packed(tmp_path, Content(DATA, 0, came))
    with zipfile.ZipFile(tmp_path / "originals" / "c.zip") as pack:
        assert pack.read(SHA) == came


def test_whole_originals_pass_and_missing_or_changed_ones_are_named(tmp_path: Path) -> None:
    good = packed(tmp_path, Content(DATA, 0, None))
    write_pack(tmp_path / "originals" / "d.zip", [(SHA, Content(b"something else", 0, None))])
    changed, missing, gone = f"originals/d.zip!{SHA}", "originals/c.zip!00", "originals/e.zip!00"
    assert list(damaged(tmp_path, [good, changed, missing, gone])) == [changed, missing, gone]


def test_reading_a_lost_original_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="missing or damaged"):
        read_original(tmp_path, "originals/none.zip!00")
