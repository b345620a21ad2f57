"""The same run from several sources is one session that keeps the best of each, whatever the order."""

from __future__ import annotations

import json
from itertools import permutations
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from evengait.actions.check_archive import check_archive
from evengait.actions.import_archive import ImportReport, import_archive
from evengait.actions.undo_import import undo_import
from evengait.storage.archive import Archive
from several_sources import WATCH, fit_of, garmin, gpx_of, names, run_of, strava
from small_files import zip_of

if TYPE_CHECKING:
    from pathlib import Path


def take_in(home: Path, *paths: Path) -> ImportReport:
    return import_archive(home, list(paths), workers=1)


def state(home: Path) -> dict[str, Any]:
    """Return what an archive holds, but for which import brought it when, and where the same bytes lay."""
    archive = Archive(home)
    found = check_archive(home, home)
    assert (found.leftovers, found.damaged) == (0, [])
    files = archive.files()
    content = dict(files.filter(pl.col("sha256").is_not_null()).select("source", "sha256").iter_rows())
    sessions = archive.sessions().drop("batch")
    pairs = [[source.partition("=")[::2] for source in row] for row in sessions["sources"].to_list()]
    sources = [
        sorted((what, content.get(where, where.rpartition("/")[2])) for what, where in row) for row in pairs
    ]
    kept = files.filter(pl.col("original").is_not_null())["sha256"].sort().to_list()
    samples = pl.read_delta(str(home / "samples")).sort("session", "timestamp")
    assert_frame_equal(samples, archive.samples().collect().sort("session", "timestamp"))
    return {
        "sessions": sessions.drop("sources"),
        "sources": sources,
        "samples": samples,
        "originals": kept,
        "recordings": sorted(pl.read_delta(str(home / "recordings"))["recording"]),
    }


