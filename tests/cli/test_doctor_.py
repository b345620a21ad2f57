import json
from pathlib import Path

from click.testing import CliRunner, Result

from evengait.actions.import_archive import import_archive
from evengait.cli import cli
from small_files import strava_zip


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--home", str(home), "doctor", *words], standalone_mode=False)


def test_a_sound_archive_is_said_to_be(tmp_path: Path) -> None:
    report = import_archive(tmp_path / "runners" / "me", [strava_zip(tmp_path / "e.zip", [0, 1])], workers=1)
    result = run(tmp_path)
    assert result.return_value == 0
    assert "2 sessions from 4 files; 2 originals kept" in result.stdout
    assert report.batch in result.stdout
    document = json.loads(run(tmp_path, "--json").stdout)
    assert document["sound"]
    assert document["sessions"] == 2


def test_leftovers_are_told_and_do_no_harm(tmp_path: Path) -> None:
    folder = tmp_path / "runners" / "me"
    import_archive(folder, [strava_zip(tmp_path / "e.zip", [0])], workers=1)
    (folder / "samples" / "part-x-0001.parquet").write_bytes(b"x")
    result = run(tmp_path)
    assert result.return_value == 0
    assert "1 piece is left" in result.stdout


def test_damage_is_an_exit_status(tmp_path: Path) -> None:
    folder = tmp_path / "runners" / "me"
    import_archive(folder, [strava_zip(tmp_path / "e.zip", [0])], workers=1)
    next((folder / "originals").iterdir()).unlink()
    result = run(tmp_path)
    assert result.return_value == 1
    assert "DAMAGED" in result.stdout


def test_repair_says_what_it_did_and_where_the_rest_lies(tmp_path: Path) -> None:
    folder = tmp_path / "runners" / "me"
    import_archive(folder, [strava_zip(tmp_path / "e.zip", [0, 1])], workers=1)
    part = next((folder / "samples").glob("*.parquet"))
    part.write_bytes(part.read_bytes()[:-9])
    told = run(tmp_path)
    assert told.return_value == 1
    assert "Next: evengait doctor --repair" in told.stdout
    result = run(tmp_path, "--repair")
    assert result.return_value == 0
    assert "Sessions made anew from their originals: 2." in result.stdout
    assert "What was replaced lies in damaged/" in result.stdout
    assert "There was nothing to repair." in run(tmp_path, "--repair").stdout


def test_a_finding_is_for_machines_too(tmp_path: Path) -> None:
    folder = tmp_path / "runners" / "me"
    import_archive(folder, [strava_zip(tmp_path / "e.zip", [0])], workers=1)
    pack = next((folder / "originals").iterdir())
    pack.write_bytes(pack.read_bytes()[:200])
    document = json.loads(run(tmp_path, "--json").stdout)
    (finding,) = document["findings"]
    assert finding["kind"] == "original"
    assert finding["mend"] == "import"
    assert len(finding["sessions"]) == 1
    assert document["damaged"] == [finding["what"]]
    assert document["repaired"] is None
    repaired = json.loads(run(tmp_path, "--repair", "--json").stdout)["repaired"]
    assert repaired["lost"] == {}
    assert len(repaired["done"]) == 2


def test_a_damaged_database_is_told(records_home: Path) -> None:
    assert run(records_home).return_value == 0
    file = records_home / "desk.sqlite3"
    data = bytearray(file.read_bytes())
    data[4096:8192] = bytes(range(256)) * 16
    file.write_bytes(data)
    result = run(records_home)
    assert result.return_value == 1
    assert "database of runners, diary and plans is damaged" in result.stdout


def test_damage_of_another_runners_archive_is_not_passed_over(tmp_path: Path) -> None:
    """A server keeps one archive a runner, and none that is called "me"."""
    for name in ("ada", "bea"):
        import_archive(tmp_path / "runners" / name, [strava_zip(tmp_path / f"{name}.zip", [0])], workers=1)
    next((tmp_path / "runners" / "bea" / "originals").iterdir()).unlink()
    alone = run(tmp_path)
    assert "2 other archives in this home were not looked at: evengait doctor --every" in alone.stderr
    every = run(tmp_path, "--every")
    assert every.return_value == 1
    assert every.stdout.count("Archive: ") == 2
    assert every.stdout.count("DAMAGED") == 1
    assert "not looked at" not in every.stderr
    said = [json.loads(line)["sound"] for line in run(tmp_path, "--every", "--json").stdout.splitlines()]
    assert said == [True, False]
