"""Everything that is a person's can be taken along and is deleted: said once, and nothing may be left out."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl
from cast import SECRETS
from working import work

from evengait.core.language import say, speaking
from evengait.storage.home import runner_folder
from evengait.storage.records.belongings import BELONGINGS, NOBODYS, PLACES, rows_of
from evengait.storage.records.runners import runner_of
from small_files import strava_zip

if TYPE_CHECKING:
    from pathlib import Path

    from cast import Cast


def brought_in(cast: Cast, tmp_path: Path) -> None:
    """Give the owner an archive, a set of strength work and a takeout's worth of rows."""
    from evengait.actions.import_archive import import_archive
    from evengait.core.strength import StrengthSet
    from evengait.storage.records.strength import keep_sets

    runner = runner_of(cast.accounts["owner"].pk)
    folder = runner_folder(cast.home, runner.name)
    import_archive(folder, [strava_zip(tmp_path / "e.zip", [0, 1, 2])])
    keep_sets(runner.id, [StrengthSet(date(2026, 11, 8), "goblet_squat", 1, reps=8)])


def taken(cast: Cast, persona: str = "owner") -> zipfile.ZipFile:
    client = cast.client(persona)
    client.post("/you/take/begin/")
    assert "It is being made" in client.get("/you/take/").content.decode()
    work()
    page = client.get("/you/take/").content.decode()
    address = page.split('class="button" href="')[1].split('"')[0]
    return zipfile.ZipFile(io.BytesIO(b"".join(client.get(address).streaming_content)))


def test_every_table_belongs_to_a_person_or_says_why_not(records_home: Any) -> None:
    from django.apps import apps

    tables = {model._meta.label for model in apps.get_models()}
    told = {one.table for one in BELONGINGS}
    assert told | set(NOBODYS) == tables
    assert not told & set(NOBODYS)
    for one in BELONGINGS:
        assert rows_of(one, None, None) is None
        files = [other.file for other in BELONGINGS if other.file]
        assert len(files) == len(set(files))


def test_every_way_to_a_person_is_a_belonging(records_home: Any) -> None:
    """A column that leads to an account or a runner has an entry of its own, so that no row of hers is forgotten."""
    from django.apps import apps

    from evengait.storage.records.models import Account, Runner

    told = {(one.table, one.whose) for one in BELONGINGS}
    aside = {("records.Runner", "account"), ("records.Case", "opened_by")}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            way = (model._meta.label, field.name)
            if field.related_model in {Account, Runner} and way not in aside:
                assert way in told, f"{way} leads to a person; enter it in storage/records/belongings.py"


def test_every_place_of_the_home_is_somebodys_or_says_why_not(cast: Cast, tmp_path: Path) -> None:
    from evengait.web.accounts.link import new_link

    brought_in(cast, tmp_path)
    taken(cast)
    new_link(cast.home)
    names = {path.name.removesuffix("-wal").removesuffix("-shm") for path in cast.home.iterdir()}
    assert names <= set(PLACES), "say in storage/records/belongings.py whose it is"


def test_one_file_holds_every_word_and_every_recording(cast: Cast, tmp_path: Path) -> None:
    brought_in(cast, tmp_path)
    whole = taken(cast)
    names = set(whole.namelist())
    assert {f"records/{one.file}.json" for one in BELONGINGS if one.file} <= names
    readme = whole.read("README.txt").decode()
    for one in BELONGINGS:
        assert not one.file or f"records/{one.file}.json" in readme
    rows = {one.file: json.loads(whole.read(f"records/{one.file}.json")) for one in BELONGINGS if one.file}
    assert rows["runner"][0]["display_name"] == SECRETS[0]
    assert rows["intakes"][0]["story"] == SECRETS[1]
    assert rows["diary"][0]["notes"] == SECRETS[1]
    assert [len(rows[name]) for name in ("problems", "trials", "strength_sets", "account")] == [1, 1, 1, 1]
    assert not {"password", "digest"} & {key for found in rows.values() for row in found for key in row}
    sessions = pl.read_parquet(io.BytesIO(whole.read("archive/sessions.parquet")))
    assert sessions.height == 3
    assert len(whole.read("archive/sessions.csv").decode().splitlines()) == 4
    samples = [
        pl.read_parquet(io.BytesIO(whole.read(n))) for n in sorted(names) if n.startswith("archive/samples/")
    ]
    assert sum(frame.height for frame in samples) > 3
    originals = [name for name in names if name.startswith("originals/")]
    assert originals
    assert sum(len(zipfile.ZipFile(io.BytesIO(whole.read(name))).namelist()) for name in originals) >= 3
    assert set(json.loads(whole.read("archive/columns.json"))["sessions"]) >= {"distance_m", "local_date"}


