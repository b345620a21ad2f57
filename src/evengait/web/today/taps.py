"""One tap: a pain from 0 to 10, used or not, did it or skipped it. And the tap that takes it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms

from evengait.actions.log_day import log_day
from evengait.actions.mark_day import mark_day
from evengait.core.day_mark import MARKED, SAID
from evengait.core.diary import NONE, DiaryEntry, is_id
from evengait.core.language import Said, say
from evengait.core.units import long_day
from evengait.storage.records.diary import diary_of
from evengait.storage.records.marks import marks_of

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

PAINS = Said(
    {
        "pain_during_nprs": "during the run or walk",
        "pain_after_nprs": "in the hours after it",
        "pain_next_morning_nprs": "the morning after",
        "pain_daily_nprs": "in everyday life, the worst",
        "pain_rest_nprs": "at rest",
        "pain_night_nprs": "in the night after",
    }
)
"""Every pain of the diary, as it is asked for."""
MARKS_SAID = Said({
    ("run", "done"): "run done", ("run", "skipped"): "run skipped", ("walk", "done"): "walk done",
    ("walk", "skipped"): "walk skipped", ("strength", "done"): "strength done",
    ("strength", "skipped"): "strength skipped",
})  # fmt: skip
LISTS = ("aids", "exercises")
MARKS = tuple(f"mark-{kind}" for kind in MARKED)
FIELDS = (*PAINS, *LISTS, *MARKS)


@dataclass(frozen=True)
class Tapped:
    """What was kept, and how it was before, so that it can be taken back.

    Attributes
    ----------
    words : str
        What was kept, for people.
    day, field, before : str
        As the form that takes it back sends them; an empty ``before`` = not asked.
    """

    words: str
    day: str
    field: str
    before: str


class TapForm(forms.Form):
    """A tap: which day, what of it, what is said.

    ``what``: for a list, which aid or exercise it is about.
    """

    day = forms.DateField()
    field = forms.ChoiceField(choices=[(name, name) for name in FIELDS])
    value = forms.CharField(required=False, max_length=2000)
    what = forms.CharField(required=False, max_length=48)

    def clean(self) -> dict[str, Any]:
        """Refuse what no tap can say."""
        told: dict[str, Any] = super().clean() or {}
        name, value, what = told.get("field", ""), told.get("value", ""), told.get("what", "")
        good = {
            "pain": value.isdecimal() and int(value) <= 10,
            "mark": value in SAID,
            "list": value in {"yes", "no"} and is_id(what),
        }
        if name and not good["pain" if name in PAINS else "list" if name in LISTS else "mark"]:
            raise forms.ValidationError(say("That is none of the answers."))
        return told


class UndoForm(forms.Form):
    """What a tap changed, as it was before."""

    day = forms.DateField()
    field = forms.ChoiceField(choices=[(name, name) for name in FIELDS])
    before = forms.CharField(required=False, max_length=4000)


def keep(runner: UUID, told: dict[str, Any], today: date) -> Tapped:
    """Keep a tap and return what takes it back.

    Raises
    ------
    UsageError
        The date lies in the future.
    """
    day, name, value = told["day"], told["field"], told["value"]
    before = _before(runner, day, name)
    if name in LISTS:
        said = set() if before in {"", NONE} else set(before.split(","))
        said = said | {told["what"]} if value == "yes" else said - {told["what"]}
        value = ",".join(sorted(said)) or NONE
    _put(runner, day, name, value, today)
    return Tapped(_words(told), day.isoformat(), name, before)


def take_back(runner: UUID, told: dict[str, Any], today: date) -> None:
    """Make a day as it was before a tap.

    Raises
    ------
    UsageError
        The date lies in the future, or ``before`` is nothing that was ever there.
    TableError
        The same, for a value of the diary.
    """
    _put(runner, told["day"], told["field"], told["before"], today)


def _before(runner: UUID, day: date, name: str) -> str:
    if name in MARKS:
        kind = name.removeprefix("mark-")
        return next((mark.said for mark in marks_of(runner, day, day) if mark.kind == kind), "")
    kept = diary_of(runner, day, day)
    value = getattr(kept[0], name) if kept else None
    if value is None:
        return ""
    return (",".join(value) or NONE) if name in LISTS else f"{value:g}"


def _put(runner: UUID, day: date, name: str, value: str, today: date) -> None:
    if name in MARKS:
        mark_day(runner, day, name.removeprefix("mark-"), value, today=today)
        return
    said: dict[str, Any] = {}
    if value and name in LISTS:
        said[name] = () if value == NONE else tuple(value.split(","))
    elif value:
        said[name] = float(value)
    log_day(runner, DiaryEntry(day, **said), today=today, unsaid=(name,))


def _words(told: dict[str, Any]) -> str:
    day, name, value = told["day"], told["field"], told["value"]
    if name in PAINS:
        return say(
            "Kept: {value} of 10 {pains}, {long_day}.", value=value, pains=PAINS[name], long_day=long_day(day)
        )
    if name in LISTS:
        what = say(told["what"].replace("_", " "))
        if value == "yes":
            return say("Kept: {what} used, {day}.", what=what, day=long_day(day))
        return say("Kept: {what} not used, {day}.", what=what, day=long_day(day))
    mark = MARKS_SAID[name.removeprefix("mark-"), value]
    return say("Kept: {what}, {day}.", what=mark, day=long_day(day))
