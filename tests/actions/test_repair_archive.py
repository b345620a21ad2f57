"""Whatever byte of an archive changes and whatever file goes: the doctor finds it, and repairs what can be."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from polars.testing import assert_frame_equal

from evengait.actions import _remake, _reread
from evengait.actions.check_archive import check_archive
from evengait.actions.import_archive import import_archive
from evengait.actions.repair_archive import repair_archive
from evengait.storage.archive import Archive
from small_files import fit, strava_zip, zip_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import polars as pl

TABLES = ("samples", "sessions", "recordings", "labels", "surfaces", "files")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an archive of two imports, a second recording of one run, and what was imported."""
    folder = tmp_path_factory.mktemp("whole")
    import_archive(folder / "me", [strava_zip(folder / "e.zip", range(6))], workers=1)
    more = {"10.fit": fit(10), "11.fit": fit(11, sport="cycling"), "again.fit": fit(2, seconds=115)}
    import_archive(folder / "me", [zip_of(folder / "f.zip", more)], workers=1)
    assert check_archive(folder, folder / "me").sound
    return folder


def copied(whole: Path, tmp_path: Path) -> Path:
    home = tmp_path / "me"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(whole / "me", home)
    return home


def told(home: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    archive = Archive(home)
    return archive.sessions(), archive.samples().collect().sort("session", "timestamp")


def kinds(home: Path) -> set[str]:
    return {finding.kind for finding in check_archive(home, home).findings}


def as_before(whole: Path, home: Path, *, but: tuple[str, ...] = ()) -> None:
    """Fail unless every session and sample is as it was, but for some columns."""
    for now, before in zip(told(home), told(whole / "me"), strict=True):
        gone = [name for name in but if name in now.columns]
        assert_frame_equal(now.drop(gone), before.drop(gone))


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_is_gone_is_made_anew(whole: Path, tmp_path: Path, table: str) -> None:
    home = copied(whole, tmp_path)
    shutil.rmtree(home / table)
    assert "log" in kinds(home)
    done = repair_archive(home)
    assert not done.lost
    assert check_archive(home, home).sound
    as_before(whole, home)


def test_from_the_originals_alone_everything_comes_back_but_what_was_said(
    whole: Path, tmp_path: Path
) -> None:
    home = copied(whole, tmp_path)
    for table in TABLES:
        shutil.rmtree(home / table)
    (home / "SHA256SUMS").unlink()
    done = repair_archive(home)
    assert done.remade == 8
    assert check_archive(home, home).sound
    as_before(whole, home, but=("name", "note", "shoe", "rpe_cr10", "sources"))


def test_what_is_lost_for_good_is_named_and_comes_back_by_import(whole: Path, tmp_path: Path) -> None:
    home = copied(whole, tmp_path)
    for folder, kind in (("originals", "zip"), ("sessions", "parquet"), ("samples", "parquet")):
        for path in (home / folder).glob(f"*.{kind}"):
            path.unlink()
    done = repair_archive(home)
    assert len(done.lost) == 9
    assert "e.zip!activities/100.fit.gz" in done.lost.values()
    assert check_archive(home, home).sessions == 0
    again = import_archive(home, [whole / "e.zip", whole / "f.zip"], workers=1)
    assert again.counts["added"] == 8
    assert check_archive(home, home).sound
    as_before(whole, home, but=("batch",))


def test_sessions_are_made_of_their_samples_where_nothing_else_is_left(whole: Path, tmp_path: Path) -> None:
    home = copied(whole, tmp_path)
    for path in [*(home / "originals").glob("*.zip"), *(home / "sessions").glob("*.parquet")]:
        path.unlink()
    done = repair_archive(home)
    assert (done.remade, done.lost) == (8, {})
    unknown = ("utc_offset_s", "offset_source", "local_date", "device", "sub_sport", "recordings")
    as_before(whole, home, but=unknown)
    assert {finding.kind for finding in check_archive(home, home).findings} == {"original"}
    import_archive(home, [whole / "e.zip", whole / "f.zip"], workers=1)
    assert check_archive(home, home).sound
    repair_archive(home)
    as_before(whole, home)


def test_a_lost_original_is_named_and_kept_anew_by_the_next_import(whole: Path, tmp_path: Path) -> None:
    home = copied(whole, tmp_path)
    for pack in (home / "originals").iterdir():
        kept = pack.read_bytes()
        pack.unlink()
        if any("e.zip!activities/10" in finding.what for finding in check_archive(home, home).findings):
            break
        pack.write_bytes(kept)
    found = check_archive(home, home)
    (one, *_) = [finding for finding in found.findings if finding.kind == "original"]
    assert "e.zip!activities/10" in one.what
    assert one.mend == "import"
    assert len(one.sessions) == 1
    report = import_archive(home, [whole / "e.zip"], workers=1)
    assert report.counts["duplicate"] == 6
    assert all("kept anew" in str(file.reason) for file in report.files if file.verdict == "duplicate")
    repair_archive(home)
    assert check_archive(home, home).sound
    as_before(whole, home)
    assert Archive(home).files()["original"].drop_nulls().len() == 9


def test_what_is_replaced_is_set_aside_and_a_sound_archive_is_not_touched(
    whole: Path, tmp_path: Path
) -> None:
    home = copied(whole, tmp_path)
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    done = repair_archive(home)
    assert (done.done, done.aside) == ([], None)
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before
    part = next((home / "samples").glob("*.parquet"))
    part.write_bytes(b"damaged")
    done = repair_archive(home)
    assert done.aside is not None
    assert (home / done.aside / "samples" / part.name).read_bytes() == b"damaged"


def test_an_archive_of_a_newer_program_is_not_repaired(whole: Path, tmp_path: Path) -> None:
    home = copied(whole, tmp_path)
    (home / "archive.json").write_text('{"form": 99}', encoding="utf-8")
    found = check_archive(home, home)
    assert [finding.mend for finding in found.findings] == ["update"]
    with pytest.raises(Exception, match="newer version"):
        repair_archive(home)


def test_a_repair_that_is_undone_leaves_nothing(whole: Path, tmp_path: Path) -> None:
    from evengait.actions.undo_import import undo_import

    home = copied(whole, tmp_path)
    for path in [*(home / "samples").glob("*.parquet"), *(home / "sessions").glob("*.parquet")]:
        path.unlink()
    repair_archive(home)
    for batch in Archive(home).batches()["batch"]:
        undo_import(home, batch)
    assert [frame.height for frame in told(home)] == [0, 0]
    assert check_archive(home, home).sound
    assert not list((home / "originals").iterdir())


def test_sessions_that_this_version_reads_otherwise_are_told_and_read_anew(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = copied(whole, tmp_path)
    for room in (_reread, _remake):
        monkeypatch.setattr(room, "session_row", _with_another_word(room.session_row))
    found = check_archive(home, home)
    assert found.sound
    assert [finding.kind for finding in found.findings] == ["reading"]
    repair_archive(home)
    assert set(Archive(home).sessions()["device"]) == {"another word"}
    assert Archive(home).sessions()["name"].drop_nulls().len() == 6
    assert not check_archive(home, home).findings


def _with_another_word(made: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def row(*some: Any, **named: Any) -> dict[str, Any]:
        return made(*some, **named) | {"device": "another word"}

    return row