def same(one: dict[str, Any], other: dict[str, Any]) -> None:
    for key, value in one.items():
        if isinstance(value, pl.DataFrame):
            assert_frame_equal(value, other[key])
        else:
            assert value == other[key], key


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return what a runner may bring: five files that overlap in every way."""
    folder = tmp_path_factory.mktemp("sources")
    first, second, third = run_of(1), run_of(2), run_of(3)
    watch = [run.recorded(1, columns=WATCH) for run in (first, second, third)]
    fits = [fit_of(samples) for samples in watch]
    phone = folder / "phone.gpx"
    phone.write_bytes(gpx_of(first.recorded(5, begin=200, end=700, noise_m=6), pulse=False))
    loose = folder / "loose.fit"
    loose.write_bytes(fits[0])
    return {
        "strava": strava(
            folder / "strava.zip",
            {1: (gpx_of(watch[0]), ".gpx"), 2: (fits[1], ".fit"), 3: (gpx_of(watch[2], ""), ".gpx")},
        ),
        "garmin": garmin(folder / "garmin.zip", {1: (fits[0], watch[0]), 2: (fits[1], watch[1])}),
        "phone": phone,
        "loose": loose,
        "third": zip_of(folder / "third.zip", {"a/third.fit": fits[2], "a/notes.txt": b"hello"}),
    }


def test_the_watchs_balance_stravas_name_and_garmins_effort_come_together(
    tmp_path: Path, sources: dict[str, Path]
) -> None:
    take_in(tmp_path, sources["strava"])
    report = take_in(tmp_path, sources["garmin"])
    assert report.counts == {"added": 0, "duplicate": 2, "not_a_session": 10, "failed": 0}
    assert "now one session, with the samples of this one" in str([file.reason for file in report.files])
    sessions = Archive(tmp_path).sessions()
    assert sessions.height == 3
    one = sessions.row(0, named=True)
    assert (one["name"], one["shoe"], one["rpe_cr10"]) == ("Strava run 1", "Pegasus", 6.0)
    assert Archive(tmp_path).samples(one["session"]).collect()["balance_left_pct_x100"].null_count() == 0
    assert names(one["sources"]) == ["samples", "name", "shoe", "rpe_cr10"]
    assert "UploadedFiles_0-_Part1.zip" in one["sources"][0]
    assert "activities.csv" in one["sources"][1]
    assert "summarizedActivities.json" in one["sources"][3]
    assert len(one["recordings"]) == 2


def test_garmin_alone_gives_names_effort_and_shoes(tmp_path: Path, sources: dict[str, Path]) -> None:
    report = take_in(tmp_path, sources["garmin"])
    assert report.counts == {"added": 2, "duplicate": 0, "not_a_session": 10, "failed": 0}
    assert report.shoes == {"Brooks Ghost 14"}
    sessions = Archive(tmp_path).sessions()
    assert sessions["name"].to_list() == ["Garmin run 1", "Garmin run 2"]
    reasons = {file.reason for file in report.files if file.verdict == "not_a_session"}
    assert "A FIT file that holds the day's health data." in reasons
    assert "Garmin's list of gear: shoes come from it." in reasons


def test_the_folder_and_the_zips_in_it_are_read_like_the_zip(
    tmp_path: Path, sources: dict[str, Path]
) -> None:
    import zipfile

    with zipfile.ZipFile(sources["garmin"]) as archive:
        archive.extractall(tmp_path / "unpacked")
    take_in(tmp_path / "one", tmp_path / "unpacked")
    take_in(tmp_path / "two", sources["garmin"])
    one, two = (Archive(tmp_path / name).sessions().drop("batch", "sources") for name in ("one", "two"))
    assert_frame_equal(one, two)


def test_a_mixed_folder_of_everything_comes_in_at_once(tmp_path: Path, sources: dict[str, Path]) -> None:
    folder = tmp_path / "everything"
    for number, path in enumerate(sources.values()):
        (folder / str(number)).mkdir(parents=True)
        (folder / str(number) / path.name).write_bytes(path.read_bytes())
    (folder / "holiday.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (folder / "letter.docx").write_bytes(b"PK\x03\x04 no zip")
    report = take_in(tmp_path / "home", folder)
    assert (report.sessions, report.runs, report.counts["added"]) == (3, 3, 3)
    assert report.distance_m == pytest.approx(Archive(tmp_path / "home").sessions()["distance_m"].sum())
    for name, path in sources.items():
        take_in(tmp_path / "other", path)
        assert name
    one, two = state(tmp_path / "home"), state(tmp_path / "other")
    same({k: one[k] for k in ("samples", "originals", "recordings")}, two)
    assert_frame_equal(one["sessions"], two["sessions"])


def test_the_order_of_imports_does_not_matter_and_every_undo_is_an_inverse(
    tmp_path: Path, sources: dict[str, Path]
) -> None:
    kinds = ["strava", "garmin", "phone", "loose"]
    alone: dict[frozenset[str], dict[str, Any]] = {}

    def wanted(*which: str) -> dict[str, Any]:
        key = frozenset(which)
        if key not in alone:
            home = tmp_path / f"alone-{len(alone)}"
            for name in kinds:
                if name in key:
                    take_in(home, sources[name])
            alone[key] = state(home)
        return alone[key]

    for number, order in enumerate(list(permutations(kinds))[::7]):
        home = tmp_path / str(number)
        batches = {name: take_in(home, sources[name]).batch for name in order}
        same(state(home), wanted(*kinds))
        left = list(order)
        for name in order[number % 4 :][:2]:
            undo_import(home, batches[name])
            left.remove(name)
            same(state(home), wanted(*left))


def test_what_is_taken_back_can_be_taken_in_again(tmp_path: Path, sources: dict[str, Path]) -> None:
    batches = {name: take_in(tmp_path, path).batch for name, path in sources.items()}
    whole = state(tmp_path)
    for name, path in sources.items():
        undo_import(tmp_path, batches[name])
        take_in(tmp_path, path)
        same(state(tmp_path), whole)
    assert json.dumps(Archive(tmp_path).sessions().to_dicts(), default=str)


def test_a_renamed_shoe_comes_in_with_the_next_export_and_goes_with_its_undo(tmp_path: Path) -> None:
    samples = run_of(1).recorded(1, columns=WATCH)
    runs = {1: (fit_of(samples), ".fit")}
    old, new = strava(tmp_path / "old.zip", runs), strava(tmp_path / "new.zip", runs, shoe="Pegasus (old)")
    home = tmp_path / "home"
    take_in(home, old)
    before = state(home)
    report = take_in(home, new)
    assert report.counts["added"] == 0
    assert Archive(home).sessions()["shoe"].to_list() == ["Pegasus (old)"]
    undo_import(home, report.batch)
    same(state(home), before)


def test_an_older_export_does_not_bring_old_names_back(tmp_path: Path) -> None:
    samples = [run_of(day).recorded(1, columns=WATCH) for day in (1, 2)]
    old = strava(tmp_path / "old.zip", {1: (fit_of(samples[0]), ".fit")}, shoe="Old name")
    new = strava(
        tmp_path / "new.zip", {i + 1: (fit_of(s), ".fit") for i, s in enumerate(samples)}, shoe="New name"
    )
    take_in(tmp_path / "home", new)
    take_in(tmp_path / "home", old)
    assert set(Archive(tmp_path / "home").sessions()["shoe"]) == {"New name"}


def test_garmins_words_find_recordings_that_came_earlier_and_later(
    tmp_path: Path, sources: dict[str, Path]
) -> None:
    import zipfile

    with zipfile.ZipFile(sources["garmin"]) as archive:
        lists = {name: archive.read(name) for name in archive.namelist() if name.endswith(".json")}
    words = zip_of(tmp_path / "words.zip", lists)
    take_in(tmp_path / "one", sources["loose"])
    take_in(tmp_path / "one", words)
    take_in(tmp_path / "two", words)
    take_in(tmp_path / "two", sources["loose"])
    for home in ("one", "two"):
        session = Archive(tmp_path / home).sessions().row(0, named=True)
        assert (session["name"], session["shoe"]) == ("Garmin run 1", "Brooks Ghost 14")


def test_two_runners_of_one_race_and_two_runs_in_a_row_stay_two(tmp_path: Path) -> None:
    race, rival = run_of(1, 1800), run_of(1, 1800)
    other = run_of(7, 1800)
    rival.north, rival.east, rival.pulse, rival.steps = (
        race.north * 0.97,
        race.east * 0.97,
        other.pulse,
        other.steps,
    )
    again = run_of(1, 1200)
    again.clock = again.clock + 1860
    paths = []
    for name, run in (("a", race), ("b", rival), ("c", again)):
        path = tmp_path / f"{name}.fit"
        path.write_bytes(fit_of(run.recorded(1, columns=WATCH)))
        paths.append(path)
    report = take_in(tmp_path / "home", *paths)
    assert (report.counts["added"], report.counts["duplicate"]) == (3, 0)


def test_importing_everything_again_changes_not_one_byte(tmp_path: Path, sources: dict[str, Path]) -> None:
    def snapshot() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()}

    take_in(tmp_path, *sources.values())
    before = snapshot()
    again = take_in(tmp_path, *sources.values())
    assert again.counts["added"] == 0
    assert snapshot() == before


def test_a_later_export_of_the_same_name_stands_alone_when_the_earlier_is_undone(tmp_path: Path) -> None:
    runs = {day: (fit_of(run_of(day, 300).recorded(1, columns=WATCH)), ".fit") for day in (1, 2)}
    path = strava(tmp_path / "export_1.zip", {1: runs[1]})
    first = take_in(tmp_path / "home", path)
    strava(path, runs)
    take_in(tmp_path / "home", path)
    undo_import(tmp_path / "home", first.batch)
    take_in(tmp_path / "alone", path)
    same(state(tmp_path / "home"), state(tmp_path / "alone"))


@pytest.mark.parametrize("share", [0.05, 0.3, 0.9])
@pytest.mark.parametrize("whole_first", [True, False])
def test_a_file_that_was_cut_in_transfer_beside_its_whole_copy_counts_once(
    tmp_path: Path, share: float, whole_first: bool
) -> None:
    bytes_ = fit_of(run_of(1).recorded(1, columns=WATCH))
    whole, cut = tmp_path / "run.fit", tmp_path / "half" / "run.fit"
    cut.parent.mkdir()
    whole.write_bytes(bytes_)
    cut.write_bytes(bytes_[: int(len(bytes_) * share)])
    for file in (whole, cut) if whole_first else (cut, whole):
        assert take_in(tmp_path / "home", file).counts["failed"] == 0
    sessions = Archive(tmp_path / "home").sessions()
    assert sessions.height == 1
    take_in(tmp_path / "alone", whole)
    alone = Archive(tmp_path / "alone").sessions()
    columns = ["start", "elapsed_s", "distance_m", "steps"]
    assert_frame_equal(sessions.select(columns), alone.select(columns))
