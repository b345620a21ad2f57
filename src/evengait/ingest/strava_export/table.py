"""Strava's ``activities.csv``: what the runner said of each file. Metrics come from the recordings, never from here.

The header is written in the runner's language, some names come twice, and the number of columns grows with the years
(10 to 101 were seen). So the file name is found by its content, other columns by a known header or else by their place.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from evengait.core.errors import IngestError
from evengait.core.label import Label
from evengait.core.reasons import kept
from evengait.ingest.strava_export.values import dirt_known, number

if TYPE_CHECKING:
    from collections.abc import Mapping

_RECORDINGS = tuple(f".{kind}{packed}" for kind in ("fit", "tcx", "gpx") for packed in ("", ".gz"))
_SPAN = re.compile(r"<[^>]*>")
_LONGEST_CELL = 10 * 1024**2


@dataclass(frozen=True)
class ExportTable:
    """The table of one export.

    Attributes
    ----------
    labels : mapping of str to Label
        By :func:`file_key` of the recording.
    rows : int
        Activities in the table.
    without_file : int
        Activities typed in by hand, which have no recording.
    edition : int or None
        The highest number of an activity: of two exports the one with the higher is the later.
    """

    labels: Mapping[str, Label]
    rows: int
    without_file: int
    edition: int | None = None


def file_key(name: str) -> str:
    """Return what a recording's file is known by, packed or not.

    Examples
    --------
    >>> file_key("activities/123.fit.gz"), file_key("123.FIT")
    ('123.fit', '123.fit')
    """
    return name.replace("\\", "/").rpartition("/")[2].lower().removesuffix(".gz")


def read_table(data: bytes) -> ExportTable:
    r"""Read ``activities.csv`` in any language.

    Parameters
    ----------
    data : bytes
        The file as it is in the export.

    Raises
    ------
    IngestError
        It is no such table.

    Examples
    --------
    >>> table = read_table(b"id,date,name,type,gear,filename\n1,x,Morning run,Run,Pegasus,activities/1.fit.gz\n")
    >>> table.labels["1.fit"].name, table.labels["1.fit"].gear
    ('Morning run', 'Pegasus')
    """
    header, rows = _cells(data)
    at = _file_column(header, rows)
    if at is None:
        raise IngestError(
            kept("activities.csv names no recordings, so names, notes and shoes were left out.")
        )
    columns = _columns(header, rows, at)
    dirt = dirt_known(_values(rows, columns.get("dirt_distance")))
    labels = {
        file_key(row[at]): _label(row, columns, metres)
        for row, metres in zip(rows, dirt, strict=True)
        if row[at].strip()
    }
    numbers = [int(row[0]) for row in rows if row[0].strip().isascii() and row[0].strip().isdigit()]
    by_hand = sum(not row[at].strip() for row in rows)
    return ExportTable(labels, len(rows), by_hand, max((n for n in numbers if n < 2**63), default=None))


def _cells(data: bytes) -> tuple[list[str], list[list[str]]]:
    text = _text(data)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)]
    except csv.Error as error:
        raise IngestError(
            kept("activities.csv is damaged, so names, notes and shoes were left out.")
        ) from error
    finally:
        csv.field_size_limit(before)
    if not rows:
        raise IngestError(kept("activities.csv is empty, so names, notes and shoes were left out."))
    width = len(rows[0])
    return [_plain(cell) for cell in rows[0]], [(row + [""] * width)[:width] for row in rows[1:]]


def _text(data: bytes) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig").replace("\x00", "")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")  # saved again by a spreadsheet


def _plain(header: str) -> str:
    # Strava has shipped headers such as <span class="translation_missing" …>Dirt Distance</span>.
    text = unicodedata.normalize("NFKC", _SPAN.sub("", header)).replace("’", "'")
    return " ".join(text.casefold().split())


def _file_column(header: list[str], rows: list[list[str]]) -> int | None:
    """Find the column whose cells are names of recordings; a runner's own title may look like one here and there."""
    counts = [sum(row[i].rstrip().lower().endswith(_RECORDINGS) for row in rows) for i in range(len(header))]
    best = max(range(len(counts)), key=counts.__getitem__, default=None)
    return best if best is not None and counts[best] else None


def _columns(header: list[str], rows: list[list[str]], file_at: int) -> dict[str, int]:
    known = _headers()
    columns: dict[str, int] = known["order"].get(str(file_at), {}).copy()
    columns = {
        field: at for field, at in columns.items() if at < len(header) and _fits(field, at, columns, rows)
    }
    for field, languages in known.items():
        words = (
            {_plain(word) for names in languages.values() for word in names} if field != "order" else set()
        )
        found = next((i for i, word in enumerate(header) if word in words), None)
        if found is not None:
            columns[field] = found
    return columns


def _fits(field: str, at: int, columns: Mapping[str, int], rows: list[list[str]]) -> bool:
    """Tell whether a column taken by its place holds what it should; one that does not is left out."""
    if field not in {"perceived_exertion", "dirt_distance"}:
        return True
    values = _values(rows, at)
    if any(row[at].strip() and value is None for row, value in zip(rows, values, strict=True)):
        return False
    given = [value for value in values if value is not None]
    if field == "perceived_exertion":
        return all(0 <= value <= 10 for value in given)
    most = _values(rows, columns.get("distance"))
    pairs = [(dirt, total) for dirt, total in zip(values, most, strict=True) if dirt is not None and total]
    too_long = sum(dirt > total * 1.05 + 50 for dirt, total in pairs)
    return too_long <= len(pairs) / 20  # a corrected activity keeps its old dirt now and then


def _values(rows: list[list[str]], at: int | None) -> list[float | None]:
    return [None if at is None else number(row[at]) for row in rows]


def _label(row: list[str], columns: Mapping[str, int], dirt_distance_m: float | None) -> Label:
    def text(field: str) -> str | None:
        return row[columns[field]].strip() or None if field in columns else None

    rpe = number(row[columns["perceived_exertion"]]) if "perceived_exertion" in columns else None
    notes = [note for note in (text("private_note"), text("description")) if note]
    return Label(
        text("name"),
        "\n\n".join(notes) or None,
        text("gear"),
        rpe if rpe is not None and 0 < rpe <= 10 else None,  # 0 is Strava's word for not rated
        dirt_distance_m,
    )


@cache
def _headers() -> dict[str, Any]:
    return tomllib.loads(files("evengait.ingest.strava_export").joinpath("headers.toml").read_text("utf-8"))
