"""The days of a trial: from a CSV file, or from the runner's own diary and archive."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from evengait.core.errors import TableError, UsageError
from evengait.core.language import say
from evengait.core.reasons import kept, reason_in_words
from evengait.core.trial import TrialDay

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from evengait.core.diary import DiaryEntry
    from evengait.core.runner import RunnerProfile

LARGEST = 16 * 1024 * 1024
YES, NO = (
    frozenset({"1", "1.0", "yes", "true", "on", "y"}),
    frozenset({"0", "0.0", "no", "false", "off", "n"}),
)


@dataclass(frozen=True)
class GatheredDays:
    """The days that could be read, and by line what is wrong with the others."""

    days: tuple[TrialDay, ...]
    failed: tuple[tuple[int, str], ...] = ()


def days_from_file(file: Path) -> GatheredDays:
    """Return the days of a CSV file with the columns date, pain, treated and perhaps load.

    Commas or semicolons; with semicolons a comma may be the decimal mark. An empty cell is not asked. A row that cannot
    be read is told by its line and counts as missing; of a date that stands twice both rows do.

    Raises
    ------
    UsageError
        The file cannot be read, or it lacks a column.
    """
    try:
        if file.stat().st_size > LARGEST:
            raise UsageError("The file is too large for a diary. Check that it is the right one.")
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(
            say(
                "The diary could not be read: {strerror}. Check the path.",
                strerror=reason_in_words(str(error.strerror)),
            )
        ) from None
    except UnicodeDecodeError:
        raise UsageError("The diary is no text in UTF-8. Save it as CSV in UTF-8 and try again.") from None
    head = text.split("\n", 1)[0]
    comma = head.count(";") > head.count(",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if comma else ",")
    names = [name.strip().lower() for name in next(reader, [])]
    lacking = [name for name in ("date", "pain", "treated") if name not in names]
    if lacking:
        raise UsageError(
            say(
                "The diary has no column {lacking}. Its first line names the columns: date,pain,treated,load.",
                lacking=repr(lacking[0]),
            )
        )
    return _rows(reader, names, comma=comma)


def _rows(reader: Iterable[list[str]], names: list[str], *, comma: bool) -> GatheredDays:
    found: dict[date, list[tuple[int, TrialDay]]] = {}
    failed: list[tuple[int, str]] = []
    lines = enumerate(reader, start=2)
    while True:
        try:
            line, cells = next(lines)
        except StopIteration:
            break
        except csv.Error:
            raise UsageError("The diary is no CSV from some line on. Save it again and try again.") from None
        if not any(cell.strip() for cell in cells):
            continue
        try:
            day = _day(dict(zip(names, (cell.strip() for cell in cells), strict=False)), comma=comma)
        except (TableError, ValueError) as error:
            failed.append((line, str(error)))
        else:
            found.setdefault(day.date, []).append((line, day))
    for rows in found.values():
        if len(rows) > 1:
            failed += [(line, say("The date stands twice. Keep one row a day.")) for line, _ in rows]
    days = sorted((rows[0][1] for rows in found.values() if len(rows) == 1), key=lambda day: day.date)
    return GatheredDays(tuple(days), tuple(sorted(failed)))


def _day(cells: Mapping[str, str], *, comma: bool) -> TrialDay:
    try:
        when = date.fromisoformat(cells.get("date", ""))
    except ValueError:
        raise TableError(kept("The date is not written as 2026-11-08."), column="date") from None
    told = cells.get("treated", "").lower()
    if told and told not in YES | NO:
        raise TableError(kept("treated is 1 or 0, or empty where it is not known."), column="treated")
    return TrialDay(
        when,
        _number(cells.get("pain", ""), "pain", comma=comma),
        None if not told else told in YES,
        _number(cells.get("load", ""), "load", comma=comma),
    )


def _number(cell: str, name: str, *, comma: bool) -> float | None:
    if not cell:
        return None
    try:
        return float(cell.replace(",", ".") if comma else cell)
    except ValueError:
        raise TableError(kept("{name} is not a number.", name=name), column=name) from None


def days_from_diary(
    entries: Sequence[DiaryEntry], treatment: str, pain: str, km: Mapping[date, float]
) -> GatheredDays:
    """Return the days of the runner's own diary.

    Parameters
    ----------
    entries : sequence of DiaryEntry
    treatment : str
        Id of an aid or exercise, such as ``belt``.
    pain : str
        The column whose pain is compared.
    km : mapping of date to float
        Kilometres run, for the dates that are known.
    """
    days = (
        TrialDay(entry.date, getattr(entry, pain), used, km.get(entry.date))
        for entry, used in zip(entries, treated_days(entries, treatment), strict=True)
    )
    return GatheredDays(tuple(days))


def own_days(
    runner: RunnerProfile, home: Path, treatment: str, pain: str | None = None
) -> GatheredDays | None:
    """Return the days of a runner's diary, with what her archive says she ran; None where the diary is empty.

    Parameters
    ----------
    home : Path
        The folder that keeps everything; its records are open.
    pain : str, optional
        The column whose pain is compared; without it the one that was told on most days.

    Raises
    ------
    UsageError
        The pain's column is not known.
    """
    from evengait.actions.exchange_diary import PAIN, km_by_day, most_told_pain
    from evengait.storage.archive import Archive
    from evengait.storage.home import runner_folder
    from evengait.storage.records.diary import diary_of

    if pain is not None and pain not in PAIN:
        raise UsageError(say("The pain of a trial is one of: {join}.", join=", ".join(PAIN)))
    entries = diary_of(runner.id)
    if not entries:
        return None
    span = range(entries[0].date.toordinal(), entries[-1].date.toordinal() + 1)
    km = km_by_day(Archive(runner_folder(home, runner.name)).sessions(), map(date.fromordinal, span))
    return days_from_diary(entries, treatment, pain or most_told_pain(entries), km)


def treated_days(entries: Sequence[DiaryEntry], treatment: str) -> list[bool | None]:
    """Return for each entry whether the treatment was used: None where nobody said.

    What was told of aids says nothing of exercises, nor the other way round: a treatment belongs to the list in
    which it stands on most days, and is unknown where that list was not told.

    Examples
    --------
    >>> from evengait.core.diary import DiaryEntry
    >>> first, second, third = (date(2026, 11, day) for day in (8, 9, 10))
    >>> told = [DiaryEntry(first, aids=("belt",)), DiaryEntry(second, aids=()), DiaryEntry(third, exercises=())]
    >>> treated_days(told, "belt")
    [True, False, None]
    """
    counts = {
        name: sum(treatment in (getattr(entry, name) or ()) for entry in entries)
        for name in ("aids", "exercises")
    }
    place = max(counts, key=counts.__getitem__)
    used: list[bool | None] = []
    for entry in entries:
        if treatment in (entry.aids or ()) or treatment in (entry.exercises or ()):
            used.append(True)
        else:
            used.append(None if getattr(entry, place) is None or not counts[place] else False)
    return used
