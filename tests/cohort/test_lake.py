"""A lake on a disk and on a real S3 server: who agreed and nobody else, without names, positions and notes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from click.testing import CliRunner, Result

from evengait.actions.agree_research import agree, has_agreed, withdraw
from evengait.actions.gather_lake import gather_lake
from evengait.cli import cli
from evengait.cohort.lake import KINDS, Lake
from evengait.core.errors import UsageError
from evengait.core.health_problem import HealthProblem
from evengait.storage.home import runner_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTE = "Sunday loop with Beatrix past the mill"
TODAY = date(2026, 11, 20)


def gpx(day: int, metres: int) -> str:
    points = "".join(
        f'<trkpt lat="{47 + i * 0.0001:.6f}" lon="8.123400">'
        f"<time>2026-09-{day:02d}T07:{i // 60:02d}:{i % 60:02d}Z</time></trkpt>"
        for i in range(0, metres // 11, 4)
    )
    head = '<gpx version="1.1" creator="a" xmlns="http://www.topografix.com/GPX/1/1"><trk>'
    return f"{head}<name>{NOTE}</name><desc>{NOTE}</desc><type>running</type><trkseg>{points}</trkseg></trk></gpx>"


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the archives of two runners with three runs each."""
    tmp_path = tmp_path_factory.mktemp("archives")
    home = tmp_path / "home"
    for runner, metres in (("beatrix", 9_000), ("carla", 7_000)):
        folder = tmp_path / runner
        folder.mkdir()
        for day in (1, 8, 20):
            (folder / f"{day}.gpx").write_text(gpx(day, metres), "utf-8")
        done = run(home, "--runner", runner, "import", folder)
        assert done.exit_code in (0, None), done.output
    return home


@pytest.fixture
def home(archives: Path, tmp_path: Path) -> Path:
    """Two runners; the first agreed and has a pain that began by and by."""
    home = tmp_path / "home"
    shutil.copytree(archives, home)
    agree(runner_folder(home, "beatrix"), TODAY)
    from evengait.storage.records.opening import open_records

    open_records(home)
    from evengait.storage.records.problems import keep_problem
    from evengait.storage.records.runners import runner_named

    told = HealthProblem(date(2026, 9, 20), "shin", "left", "gradual", "closed", None, date(2026, 10, 4))
    keep_problem(runner_named(home, "beatrix").id, told)
    return home


def run(home: Path, *words: object) -> Result:
    return CliRunner().invoke(cli, ["--home", str(home), *map(str, words)], catch_exceptions=False)


