import csv
import gzip
import io
from pathlib import Path

import pytest

from evengait.core.errors import IngestError
from evengait.core.label import Label
from evengait.ingest.strava_export import read_table
from small_files import HEADER_EN, export_table

HEADER_DE = (
    "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,Verstrichene Zeit,Distanz,"
    "Max. Herzfrequenz,Relative Leistung,Pendeln,Hinweis zur Privatsphäre für Aktivitäten,"
    "Aktivitätsausrüstung,Dateiname"
)
ROW = {
    "Activity ID": "7",
    "Activity Name": "Long, slow\nrun",
    "Activity Type": "Run",
    "Activity Description": "with friends",
    "Activity Private Note": "left hip",
    "Activity Gear": "Pegasus",
    "Distance": "9,44",
    "Filename": "activities/7.fit.gz",
}
WANTED = Label("Long, slow\nrun", "left hip\n\nwith friends", "Pegasus")


def wide(
    columns: int, *, language: str = "en", rows: int = 3, dirt: tuple[str, ...] = ("0.0", "1200.5", "")
) -> bytes:
    """A table as wide as real ones: machine columns after the file name, some of them twice."""
    header = [f"Column {i}" for i in range(columns)]
    header[: len(HEADER_EN)] = HEADER_EN if language == "en" else [f"欄 {i}" for i in range(len(HEADER_EN))]
    header[15], header[17] = header[5], header[6]
    if language == "en":
        header[43] = '<span class="translation_missing" title="x">Perceived  Exertion</span>'
        header[81] = "Dirt Distance"
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    for i in range(rows):
        row = [""] * columns
        row[0], row[2], row[3], row[11], row[12] = (
            str(i),
            f"Run {i}",
            "Run",
            "Pegasus",
            f"activities/{i}.fit.gz",
        )
        row[17], row[43], row[81] = "5000.0", "8.0" if i else "0.0", dirt[i % len(dirt)]
        writer.writerow(row)
    return out.getvalue().encode("utf-8-sig")


def test_an_english_table_is_read() -> None:
    assert read_table(export_table([ROW])).labels == {"7.fit": WANTED}


def test_a_german_table_is_read() -> None:
    assert read_table(export_table([ROW], next(csv.reader([HEADER_DE])))).labels == {"7.fit": WANTED}


def test_a_language_nobody_knows_is_read_by_the_order_of_its_columns() -> None:
    assert read_table(export_table([ROW], [f"欄{i}" for i in range(13)])).labels == {"7.fit": WANTED}


@pytest.mark.parametrize("columns", [87, 92, 94, 99, 101])
@pytest.mark.parametrize("language", ["en", "unknown"])
def test_the_number_of_columns_does_not_matter(columns: int, language: str) -> None:
    table = read_table(wide(columns, language=language))
    assert [label.dirt_distance_m for label in table.labels.values()] == [0.0, 1200.5, None]
    assert [label.rpe_cr10 for label in table.labels.values()] == [None, 8.0, 8.0]
    assert table.labels["1.fit"].name == "Run 1"


def test_a_column_in_the_place_of_dirt_that_cannot_be_dirt_is_left_out() -> None:
    table = read_table(wide(99, language="unknown", dirt=("90000.0",)))
    assert {label.dirt_distance_m for label in table.labels.values()} == {None}
    table = read_table(wide(99, language="unknown", dirt=("yes",)))
    assert {label.dirt_distance_m for label in table.labels.values()} == {None}


def test_the_table_of_2019_had_ten_columns() -> None:
    header = b"id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n"
    assert read_table(header + b"1,x,Run,Run,fine,1,2,false,Peg,a/1.gpx\n").labels == {
        "1.gpx": Label("Run", "fine", "Peg")
    }


def test_activities_typed_in_by_hand_are_counted() -> None:
    table = read_table(export_table([ROW, {"Activity ID": "8", "Activity Name": "Treadmill"}]))
    assert (table.rows, table.without_file, len(table.labels)) == (2, 1, 1)


def test_semicolons_and_another_encoding_are_read_too() -> None:
    text = export_table([ROW | {"Activity Name": "Läufchen"}], next(csv.reader([HEADER_DE]))).decode()
    rows = list(csv.reader(io.StringIO(text)))
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        assert read_table(out.getvalue().encode(encoding)).labels["7.fit"].name == "Läufchen"


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"\n\n"])
def test_what_is_no_such_table_is_one_sentence(data: bytes) -> None:
    with pytest.raises(IngestError, match="names, notes and shoes were left out"):
        read_table(data)


def test_real_tables_of_two_runners_are_read_alike_with_and_without_their_headers(shared: Path) -> None:
    one = shared / "data/JoBoSo+Strava-Activity-Map/strava_exports/export_08_25_2025/activities.csv.gz"
    two = shared / "data/TheNewThinkTank+strava-insights/data/activities.csv"
    for data, rows, by_hand, dirty in (
        (gzip.decompress(one.read_bytes()), 1845, 0, 1191),
        (two.read_bytes(), 112, 19, 42),
    ):
        table = read_table(data)
        assert (table.rows, table.without_file) == (rows, by_hand)
        assert sum(label.dirt_distance_m is not None for label in table.labels.values()) == dirty
        cells = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        cells[0] = [f"欄{i}" for i in range(len(cells[0]))]
        out = io.StringIO()
        csv.writer(out).writerows(cells)
        assert read_table(out.getvalue().encode()) == table
