import gzip
import hashlib
import os
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from evengait.actions.check_archive import check_archive
from evengait.actions.import_archive import ImportReport, Progress, import_archive
from evengait.core.columns import table
from evengait.core.errors import UsageError
from evengait.storage.archive import Archive
from evengait.storage.archive.originals import read_original
from small_files import HEADER_EN, bout, export_table, fit, strava_zip, zip_of


def take_in(tmp_path: Path, *paths: Path) -> ImportReport:
    return import_archive(tmp_path / "home", list(paths), workers=1)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    found = report.counts
    return found["added"], found["duplicate"], found["not_a_session"], found["failed"]


def loose(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_an_export_comes_in_with_names_shoes_and_its_own_dates(tmp_path: Path) -> None:
    report = take_in(tmp_path, strava_zip(tmp_path / "e.zip", [0, 1, 2]))
    assert counts(report) == (3, 0, 2, 0)
    assert (report.runs, report.sessions, report.without_file) == (3, 3, 1)
    assert (report.first, report.last) == (date(2026, 3, 1), date(2026, 3, 3))
    assert report.shoes == {"Pegasus", "Speedgoat"}
    sessions = Archive(tmp_path / "home").sessions()
    assert sessions["name"].to_list() == ["Run 0", "Run 1", "Run 2"]
    assert sessions["shoe"].to_list() == ["Speedgoat", "Pegasus", "Speedgoat"]
    assert sessions["local_date"].to_list() == [date(2026, 3, day) for day in (1, 2, 3)]
    assert set(sessions["offset_source"]) == {"recording"}
    assert sessions["distance_m"].round(0).to_list() == [360.0] * 3
    assert set(sessions["batch"]) == {report.batch}


def test_samples_are_the_devices_own_integers(tmp_path: Path) -> None:
    take_in(tmp_path, loose(tmp_path, "1.fit", fit()))
    archive = Archive(tmp_path / "home")
    samples = archive.samples(archive.sessions()["session"][0]).collect()
    made = bout().samples
    assert samples["timestamp"].cast(int).to_list() == made.timestamp_us.tolist()
    for name, (values, _) in made.columns.items():
        scale = table("samples")[name].scale
        given = samples[name].to_numpy()
        # A device keeps distance in centimetres and place in semicircles: nothing is lost on the way.
        assert np.array_equal(given, values), (name, scale)


def test_importing_twice_changes_not_one_byte(tmp_path: Path) -> None:
    export = strava_zip(
        tmp_path / "e.zip", [0, 1, 2], extra={"activities/9.gpx.gz": gzip.compress(b"<gpx></gpx>")}
    )
    take_in(tmp_path, export)
    before = snapshot(tmp_path / "home")
    again = take_in(tmp_path, export)
    assert counts(again) == (0, 3, 3, 0)
    assert again.sessions == 0
    assert snapshot(tmp_path / "home") == before


def test_a_newer_export_brings_only_what_is_new(tmp_path: Path) -> None:
    take_in(tmp_path, strava_zip(tmp_path / "old.zip", [0, 1]))
    report = take_in(tmp_path, strava_zip(tmp_path / "new.zip", [0, 1, 2]))
    assert counts(report)[:2] == (1, 2)
    assert Archive(tmp_path / "home").sessions().height == 3


def test_the_unpacked_export_is_known_again(tmp_path: Path) -> None:
    import zipfile

    export = strava_zip(tmp_path / "e.zip", [0, 1])
    take_in(tmp_path, export)
    with zipfile.ZipFile(export) as opened:
        opened.extractall(tmp_path / "export")
    assert counts(take_in(tmp_path, tmp_path / "export"))[:2] == (0, 2)


def test_packed_and_unpacked_are_the_same_recording(tmp_path: Path) -> None:
    report = take_in(
        tmp_path, loose(tmp_path, "a/1.fit", fit()), loose(tmp_path, "b/1.fit.gz", gzip.compress(fit()))
    )
    assert counts(report) == (1, 1, 0, 0)
    assert report.files[0].sessions == report.files[1].sessions
    assert "same file" in str(report.files[1].reason)


def test_the_same_run_from_two_watches_comes_in_once_and_both_files_are_kept(tmp_path: Path) -> None:
    one, other = fit(seconds=600), fit(seconds=560)
    report = take_in(tmp_path, loose(tmp_path, "1.fit", one), loose(tmp_path, "2.fit", other))
    assert counts(report) == (1, 1, 0, 0)
    assert "another recording" in str(report.files[1].reason)
    archive = Archive(tmp_path / "home")
    assert archive.sessions().height == 1
    kept = [read_original(tmp_path / "home", address) for address in archive.files()["original"]]
    assert kept == [one, other]
    assert counts(take_in(tmp_path, tmp_path / "2.fit")) == (0, 1, 0, 0)


@pytest.mark.parametrize("other", [{"seconds": 600, "sport": "cycling"}, {"seconds": 600, "hour": 1}])
def test_a_later_and_another_sports_recording_are_their_own(tmp_path: Path, other: dict[str, object]) -> None:
    report = take_in(
        tmp_path, loose(tmp_path, "1.fit", fit(seconds=600)), loose(tmp_path, "2.fit", fit(**other))
    )
    assert counts(report) == (2, 0, 0, 0)


def test_one_bad_file_stops_nothing_and_each_has_its_sentence(tmp_path: Path) -> None:
    whole = fit(seconds=600)
    export = strava_zip(
        tmp_path / "e.zip",
        [0],
        extra={
            "activities/cut.fit": fit(5, seconds=600)[: len(whole) // 2],
            "activities/tiny.fit": whole[:20],
            "activities/noise.fit": bytes(range(256)),
            "activities/empty.fit": b"",
            "activities/a.tcx": b"  <?xml?><TrainingCenterDatabase>",
            "activities/b.gpx": b"<gpx>",
        },
    )
    report = take_in(tmp_path, export)
    by_name = {file.source.rpartition("/")[2]: file for file in report.files}
    assert by_name["100.fit.gz"].verdict == "added"
    assert by_name["cut.fit"].verdict == "added"
    assert by_name["cut.fit"].reason
    for name in ("tiny.fit", "noise.fit", "empty.fit", "a.tcx", "b.gpx"):
        assert by_name[name].verdict == "failed", name
        assert str(by_name[name].reason).endswith("."), name
    assert all(file.reason for file in report.files if file.verdict != "added")


@pytest.mark.parametrize("ending", ["cut", "followed", "twice"])
def test_a_gzip_with_an_odd_end_is_kept_so_that_it_can_be_read_again(tmp_path: Path, ending: str) -> None:
    whole = gzip.compress(fit(seconds=600), mtime=0)
    odd = {"cut": whole[:-60], "followed": whole + b"something", "twice": whole + gzip.compress(b"more")}[
        ending
    ]
    (file,) = take_in(tmp_path, loose(tmp_path, "1.fit.gz", odd)).files
    assert file.verdict == "added"
    assert check_archive(tmp_path, tmp_path / "home").sound
    row = Archive(tmp_path / "home").files().row(0, named=True)
    assert hashlib.sha256(read_original(tmp_path / "home", row["original"])).hexdigest() == row["sha256"]


def test_a_fit_cut_anywhere_never_stops_the_import(tmp_path: Path) -> None:
    whole = fit()
    cuts = {f"{i}.fit": whole[:i] for i in range(0, len(whole), 97)}
    report = take_in(tmp_path, zip_of(tmp_path / "e.zip", cuts))
    assert len(report.files) == len(cuts)
    assert all(file.verdict == "added" or file.reason for file in report.files)


def test_a_header_that_lies_about_its_size_loses_nothing(tmp_path: Path) -> None:
    lying = bytearray(fit(seconds=600))
    lying[4:8] = (2**31).to_bytes(4, "little")
    report = take_in(tmp_path, loose(tmp_path, "1.fit", bytes(lying)))
    assert report.files[0].verdict == "added"
    assert Archive(tmp_path / "home").samples().collect().height == 601


def test_photos_are_passed_over_with_a_reason(tmp_path: Path) -> None:
    report = take_in(
        tmp_path, zip_of(tmp_path / "p.zip", {f"{i}.jpg": b"\xff\xd8\xff\xe0" for i in range(3)})
    )
    assert counts(report) == (0, 0, 3, 0)


def test_a_path_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing at"):
        take_in(tmp_path, tmp_path / "none.zip")


def test_a_failed_file_is_tried_again_and_told_once(tmp_path: Path) -> None:
    path = loose(tmp_path, "1.fit", b"not yet whole")
    assert counts(take_in(tmp_path, path)) == (0, 0, 0, 1)
    assert counts(take_in(tmp_path, path)) == (0, 0, 0, 1)
    assert Archive(tmp_path / "home").files().height == 1
    path.write_bytes(fit())
    assert counts(take_in(tmp_path, path)) == (1, 0, 0, 0)


def test_a_member_whose_packing_is_damaged_is_kept_in_mind_once(tmp_path: Path) -> None:
    damaged = bytearray(gzip.compress(fit(), mtime=0))
    damaged[60] ^= 0xFF
    export = zip_of(tmp_path / "e.zip", {"1.fit.gz": bytes(damaged)})
    for _ in range(2):
        assert counts(take_in(tmp_path, export)) == (0, 0, 0, 1)
    assert Archive(tmp_path / "home").files().height == 1


def test_a_locked_member_is_told_each_time_and_kept_in_mind_once(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "e.zip", {"a/b!c.fit": fit(), "a/d.fit": fit(1)})
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert counts(take_in(tmp_path, path)) == (1, 0, 0, 1)
    before = snapshot(tmp_path / "home")
    assert counts(take_in(tmp_path, path)) == (0, 1, 0, 1)
    assert snapshot(tmp_path / "home") == before


def test_a_bike_is_no_shoe(tmp_path: Path) -> None:
    row = {"Activity Gear": "Canyon", "Filename": "activities/1.fit"}
    export = {"x/activities.csv": export_table([row], HEADER_EN), "x/activities/1.fit": fit(sport="cycling")}
    take_in(tmp_path, zip_of(tmp_path / "e.zip", export))
    assert Archive(tmp_path / "home").sessions()["shoe"].to_list() == [None]


def test_dirt_distance_becomes_the_paved_share(tmp_path: Path) -> None:
    header = [*HEADER_EN, "Dirt Distance"]
    text = [",".join(header)]
    for day, dirt in enumerate(("90.0", "0.0", "")):
        text.append(",".join([str(day), *[""] * 11, f"activities/{day}.fit", dirt]))
    members = {"activities.csv": "\n".join(text).encode()}
    members |= {f"activities/{day}.fit": fit(day) for day in range(3)}
    take_in(tmp_path, zip_of(tmp_path / "e.zip", members))
    sessions = Archive(tmp_path / "home").sessions()
    assert sessions["paved_share"].to_list() == [0.75, 1.0, None]
    assert sessions["surface_source"].to_list() == ["dirt_distance", "dirt_distance", None]


def test_the_runners_own_word_for_the_ground_outdoes_the_map(tmp_path: Path) -> None:
    row = {"Activity ID": "1", "Activity Type": "Run", "Filename": "activities/1.fit"}
    table = export_table([row | {"Activity Name": "Canal #paved 40%"}])
    export = zip_of(tmp_path / "e.zip", {"activities.csv": table, "activities/1.fit": fit(0)})
    import_archive(tmp_path / "home", [export])
    session = Archive(tmp_path / "home").sessions().row(0, named=True)
    assert (session["paved_share"], session["surface_source"]) == (0.4, "label")


def test_a_damaged_table_of_names_leaves_the_runs_and_says_so(tmp_path: Path) -> None:
    report = take_in(
        tmp_path, zip_of(tmp_path / "e.zip", {"activities.csv": b"a,b\n", "activities/1.fit": fit()})
    )
    assert counts(report)[0] == 1
    assert len(report.problems) == 1


def test_progress_is_told_up_to_the_last_file(tmp_path: Path) -> None:
    told: list[Progress] = []
    import_archive(
        tmp_path / "home", [strava_zip(tmp_path / "e.zip", [0, 1])], on_progress=told.append, workers=1
    )
    assert told[0].done == 0
    assert told[-1] == Progress(4, 4, 2)


def test_workers_do_the_same_as_one_process(tmp_path: Path) -> None:
    members = {f"activities/{day}.fit": fit(day) for day in range(12)} | {"pad.bin": os.urandom(5 * 1024**2)}
    export = zip_of(tmp_path / "e.zip", members)
    here = import_archive(tmp_path / "one", [export], workers=1)
    spread = import_archive(tmp_path / "two", [export], workers=2)
    assert counts(here) == counts(spread) == (12, 0, 1, 0)
    drop = ["batch"]
    one, two = (Archive(tmp_path / name).sessions().drop(drop) for name in ("one", "two"))
    assert one.equals(two)
    more = zip_of(tmp_path / "f.zip", members | {"activities/20.fit": fit(20)})
    assert counts(import_archive(tmp_path / "two", [more], workers=2)) == (1, 12, 1, 0)


def test_a_read_only_folder_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")
    with pytest.raises(OSError):  # noqa: PT011  the command line words every one of them alike
        take_in(tmp_path, loose(tmp_path, "1.fit", fit()))


def test_real_recordings_come_in_and_stay_out_the_second_time(tmp_path: Path, shared: Path) -> None:
    folder = shared / "data" / "dtcooper+python-fitparse"
    first = take_in(tmp_path, folder)
    assert first.counts["added"] > 15
    second = take_in(tmp_path, folder)
    assert second.counts["added"] == 0
    assert second.counts["duplicate"] == first.counts["added"] + first.counts["duplicate"]
