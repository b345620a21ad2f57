"""One day of the runner's diary: pain at its moments, limp, aids, exercises, sleep, the weekly overuse score."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from evengait.core.columns import table
from evengait.core.errors import TableError
from evengait.core.reasons import kept

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from evengait.core.columns import Column

OVERUSE_ITEMS = (
    "overuse_participation_pts", "overuse_volume_pts", "overuse_performance_pts", "overuse_pain_pts",
)  # fmt: skip
OVERUSE_POINTS = (0, 8, 17, 25)
"""Points of the four answers, mildest first (scoring of 2020; the earlier version's 6-13-19 do not belong here)."""
NOTE_LENGTH = 2000
NONE = "none"
"""Says "there were none" where ids are written as text; therefore never an id itself."""
_ID = re.compile(r"[a-z0-9][a-z0-9_]{0,47}")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass(frozen=True)
class DiaryEntry:
    """What a runner said of one local date. Every value but the date may be None: not asked, never "none" or "no".

    Attributes
    ----------
    date : date
        Local date of the day.
    pain_rest_nprs, pain_daily_nprs, pain_night_nprs : float or None
        At rest, worst in everyday life, in the night that follows the date; 0 to 10.
    pain_during_nprs, pain_after_nprs, pain_next_morning_nprs : float or None
        Around the date's run or walk; the next morning's pain belongs to the date, not to the morning. 0 to 10.
    limp, bone_pain, numb_or_weak, illness : bool or None
        Pain changed the gait; one spot of bone hurt; a leg newly numb, tingling or weak; ill.
    aids, exercises : tuple of str or None
        Ids such as ``belt`` and ``bird_dog``; an empty tuple says "none", None says "not asked".
    sleep_h : float or None
        Hours of the night before.
    overuse_participation_pts, overuse_volume_pts, overuse_performance_pts, overuse_pain_pts : int or None
        The four answers of the weekly overuse questionnaire in points (0, 8, 17 or 25). Its wording belongs to its
        authors and is not part of this program.
    overuse_score : int or None
        0 to 100; worked out from the answers where they are given.
    notes : str or None
        The runner's own words.

    Raises
    ------
    TableError
        A value outside its column's range, an id that is no id, or a score that the answers contradict.

    Examples
    --------
    >>> from datetime import date
    >>> entry = DiaryEntry(date(2026, 11, 8), pain_during_nprs=2, aids=("belt",))
    >>> entry.pain_after_nprs is None, entry.said
    (True, ('pain_during_nprs', 'aids'))
    """

    date: date
    pain_rest_nprs: float | None = None
    pain_daily_nprs: float | None = None
    pain_night_nprs: float | None = None
    pain_during_nprs: float | None = None
    pain_after_nprs: float | None = None
    pain_next_morning_nprs: float | None = None
    limp: bool | None = None
    bone_pain: bool | None = None
    numb_or_weak: bool | None = None
    illness: bool | None = None
    aids: tuple[str, ...] | None = None
    exercises: tuple[str, ...] | None = None
    sleep_h: float | None = None
    overuse_participation_pts: int | None = None
    overuse_volume_pts: int | None = None
    overuse_performance_pts: int | None = None
    overuse_pain_pts: int | None = None
    overuse_score: int | None = None
    notes: str | None = None

    def __post_init__(self) -> None:
        for name, column in table("diary").items():
            _check(column, getattr(self, name))
        score = overuse_score(*(getattr(self, item) for item in OVERUSE_ITEMS))
        if score is None:
            return
        if self.overuse_score not in {None, score}:
            raise TableError(
                kept(
                    "The overuse score does not follow from its four answers. Give the answers or the score."
                ),
                column="overuse_score",
            )
        object.__setattr__(self, "overuse_score", score)

    @property
    def said(self) -> tuple[str, ...]:
        """Names of the values that were given, the date left out."""
        return tuple(f.name for f in fields(self)[1:] if getattr(self, f.name) is not None)


def overuse_score(
    participation: int | None, volume: int | None, performance: int | None, pain: int | None
) -> int | None:
    """Return the weekly overuse score of 2020 from the points of its four answers.

    Full participation without a problem (0) ends the questions with 0; no participation (25) ends them with 100.

    Returns
    -------
    int or None
        0 to 100; None where an answer that is needed was not given.

    References
    ----------
    Clarsen et al. 2020 Br J Sports Med 54:390, doi 10.1136/bjsports-2019-101337. Scoring only; no wording is shipped.

    Examples
    --------
    >>> overuse_score(8, 17, 8, 8), overuse_score(0, None, None, None), overuse_score(25, None, None, None)
    (41, 0, 100)
    >>> overuse_score(8, None, 8, 8) is None
    True
    """
    if participation in {0, 25}:
        return 0 if participation == 0 else 100
    if participation is None or volume is None or performance is None or pain is None:
        return None
    return participation + volume + performance + pain


def substantial_problem(entry: DiaryEntry) -> bool | None:
    """Tell whether the answers amount to a substantial problem.

    One of the two upper answers to items 2 or 3, or no participation (Clarsen et al. 2020).

    Returns
    -------
    bool or None
        None where the answers do not tell.
    """
    if entry.overuse_participation_pts in {0, 25}:
        return entry.overuse_participation_pts == 25
    answers = (entry.overuse_volume_pts, entry.overuse_performance_pts)
    if any(points is not None and points >= 17 for points in answers):
        return True
    return None if None in answers else False


def forget(entry: DiaryEntry, names: Iterable[str]) -> DiaryEntry:
    """Return the entry without some of its values: not asked, as if they had never been said.

    Raises
    ------
    TableError
        No such value.

    Examples
    --------
    >>> from datetime import date
    >>> forget(DiaryEntry(date(2026, 11, 8), limp=True), ["limp"]).said
    ()
    """
    known = tuple(f.name for f in fields(DiaryEntry)[1:])
    gone: dict[str, Any] = {}
    for name in names:
        if name not in known:
            raise TableError(
                kept("The diary has no {name!r}. It has: {names}.", name=name, names=", ".join(known)),
                column=name,
            )
        gone[name] = None
    if gone.keys() & set(OVERUSE_ITEMS):
        # The score was worked out from the answers: it goes with any of them.
        gone["overuse_score"] = None
    return replace(entry, **gone)


def is_id(text: str) -> bool:
    """Tell whether a text can name an aid or exercise.

    Examples
    --------
    >>> is_id("bird_dog"), is_id("my belt!")
    (True, False)
    """
    return _ID.fullmatch(text) is not None


def merge(earlier: DiaryEntry, later: DiaryEntry) -> DiaryEntry:
    """Return one entry from two of the same date: what is said later wins, what it leaves open stays.

    Aids and exercises are united, unless the later entry says that there were none; notes that differ are joined by
    a line break.

    Raises
    ------
    TableError
        The entries are of different dates.

    Examples
    --------
    >>> from datetime import date
    >>> day = date(2026, 11, 8)
    >>> merge(DiaryEntry(day, pain_during_nprs=2), DiaryEntry(day, aids=("belt",))).pain_during_nprs
    2
    """
    if earlier.date != later.date:
        raise TableError(kept("Only entries of the same date can be merged."), column="date")
    changes = {name: getattr(later, name) for name in later.said}
    for name in ("aids", "exercises"):
        if changes.get(name) and getattr(earlier, name):
            changes[name] = tuple(dict.fromkeys((*getattr(earlier, name), *changes[name])))
    if later.notes is not None and earlier.notes:
        there = f"\n{later.notes}\n" in f"\n{earlier.notes}\n"
        changes["notes"] = earlier.notes if there else f"{earlier.notes}\n{later.notes}"
    if any(item in changes for item in OVERUSE_ITEMS):
        # A new answer makes the old score void; it is worked out again.
        changes["overuse_score"] = None
    elif "overuse_score" in changes:
        changes.update(dict.fromkeys(OVERUSE_ITEMS))
    return replace(earlier, **changes)


def _check(column: Column, value: object) -> None:
    if value is None:
        return
    if column.dtype == "float64" and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise TableError(
            kept("{name} is a number. Mend it and try again.", name=column.name), column=column.name
        )
    if column.dtype == "int16" and (isinstance(value, bool) or not isinstance(value, int)):
        raise TableError(
            kept("{name} is a whole number. Mend it and try again.", name=column.name), column=column.name
        )
    if column.dtype == "bool" and not isinstance(value, bool):
        raise TableError(
            kept("{name} is yes or no. Mend it and try again.", name=column.name), column=column.name
        )
    if column.range and not column.range[0] <= float(value) <= column.range[1]:  # type: ignore[arg-type]
        low, high = column.range
        raise TableError(
            kept(
                "{name} goes from {low:g} to {high:g}. Mend it and try again.",
                name=column.name,
                low=low,
                high=high,
            ),
            column=column.name,
        )
    if column.values and str(value) not in column.values:
        raise TableError(
            kept("{name} is one of {names}.", name=column.name, names=", ".join(column.values)),
            column=column.name,
        )
    if isinstance(value, tuple):
        for item in value:
            if not isinstance(item, str) or not _ID.fullmatch(item) or item == NONE:
                raise TableError(
                    kept(
                        "{name} holds ids of small letters, digits and _, such as bird_dog. Mend what is not.",
                        name=column.name,
                    ),
                    column=column.name,
                )
    if column.name == "notes":
        _check_notes(value)


def _check_notes(value: object) -> None:
    if not isinstance(value, str) or not value.strip() or _UNWRITABLE.search(value):
        raise TableError(
            kept("A note is a line of text without control characters. Mend it."), column="notes"
        )
    if len(value) > NOTE_LENGTH:
        raise TableError(
            kept("A note has at most {NOTE_LENGTH:,} characters. Shorten it.", NOTE_LENGTH=NOTE_LENGTH),
            column="notes",
        )