@pytest.fixture(scope="module", params=["moto", "rclone"])
def s3(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a bucket on a real S3 server on this machine: one in memory, one that keeps files on a disk."""
    folder = tmp_path_factory.mktemp("s3")
    (folder / "disk").mkdir()
    beside = [str(Path(sys.executable).with_name("rclone")), "serve", "s3"]
    rclone = [*beside, "--addr", "127.0.0.1:0", "--auth-key", "key,secret", str(folder / "disk")]
    servers = {"moto": [sys.executable, "-m", "moto.server", "-p", "0"], "rclone": rclone}
    log = folder / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(servers[request.param], stdout=out, stderr=out)
        try:
            for _ in range(600):
                if found := re.search(r"http://127\.0\.0\.1:(\d+)", log.read_text("utf-8")):
                    break
                time.sleep(0.1)
            else:
                pytest.fail("The server did not start.")
            # A bucket is made as its owner does it; the lake itself never makes one.
            if request.param == "rclone":
                (folder / "disk" / "research").mkdir()
            else:
                bucket = HTTPConnection("127.0.0.1", int(found[1]), timeout=20)
                bucket.request("PUT", "/research")
                assert bucket.getresponse().status == 200
                bucket.close()
            yield f"s3://key:secret@research/lake?endpoint_override=127.0.0.1:{found[1]}&scheme=http&region=us-east-1"
        finally:
            server.kill()
            server.wait()


def test_only_who_agreed_is_gathered_and_nothing_tells_who(home: Path, tmp_path: Path) -> None:
    told = gather_lake(str(tmp_path / "lake"), [home])
    assert (told.agreed, told.not_agreed, told.written) == (1, 1, 1)
    lake = Lake(str(tmp_path / "lake"))
    sessions, runners = lake.read("sessions"), lake.read("runners")
    assert sessions.columns == list(KINDS["sessions"])
    assert len(sessions) == 3
    assert runners.row(0)[1:] == (date(2026, 9, 1), date(2026, 9, 20), True)
    assert lake.read("problems")["site"].to_list() == ["shin"]
    for file in (tmp_path / "lake").rglob("*"):
        assert "beatrix" not in str(file).lower()
        if file.is_file():
            text = str(pl.read_parquet(file).to_dict(as_series=False)).lower()
            assert "beatrix" not in text
            assert "mill" not in text
            assert not {"lat", "lon", "note", "name", "start", "device"} & set(pl.read_parquet_schema(file))


def test_the_key_stays_in_the_home_and_only_its_owner_reads_it(home: Path, tmp_path: Path) -> None:
    gather_lake(str(tmp_path / "lake"), [home])
    key = home / "research" / "pseudonyms.key"
    assert len(key.read_bytes()) == 32
    assert key.stat().st_mode & 0o077 == 0
    assert not [
        file
        for file in (tmp_path / "lake").rglob("*")
        if file.is_file() and key.read_bytes() in file.read_bytes()
    ]


def test_what_did_not_change_is_not_sent_again_and_who_withdraws_is_taken_out(
    home: Path, tmp_path: Path
) -> None:
    place = str(tmp_path / "lake")
    gather_lake(place, [home])
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "lake").rglob("*.parquet")}
    assert gather_lake(place, [home]).written == 0
    assert before == {file: file.stat().st_mtime_ns for file in (tmp_path / "lake").rglob("*.parquet")}
    run(home, "--runner", "beatrix", "import", _one_more(tmp_path))
    assert gather_lake(place, [home]).written == 1
    assert len(Lake(place).read("sessions")) == 4
    withdraw(runner_folder(home, "beatrix"))
    assert gather_lake(place, [home]).agreed == 0
    assert not list((tmp_path / "lake").rglob("*.parquet"))


def _one_more(tmp_path: Path) -> Path:
    file = tmp_path / "more.gpx"
    file.write_text(gpx(25, 6_000), "utf-8")
    return file


def test_a_consent_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    agree(tmp_path, TODAY)
    assert has_agreed(tmp_path)
    (tmp_path / "research-consent.json").write_text("{yes", "utf-8")
    assert not has_agreed(tmp_path)
    (tmp_path / "research-consent.json").write_text(json.dumps({"words": 0}), "utf-8")
    assert not has_agreed(tmp_path)


def test_a_lake_on_an_s3_server_is_written_read_and_brought_up_to_date(home: Path, s3: str) -> None:
    assert gather_lake(s3, [home]).written == 1
    assert len(Lake(s3).read("sessions")) == 3
    assert gather_lake(s3, [home]).written == 0
    withdraw(runner_folder(home, "beatrix"))
    assert gather_lake(s3, [home]).written == 1
    assert len(Lake(s3).read("runners")) == 0


def test_the_commands_say_what_they_did(home: Path, tmp_path: Path) -> None:
    assert "Not agreed" in run(home, "--runner", "carla", "cohort", "consent").output
    assert "Agreed" in run(home, "--runner", "carla", "cohort", "consent", "--agree").output
    lake = tmp_path / "lake"
    told = json.loads(run(home, "cohort", "build", lake, "--home", home, "--json").stdout)
    assert told["agreed"] == 2
    with pytest.raises(UsageError, match="would give them away"):
        run(home, "cohort", "spikes", lake, "--workers", 1)


def test_a_place_that_holds_nothing_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no runner"):
        gather_lake(str(tmp_path / "lake"), [tmp_path])
    with pytest.raises(UsageError, match="address cannot be read"):
        Lake("gopher://old")
