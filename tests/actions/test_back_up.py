"""A backup that was never restored is none: every one here is put back, on either database, and looked through."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from evengait.actions.back_up import back_up
from evengait.actions.check_archive import check_archive
from evengait.actions.import_archive import import_archive
from evengait.actions.restore_home import restore_home
from evengait.actions.undo_import import undo_import
from evengait.core.diary import DiaryEntry
from evengait.core.errors import EvengaitError, UsageError
from evengait.storage.archive import Archive
from evengait.storage.archive.layout import Layout
from evengait.storage.archive.writer import alone
from evengait.storage.backup.pins import FOLDER, LEFT_OUT, pinned
from small_files import fit, strava_zip, zip_of


def archive_of(home: Path) -> Path:
    return home / "runners" / "me"


def imported(home: Path, days: list[int], tmp_path: Path) -> Path:
    import_archive(archive_of(home), [strava_zip(tmp_path / f"{days[0]}.zip", days)], workers=1)
    return home


def sessions(home: Path) -> list[str]:
    return sorted(Archive(archive_of(home)).sessions()["session"].to_list())


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return imported(tmp_path / "hers", [0, 1, 2], tmp_path)


@pytest.mark.parametrize("form", ["file", "folder"])
def test_a_home_comes_back_on_another_machine(home: Path, tmp_path: Path, form: str) -> None:
    place = tmp_path / "backups"
    if form == "folder":
        place.mkdir()
    done = back_up(home, place)
    other = tmp_path / "other" / "home"
    came = restore_home(other, place)
    assert (came.runners, came.files, came.bytes) == (1, done.files, done.bytes)
    assert sessions(other) == sessions(home)
    checked = check_archive(other, archive_of(other))
    assert (checked.sound, checked.leftovers) == (True, 0)
    assert tree(other / "runners") == {
        name: digits for name, digits in tree(home / "runners").items() if not name.endswith(".lock")
    }
    assert not (home / FOLDER).exists()


def test_the_records_come_back_on_either_database(
    either_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    from evengait.storage.records.diary import diary_of, keep_day
    from evengait.storage.records.opening import open_records
    from evengait.storage.records.runners import runner_named

    runner = runner_named(either_home, "me")
    keep_day(runner.id, DiaryEntry(date(2026, 11, 8), pain_daily_nprs=3))
    done = back_up(either_home, tmp_path / "b.zip")
    other = tmp_path / "other"
    if done.database == "postgresql":
        import psycopg

        server = request.getfixturevalue("postgres_url")
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "back{os.getpid()}"')
        with pytest.raises(UsageError, match="has tables in it"):
            restore_home(other, tmp_path / "b.zip")
        monkeypatch.setenv("EVENGAIT_DATABASE_URL", f"{server}/back{os.getpid()}")
    assert restore_home(other, tmp_path / "b.zip").database == done.database
    open_records(other)
    assert [entry.pain_daily_nprs for entry in diary_of(runner_named(other, "me").id)] == [3]
    assert runner_named(other, "me").id == runner.id
    assert not (other / "desk.pgdump").exists()


def test_without_the_name_of_its_database_a_servers_home_is_neither_backed_up_nor_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """A nightly job with the home alone would else keep archives without diaries, and say that all went well."""
    from databases import copy_database
    from evengait.storage.records.opening import has_records, open_records

    home = tmp_path / "home"
    url = copy_database(request.getfixturevalue("postgres_url"), "tables", f"unnamed{os.getpid()}")
    monkeypatch.setenv("EVENGAIT_HOME", str(home))
    monkeypatch.setenv("EVENGAIT_DATABASE_URL", url)
    open_records(home)
    back_up(home, tmp_path / "whole.zip")
    monkeypatch.delenv("EVENGAIT_DATABASE_URL")
    with pytest.raises(UsageError, match="PostgreSQL"):
        back_up(home, tmp_path / "half.zip")
    assert has_records(home)
    with pytest.raises(UsageError, match="EVENGAIT_DATABASE_URL"):
        open_records(home)
    assert not (home / "desk.sqlite3").exists()
    assert not (tmp_path / "half.zip").exists()
    with zipfile.ZipFile(tmp_path / "whole.zip") as kept:
        assert "desk.postgresql" not in kept.namelist()


def test_nothing_that_is_there_is_written_over(home: Path, records_home: Path, tmp_path: Path) -> None:
    back_up(home, tmp_path / "b.zip")
    back_up(records_home, tmp_path / "r.zip")
    before = tree(home)
    with pytest.raises(UsageError, match="already"):
        restore_home(home, tmp_path / "b.zip")
    assert tree(home) == before
    with pytest.raises(UsageError, match="records in this home already"):
        restore_home(records_home, tmp_path / "r.zip")
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="not a backup"):
        back_up(home, tmp_path / "mine.txt")
    assert (tmp_path / "mine.txt").read_text() == "mine"
    with pytest.raises(UsageError, match="inside the home"):
        back_up(home, home / "b.zip")


def test_a_tree_that_follows_another_costs_only_what_is_new(home: Path, tmp_path: Path) -> None:
    place = tmp_path / "trees"
    place.mkdir()
    first = back_up(home, place)
    imported(home, [7], tmp_path)
    second = back_up(home, place)
    assert first.linked == 0
    assert 0 < second.linked < second.files
    one, two = (next(Path(done.backup).rglob("originals/*.zip")) for done in (first, second))
    assert one.name != two.name or one.samefile(two)
    shutil.rmtree(first.backup)
    restore_home(tmp_path / "other", place)
    assert sessions(tmp_path / "other") == sessions(home)


def test_a_rotten_file_of_an_earlier_tree_is_copied_anew(home: Path, tmp_path: Path) -> None:
    place = tmp_path / "trees"
    place.mkdir()
    first = back_up(home, place)
    next(Path(first.backup).rglob("originals/*.zip")).write_bytes(b"rotten")
    restore_home(tmp_path / "other", Path(back_up(home, place).backup))
    assert check_archive(tmp_path / "other", archive_of(tmp_path / "other")).sound
    with pytest.raises(EvengaitError, match="not as it was written"):
        restore_home(tmp_path / "third", Path(first.backup))
    assert not (tmp_path / "third" / "runners").exists()


def test_a_changed_byte_anywhere_in_a_backup_is_found(home: Path, tmp_path: Path) -> None:
    back_up(home, tmp_path / "b.zip")
    whole = (tmp_path / "b.zip").read_bytes()
    for place in range(0, len(whole), len(whole) // 25):
        data = bytearray(whole)
        data[place] ^= 0xFF
        (tmp_path / "bad.zip").write_bytes(data)
        try:
            restore_home(tmp_path / f"{place}", tmp_path / "bad.zip")
        except EvengaitError:
            assert not (tmp_path / f"{place}" / "runners").exists()
        else:  # a byte that only the zip's own clock or names in front of members have
            assert sessions(tmp_path / f"{place}") == sessions(home)


def test_names_that_lead_out_are_refused(tmp_path: Path) -> None:
    from evengait.storage.archive.sums import sums_text
    from evengait.storage.backup.book import About

    digits = hashlib.sha256(b"x").hexdigest()
    sums = sums_text({"../escaped": digits})
    about = About("2026-11-26T00:00:00Z", None, (), 0, hashlib.sha256(sums).hexdigest())
    zip_of(tmp_path / "evil.zip", {"../escaped": b"x", "SHA256SUMS": sums, "backup.json": about.written()})
    with pytest.raises(EvengaitError, match="damaged"):
        restore_home(tmp_path / "deep" / "home", tmp_path / "evil.zip")
    assert not (tmp_path / "deep" / "escaped").exists()


def test_what_an_unfinished_import_has_is_not_in(home: Path, tmp_path: Path) -> None:
    """As between two commits of a chunk: its samples are in the log, ``files`` does not know it."""
    from evengait.storage.archive.part import write_part

    layout = Layout(archive_of(home))
    before = sessions(home)
    part = layout.logs["samples"].parts()
    rows = next(iter(part))
    from evengait.storage.archive.contents import read_table
    from evengait.storage.archive.schema import arrow_schema

    table = read_table(layout.logs["samples"], "samples", arrow_schema("samples").names)
    new = write_part(
        layout.logs["samples"].folder, "part-20991231T000000-ffff-0001.parquet", "samples", table
    )
    layout.logs["samples"].commit(add=[new])
    (layout.originals / "20991231T000000-ffff-0001.zip").write_bytes(b"half")
    with alone(layout):  # the import goes on, and is not waited for
        back_up(home, tmp_path / "b.zip")
    restore_home(tmp_path / "other", tmp_path / "b.zip")
    checked = check_archive(tmp_path / "other", archive_of(tmp_path / "other"))
    assert (checked.sound, checked.leftovers) == (True, 0)
    assert sessions(tmp_path / "other") == before
    assert rows in Layout(archive_of(tmp_path / "other")).logs["samples"].parts()
    assert new.name in layout.logs["samples"].parts()  # the home itself was not touched


def test_an_undo_that_was_cut_off_is_finished_in_the_backup(home: Path, tmp_path: Path) -> None:
    imported(home, [7], tmp_path)
    batch = str(Archive(archive_of(home)).batches()["batch"][-1])
    Layout(archive_of(home)).undoing.write_text(batch)
    back_up(home, tmp_path / "b.zip")
    restore_home(tmp_path / "other", tmp_path / "b.zip")
    with pytest.raises(UsageError):
        undo_import(archive_of(home), batch)  # opening the home for it has finished it there too
    assert sessions(tmp_path / "other") == sessions(home)


def test_a_damaged_home_never_replaces_a_good_backup(home: Path, tmp_path: Path) -> None:
    back_up(home, tmp_path / "b.zip")
    good = (tmp_path / "b.zip").read_bytes()
    pack = next((archive_of(home) / "originals").glob("*.zip"))
    kept = pack.read_bytes()
    pack.write_bytes(kept[:-1] + b"x")
    with pytest.raises(EvengaitError, match="not as it was written"):
        back_up(home, tmp_path / "b.zip")
    pack.unlink()
    with pytest.raises(EvengaitError, match="Kept originals are missing"):
        back_up(home, tmp_path / "b.zip")
    pack.write_bytes(kept)
    part = next((archive_of(home) / "samples").glob("*.parquet"))
    part.unlink()
    with pytest.raises(EvengaitError, match="'samples' is missing"):
        back_up(home, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_bytes() == good
    assert [path.name for path in tmp_path.glob(".*part")] == []


def test_a_damaged_database_never_replaces_a_good_backup(records_home: Path, tmp_path: Path) -> None:
    from django.db import connections

    connections.close_all()
    back_up(records_home, tmp_path / "b.zip")
    good = (tmp_path / "b.zip").read_bytes()
    file = records_home / "desk.sqlite3"
    data = bytearray(file.read_bytes())
    data[4096:8192] = bytes(range(256)) * 16
    file.write_bytes(data)
    with pytest.raises(EvengaitError, match="damaged"):
        back_up(records_home, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_bytes() == good


def test_a_file_system_without_links_is_copied_while_writers_wait(home: Path) -> None:
    def refused(source: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    with pinned(home, link=refused) as pins:
        assert sessions(pins) == sessions(home)
        part = next((pins / "runners" / "me" / "samples").glob("*.parquet"))
        assert part.stat().st_nlink == 1


def test_every_name_in_a_home_is_backed_up_or_left_out_for_a_reason(
    records_home: Path, tmp_path: Path
) -> None:
    imported(records_home, [0], tmp_path)
    for name in ("maps/town", "uploads/x"):
        (records_home / name).mkdir(parents=True)
        (records_home / name / "a").write_text("a")
    (records_home / "secret_key").write_text("k")
    back_up(records_home, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as file:
        tops = {name.split("/")[0] for name in file.namelist()}
    assert tops == {"runners", "maps", "desk.sqlite3", "SHA256SUMS", "backup.json"}
    there = {path.name for path in records_home.iterdir()}
    assert there - tops <= set(LEFT_OUT)


def test_records_of_a_newer_program_are_refused_before_anything_is_put_back(
    records_home: Path, tmp_path: Path
) -> None:
    from django.db import connections

    connections.close_all()
    connection = sqlite3.connect(records_home / "desk.sqlite3")
    connection.execute(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('records', '9999_new', '2027-01-01')"
    )
    connection.commit()
    connection.close()
    back_up(records_home, tmp_path / "b.zip")
    with pytest.raises(EvengaitError, match="newer version"):
        restore_home(tmp_path / "other", tmp_path / "b.zip")
    assert not (tmp_path / "other").exists()


def test_one_backup_of_a_home_at_a_time(home: Path, tmp_path: Path) -> None:
    from filelock import FileLock

    with FileLock(home / "backup.lock"), pytest.raises(EvengaitError, match="Another backup"):
        back_up(home, tmp_path / "b.zip")


@pytest.mark.skipif(os.geteuid() != 0, reason="needs a small disk of its own")
def test_a_full_disk_is_one_sentence_and_the_earlier_backup_stays_whole(home: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        back_up(home, disk / "b.zip")
        good = (disk / "b.zip").read_bytes()
        zip_of(tmp_path / "noise.zip", {f"{i}.fit": fit(20 + i, seconds=4000) for i in range(60)})
        import_archive(archive_of(home), [tmp_path / "noise.zip"], workers=1)
        done = subprocess.run(
            [sys.executable, "-m", "evengait", "--home", home, "doctor", "backup", disk / "b.zip"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert "The disk that the backup goes to is full. Earlier backups are whole" in done.stderr
        assert (disk / "b.zip").read_bytes() == good
        assert [path.name for path in disk.iterdir()] == ["b.zip"]
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("form", ["file", "folder"])
def test_a_disk_that_fills_while_writing_is_the_same_sentence(home: Path, tmp_path: Path, form: str) -> None:
    import resource

    place = tmp_path / "backups"
    if form == "folder":
        place.mkdir()
    back_up(home, place)
    before = tree(tmp_path / "backups") if form == "folder" else place.read_bytes()
    imported(home, list(range(20, 60)), tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "evengait", "--home", home, "doctor", "backup", place],
        capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "is full" in done.stderr
    assert (tree(place) if form == "folder" else place.read_bytes()) == before


def test_the_command_line_says_what_was_done(home: Path, tmp_path: Path) -> None:
    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "evengait", *map(str, words)], capture_output=True, text=True, check=False
        )

    done = run("--home", home, "doctor", "backup", tmp_path / "b.zip")
    assert done.returncode == 0, done.stderr
    assert "1 archive and no database" in done.stdout
    assert "Every file was read back and has its hash." in done.stdout
    came = run("--home", tmp_path / "new", "doctor", "restore", "--json", tmp_path / "b.zip")
    assert json.loads(came.stdout)["runners"] == 1
    again = run("--home", tmp_path / "new", "doctor", "restore", tmp_path / "b.zip")
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)
    assert run("--home", tmp_path / "new", "doctor").returncode == 0
    assert run("--home", tmp_path / "x", "doctor", "restore", tmp_path / "none.zip").returncode == 2
