"""Files on their way in: pieces in their place, names that stay inside, nothing left afterwards."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.core.errors import UsageError
from evengait.storage.uploads import discard, inner_path, receive, received, upload_folder


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/etc/passwd",
        "../up",
        "a/../b",
        "a//b",
        "a\\b",
        "C:x",
        "nul\0",
        "a/. ./b",
        "x" * 300,
        "a/" * 9 + "b",
    ],
)
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        inner_path(name)


@given(st.text(max_size=60))
def test_whatever_name_a_browser_gives_the_file_stays_inside(name: str) -> None:
    try:
        inside = Path("/home/uploads/x").joinpath(*inner_path(name))
    except UsageError:
        return
    assert Path("/home/uploads/x") in inside.parents
    assert ".." not in inside.parts


def test_pieces_make_the_file_and_one_sent_twice_counts_once(tmp_path: Path) -> None:
    folder = upload_folder(tmp_path, uuid4())
    assert receive(folder, "export/a.fit", 0, [b"abc", b"def"]) == 6
    assert receive(folder, "export/a.fit", 6, [b"ghi"]) == 3
    assert receive(folder, "export/a.fit", 6, [b"ghi"]) == 0
    assert received(folder) == [folder / "export"]
    assert (folder / "export" / "a.fit").read_bytes() == b"abcdefghi"
    assert (folder / "export" / "a.fit").stat().st_mode & 0o077 == 0
    discard(folder)
    assert received(folder) == []


def test_a_gap_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="missing"):
        receive(tmp_path, "a.fit", 5, [b"x"])


def test_a_disk_that_is_nearly_full_takes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evengait.storage.uploads.KEEP_FREE", 1 << 62)
    with pytest.raises(UsageError, match="nearly full"):
        receive(tmp_path, "a.fit", 0, [b"x"])
