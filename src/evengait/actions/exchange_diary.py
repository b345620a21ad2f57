"""The diary out to a CSV file, and in from one: what is written comes back exactly."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.actions._diary_cells import cells_of, entry_of
from evengait.actions.gather_trial_days import treated_days
from evengait.actions.log_day import check_date
from evengait.core.columns import table
from evengait.core.errors import TableError, UsageError
from evengait.core.language import say
from evengait.core.reasons import kept, reason_in_words
from evengait.storage.records.diary import diary_of, keep_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path
    from uuid import UUID

    import polars as pl

    from evengait.core.diary import DiaryEntry

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest CSV that is read: a diary of a lifetime has some ten."""
PAIN = tuple(name for name in table("diary") if name.startswith("pain_"))


@dataclass(frozen=True)
class DiaryImport:
    """What an import of a diary did.

    Attributes
    ----------
    days : int
        Dates that were kept.
    failed : tuple of (int, str)
        Line of the file, and what is wrong with it, for each row that was left out.
    unknown : tuple of str
        Columns of the file that the diary does not know.
    """

    days: int
    failed: tuple[tuple[int, str], ...]
    unknown: tuple[str, ...]


def write_diary(entries: Iterable[DiaryEntry]) -> str:
    """Return days as the text of a CSV file, in the columns of ``columns.toml`` [diary].

    Examples
    --------
    >>> from datetime import date
    >>> from evengait.core.diary import DiaryEntry
    >>> write_diary([DiaryEntry(date(2026, 11, 8), limp=True)]).splitlines()[1]
    '2026-11-08,,,,,,,yes,,,,,,,,,,,,'
    """
    return _csv(list(table("diary")), map(cells_of, entries))


def write_treated_days(
    entries: Sequence[DiaryEntry], treatment: str, *, pain: str, km: Mapping[date, float] | None = None
) -> str:
    """Return days as the text of a CSV file with the columns that ``trial analyse`` reads.

    Parameters
    ----------
    treatment : str
        Id of an aid or exercise, such as ``belt``.
    pain : str
        The column whose pain is compared, such as ``pain_daily_nprs``.
    km : mapping of date to float, optional
        Kilometres run on each date that is known.

    Returns
    -------
    str
        ``date``, ``pain``, ``treated`` (1, 0, or empty where it was not told), ``load`` [km].

    Raises
    ------
    UsageError
        The pain's column is not known.
    """
    if pain not in PAIN:
        raise UsageError(say("The pain of a trial is one of: {names}.", names=", ".join(PAIN)))
    names = ["date", "pain", "treated"] + (["load"] if km is not None else [])
    treated = treated_days(entries, treatment)
    return _csv(names, (_treated(*told, pain, km or {}) for told in zip(entries, treated, strict=True)))


def _treated(entry: DiaryEntry, used: bool | None, pain: str, km: Mapping[date, float]) -> dict[str, str]:
    load = km.get(entry.date)
    return {
        "date": entry.date.isoformat(),
        "pain": cells_of(entry)[pain],
        "treated": "" if used is None else str(int(used)),
        "load": "" if load is None else f"{load:.3f}",
    }


def _csv(names: list[str], rows: Iterable[Mapping[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, names, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def most_told_pain(entries: Iterable[DiaryEntry]) -> str:
    """Return the column of pain that was told on most days; of equals the first in the diary's own order."""
    counts = dict.fromkeys(PAIN, 0)
    for entry in entries:
        for name in PAIN:
            counts[name] += getattr(entry, name) is not None
    return max(counts, key=counts.__getitem__)


def km_by_day(sessions: pl.DataFrame, days: Iterable[date]) -> dict[date, float]:
    """Return the kilometres run on each date, where every run's distance is known; 0 only inside the archive's span."""
    runs = sessions.filter(sessions["sport"] == "running")
    dates = sessions["local_date"].to_list()
    sums: dict[date, float | None] = {}
    for day, metres in zip(runs["local_date"].to_list(), runs["distance_m"].to_list(), strict=True):
        before = sums.get(day, 0.0)
        sums[day] = None if metres is None or before is None else before + metres / 1000
    first, last = min(dates, default=None), max(dates, default=None)
    covered = [day for day in days if first is not None and last is not None and first <= day <= last]
    return {day: km for day in covered if (km := sums.get(day, 0.0)) is not None}


def import_diary(runner: UUID, file: Path, *, today: date) -> DiaryImport:
    """Bring a CSV file into the diary; a bad row is told by its line, and the rest goes on.

    Columns are those of ``columns.toml`` [diary], in any order; only ``date`` is needed. A value that is there already
    is replaced by the file's.

    Raises
    ------
    UsageError
        The file is not there, or it is no CSV with a column ``date``.
    """
    lines, comma = _lines(file)
    failed: list[tuple[int, str]] = []
    read: list[tuple[int, DiaryEntry]] = []
    while True:
        try:
            cells = next(lines, None)
            if cells is None:
                break
            entry = entry_of(_tidy(cells), decimal_comma=comma)
            check_date(entry.date, today)
        except (TableError, UsageError) as error:
            failed.append((lines.reader.line_num, str(error)))
        except csv.Error:
            failed.append(
                (lines.reader.line_num, kept("The line is no CSV. Mend it and import the file again."))
            )
        else:
            read.append((lines.reader.line_num, entry))
    refused = keep_days(runner, (entry for _, entry in read))
    failed += [(read[place][0], str(error)) for place, error in refused.items()]
    names = [name.strip() for name in lines.fieldnames or ()]
    unknown = tuple(name for name in names if name and name not in table("diary"))
    return DiaryImport(len(read) - len(refused), tuple(sorted(failed)), unknown)


def _lines(file: Path) -> tuple[csv.DictReader[str], bool]:
    try:
        if file.stat().st_size > LARGEST:
            raise UsageError("The file is too large for a diary. Check that it is the right one.")
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(
            say(
                "The file could not be read: {strerror}. Check the path.",
                strerror=reason_in_words(str(error.strerror)),
            )
        ) from None
    except UnicodeDecodeError:
        raise UsageError("The file is no text in UTF-8. Save it as CSV in UTF-8 and try again.") from None
    head = text.split("\n", 1)[0]
    semicolons = head.count(";") > head.count(",")
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if semicolons else ",")
    try:
        names = [name.strip() for name in reader.fieldnames or ()]
    except csv.Error:
        names = []
    if "date" not in names:
        raise UsageError(
            "The file has no column 'date'. Its first line names the columns, as log --export writes."
        )
    if len(set(names)) < len(names):
        raise UsageError("A column stands twice in the file's first line. Leave one.")
    return reader, semicolons


def _tidy(cells: Mapping[str | None, str | list[str] | None]) -> dict[str, str]:
    """Return a row by trimmed names.

    Raises
    ------
    TableError
        The row has more cells than the file has columns.
    """
    if None in cells:
        raise TableError(kept("The row has more cells than the first line has names. Mend the row."))
    return {name.strip(): text for name, text in cells.items() if name is not None and isinstance(text, str)}


def export_diary(runner: UUID, first: date | None = None, last: date | None = None) -> str:
    """Return a runner's diary as the text of a CSV file."""
    return write_diary(diary_of(runner, first, last))
