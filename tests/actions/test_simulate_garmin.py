from pathlib import Path

from polars.testing import assert_frame_equal

from evengait.actions.import_archive import import_archive
from evengait.actions.simulate_export import simulate_export
from evengait.actions.simulate_garmin import simulate_garmin
from evengait.storage.archive import Archive


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = (
        simulate_garmin(tmp_path / f"{n}.zip", seed=3, runs=4, others_per_session=2).path for n in "ab"
    )
    assert one.read_bytes() == two.read_bytes()


def test_a_garmin_archive_and_a_strava_export_of_one_runner_are_one_history(tmp_path: Path) -> None:
    garmin = simulate_garmin(tmp_path / "garmin.zip", seed=5, runs=14, others_per_session=6)
    strava = simulate_export(tmp_path / "strava.zip", seed=5, runs=14, workers=1)
    first = import_archive(tmp_path / "home", [garmin.path], workers=1)
    assert first.counts["added"] == garmin.sessions
    assert first.counts["not_a_session"] == 6 * garmin.sessions + 4
    assert first.counts["failed"] == 0
    alone = Archive(tmp_path / "home").sessions()
    assert alone["name"].null_count() == 0
    assert alone["shoe"].drop_nulls().n_unique() == len(first.shoes)
    second = import_archive(tmp_path / "home", [strava.path], workers=1)
    assert (second.counts["added"], second.counts["duplicate"]) == (0, strava.sessions)
    together = Archive(tmp_path / "home").sessions()
    import_archive(tmp_path / "other", [strava.path], workers=1)
    import_archive(tmp_path / "other", [garmin.path], workers=1)
    drop = ("batch", "sources")
    assert_frame_equal(together.drop(drop), Archive(tmp_path / "other").sessions().drop(drop))
