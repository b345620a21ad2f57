"""Deleting everything leaves none of her words: in no table, in no file of the home, in no memory of the desk."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from cast import SECRETS

from evengait.storage.home import runner_folder

if TYPE_CHECKING:
    from pathlib import Path

    from cast import Cast

WORDS = (*SECRETS, "owner@example.org", "a-word-in-anothers-case", "a-word-that-was-tapped")


def written(cast: Cast, demo_home: Path) -> Path:
    """Let the owner leave words wherever there is a place for them; return her folder."""
    from planning import her

    folder = runner_folder(cast.home, her(cast).name)
    shutil.copytree(runner_folder(demo_home, "demo"), folder, dirs_exist_ok=True)
    client = cast.client("owner")
    client.get("/")
    client.get("/timeline/")
    client.post("/you/take/begin/")
    session = client.session
    session["last_tap"] = {"before": WORDS[-1]}
    session.save()
    another_case(cast)
    return folder


def another_case(cast: Cast) -> None:
    """Let the owner reply in a case of somebody else, and be told of things."""
    from datetime import date

    from evengait.core.health_problem import HealthProblem
    from evengait.core.sharing import Grant
    from evengait.storage.records.cases import open_case
    from evengait.storage.records.grants import share
    from evengait.storage.records.problems import keep_problem
    from evengait.storage.records.replies import add_reply
    from evengait.storage.records.runners import runner_of

    other = runner_of(cast.accounts["outsider"].pk)
    assert other is not None
    problem = keep_problem(other.id, HealthProblem(date(2026, 11, 1), "knee", "left", "gradual"))
    case = open_case(other.id, problem.id or other.id, "Knee", "injury", opened_by=other.account)
    share(other.id, case.id, [Grant("case", role="everybody")], {})
    add_reply(case.id, cast.accounts["owner"].pk, "a-word-in-anothers-case")


def in_tables() -> list[tuple[str, str]]:
    """Return where in any table one of her words stands, read as text whatever the column is."""
    from django.apps import apps

    found = []
    for model in apps.get_models():
        for row in model._default_manager.values_list():
            text = str(row)
            found += [(model._meta.label, word) for word in WORDS if word in text]
        if model._meta.label == "sessions.Session":
            text = str([one.get_decoded() for one in model._default_manager.all()])
            found += [("sessions.Session", word) for word in WORDS if word in text]
    return found


def in_files(home: Path) -> list[tuple[str, str]]:
    found = []
    for file in sorted(one for one in home.rglob("*") if one.is_file()):
        data = file.read_bytes()
        found += [(str(file.relative_to(home)), word) for word in WORDS if word.encode() in data]
    return found


def test_no_table_and_no_file_has_a_word_of_hers(either_cast: Cast, demo_home: Path) -> None:
    from django.db import connection

    cast = either_cast
    folder = written(cast, demo_home)
    assert {word for _, word in in_tables()} == set(WORDS)
    assert folder in folders_kept()
    cast.client("owner").post("/you/delete/", {"word": "delete"})
    assert in_tables() == []
    assert folder not in folders_kept()
    assert in_files(cast.home) == [], "as it lies while the desk is open, its log too"
    connection.close()
    assert in_files(cast.home) == []
    assert not folder.exists()


def folders_kept() -> set[Path]:
    from evengait.storage.archive import kept

    return {folder for shelf in (kept._read, kept._drawn) for folder, _ in shelf.kept}


def test_frames_of_an_archive_that_another_process_deleted_are_dropped(
    tmp_path: Path, demo_home: Path
) -> None:
    from evengait.storage.archive.kept import KeptArchive

    gone, stays = tmp_path / "gone", tmp_path / "stays"
    for folder in (gone, stays):
        shutil.copytree(runner_folder(demo_home, "demo"), folder)
        KeptArchive(folder).held("days", lambda: [1])
    shutil.rmtree(gone)
    KeptArchive(stays).held("days", lambda: [1])
    assert gone not in folders_kept()
    assert stays in folders_kept()


def test_a_log_that_a_reader_holds_is_emptied_later(cast: Cast) -> None:
    """A page that is being read while somebody is deleted is not in the way, and fails nothing."""
    import sqlite3

    reader: Any = sqlite3.connect(cast.home / "desk.sqlite3")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM records_account").fetchone()
    assert cast.client("owner").post("/you/delete/", {"word": "delete"}).status_code == 302
    reader.close()
    assert in_tables() == []