def test_its_readme_speaks_the_language_of_who_asked(cast: Cast, tmp_path: Path) -> None:
    brought_in(cast, tmp_path)
    client: Any = cast.client("owner")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "de-CH,de;q=0.9"
    client.post("/you/take/begin/")
    work()
    address = client.get("/you/take/").content.decode().split('class="button" href="')[1].split('"')[0]
    with zipfile.ZipFile(io.BytesIO(b"".join(client.get(address).streaming_content))) as whole:
        readme = whole.read("README.txt").decode()
    with speaking("de"):
        lines = [(f"records/{one.file}.json", say(one.about)) for one in BELONGINGS if one.file]
    assert all(any(file in line and about in line for line in readme.splitlines()) for file, about in lines)
    assert not [one.about for one in BELONGINGS if one.file and one.about in readme]
    assert "evengait import originals/" in readme
    assert not re.search(r"\b(?:the|of|what|with|is)\b", readme)
    assert max(map(len, readme.splitlines())) <= 120


def test_nobody_else_has_a_word_of_it(cast: Cast, tmp_path: Path) -> None:
    brought_in(cast, tmp_path)
    whole = taken(cast, "coach")
    text = b"".join(whole.read(name) for name in whole.namelist()).decode("utf-8", "replace")
    for word in SECRETS:
        assert word not in text
    assert not any(name.startswith(("originals/", "archive/")) for name in whole.namelist())


def test_a_takeout_ends_after_a_day_and_its_file_is_removed(cast: Cast) -> None:
    from evengait.storage.records.models import Takeout
    from evengait.storage.records.takeouts import forget_takeouts, takeout_file

    taken(cast)
    row = Takeout.objects.get(account=cast.accounts["owner"])
    file = takeout_file(cast.home, row.pk)
    assert file.stat().st_mode & 0o077 == 0
    client = cast.client("owner")
    Takeout.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert client.get(f"/you/take/{row.pk}/").status_code == 404
    forget_takeouts(cast.home, expired_at=datetime.now(UTC))
    assert not file.exists()
    assert not Takeout.objects.exists()


def test_deleting_everything_leaves_no_row_and_no_folder_of_hers(cast: Cast, tmp_path: Path) -> None:
    brought_in(cast, tmp_path)
    cast.program("owner")
    taken(cast)
    account = cast.accounts["owner"].pk
    runner = runner_of(account)
    full = {
        one.file
        for one in BELONGINGS
        if (rows := rows_of(one, runner.id, account)) is not None and rows.exists()
    }
    assert {
        "account",
        "runner",
        "diary",
        "problems",
        "intakes",
        "trials",
        "imports",
        "tokens",
        "takeouts",
    } <= full
    cast.client("owner").post("/you/delete/", {"word": "delete"})
    left = [
        one.table
        for one in BELONGINGS
        if (rows := rows_of(one, runner.id, account)) is not None and rows.exists()
    ]
    assert not left
    assert not runner_folder(cast.home, "owner").exists()
    assert not list((cast.home / "takeouts").iterdir())
    assert runner_of(cast.accounts["outsider"].pk), "others stay"
