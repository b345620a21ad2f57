"""A recording's own title and note: kept where no export says better, and never lost to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.actions.import_archive import import_archive
from evengait.storage.archive import Archive
from small_files import export_table, zip_of
from xml_files import activity, gpx, lap, tcx, trackpoint, trk, trkpt

if TYPE_CHECKING:
    from pathlib import Path


def titled(name: str, note: str) -> bytes:
    points = "".join(trkpt(s, lat=f"{52.5 + s * 3e-5:.6f}") for s in range(90))
    return gpx(trk(points, name=name).replace("<type>", f"<desc>{note}</desc><type>"))


def said(home: Path) -> list[tuple[str | None, str | None, list[str]]]:
    rows = Archive(home).sessions().select("name", "note", "sources").iter_rows()
    spoken = ("name=", "note=")
    return [
        (name, note, [one.replace("export.zip!", "") for one in sources if one.startswith(spoken)])
        for name, note, sources in rows
    ]


def export(path: Path, content: bytes, title: str) -> Path:
    row = {
        "Activity ID": "7",
        "Activity Name": title,
        "Activity Type": "Run",
        "Filename": "activities/7.gpx",
    }
    return zip_of(path, {"activities.csv": export_table([row]), "activities/7.gpx": content})


def test_a_recordings_own_words_are_the_sessions(tmp_path: Path) -> None:
    tmp_path.joinpath("7.gpx").write_bytes(titled("Hills", "Left knee odd"))
    import_archive(tmp_path / "home", [tmp_path / "7.gpx"], workers=1)
    own = "the recording itself"
    assert said(tmp_path / "home") == [("Hills", "Left knee odd", [f"name={own}", f"note={own}"])]


def test_an_exports_table_counts_first_whichever_comes_first(tmp_path: Path) -> None:
    content = titled("Hills", "Left knee odd")
    whole = export(tmp_path / "export.zip", content, "Hills with Ann")
    tmp_path.joinpath("7.gpx").write_bytes(content)
    for number, order in enumerate(([whole], [tmp_path / "7.gpx", whole], [whole, tmp_path / "7.gpx"])):
        home = tmp_path / str(number)
        for path in order:
            import_archive(home, [path], workers=1)
        assert said(home) == [
            ("Hills with Ann", "Left knee odd", ["name=activities.csv", "note=the recording itself"])
        ]


def test_the_runners_word_for_the_ground_in_a_recordings_title_is_heard(tmp_path: Path) -> None:
    tmp_path.joinpath("7.gpx").write_bytes(titled("Hills #trail", ""))
    import_archive(tmp_path / "home", [tmp_path / "7.gpx"], workers=1)
    row = Archive(tmp_path / "home").sessions().row(0, named=True)
    assert row["surface_source"] == "label"


def test_notes_of_training_center_come_along_and_none_is_made_up(tmp_path: Path) -> None:
    run = activity(lap(0, trackpoint(0) + trackpoint(60), seconds=60))
    noted = tcx(run.replace("</Activity>", "<Notes>Easy</Notes></Activity>"))
    tmp_path.joinpath("1.tcx").write_bytes(noted)
    tmp_path.joinpath("2.tcx").write_bytes(tcx(run).replace(b"2026-03-01", b"2026-03-05"))
    import_archive(tmp_path / "home", [tmp_path / "1.tcx", tmp_path / "2.tcx"], workers=1)
    assert [row[:2] for row in said(tmp_path / "home")] == [(None, "Easy"), (None, None)]
