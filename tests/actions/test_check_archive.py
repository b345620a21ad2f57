from pathlib import Path

from evengait.actions.check_archive import check_archive
from evengait.actions.import_archive import import_archive
from small_files import strava_zip


def test_a_home_that_is_not_there_yet_is_sound(tmp_path: Path) -> None:
    found = check_archive(tmp_path / "home", tmp_path / "home" / "runners" / "me")
    assert found.sound
    assert (found.sessions, found.originals, found.leftovers) == (0, 0, 0)
    assert not (tmp_path / "home").exists()


def test_a_whole_archive_is_sound_and_lists_its_imports(tmp_path: Path) -> None:
    report = import_archive(tmp_path, [strava_zip(tmp_path / "e.zip", [0, 1])], workers=1)
    found = check_archive(tmp_path, tmp_path)
    assert found.sound
    assert (found.sessions, found.originals, found.files) == (2, 2, 4)
    assert [(batch["batch"], batch["added"]) for batch in found.batches] == [(report.batch, 2)]
    assert found.versions["python"].startswith("3.")


def test_a_changed_original_a_stray_and_a_lost_part_are_found(tmp_path: Path) -> None:
    import_archive(tmp_path, [strava_zip(tmp_path / "e.zip", [0, 1])], workers=1)
    (tmp_path / "originals" / "stray-0001.zip").write_bytes(b"x")
    assert check_archive(tmp_path, tmp_path).leftovers == 1
    pack = next(path for path in (tmp_path / "originals").iterdir() if "stray" not in path.name)
    pack.write_bytes(pack.read_bytes()[:100])
    found = check_archive(tmp_path, tmp_path)
    assert not found.sound
    assert len(found.damaged) == 2
    next((tmp_path / "samples").glob("*.parquet")).unlink()
    assert any("'samples'" in what for what in check_archive(tmp_path, tmp_path).damaged)
