"""The form of one day of the diary: everything that can be said of it; what is left open is not asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evengait.core.diary import NONE, NOTE_LENGTH, DiaryEntry, is_id
from evengait.core.errors import TableError
from evengait.core.language import Said, say
from evengait.core.reasons import reason_in_words
from evengait.web.base.form_look import Choices, Score
from evengait.web.today.taps import LISTS, PAINS

if TYPE_CHECKING:
    from datetime import date

SIGNS = {
    "limp": _("Did pain change the way you walked or ran?"),
    "bone_pain": _("Did one spot of bone hurt, pressed or under load?"),
    "numb_or_weak": _("Was a leg or foot newly numb, tingling or weak?"),
    "illness": _("Were you ill?"),
}
NOTHING = Said({NONE: "none"}, context="aids or exercises")
YES_NO = [("yes", _("Yes")), ("no", _("No")), ("", _("Not said"))]
ASKED = {
    "pain_during_nprs": _("During the run or walk"),
    "pain_after_nprs": _("In the hours after it"),
    "pain_next_morning_nprs": _("The morning after this day"),
    "pain_daily_nprs": _("In everyday life, the worst"),
    "pain_rest_nprs": _("At rest"),
    "pain_night_nprs": _("In the night after this day"),
}


class DayForm(forms.Form):
    """One day. Its fields are those of the diary but for the weekly questionnaire, which stays as it is."""

    sleep_h = forms.FloatField(
        label=_("Hours slept, the night before"), min_value=0, max_value=24, required=False
    )
    aids = forms.CharField(
        label=_("Aids used"), help_text=_("Belt, tape, insole; none where there were none."), required=False
    )
    exercises = forms.CharField(
        label=_("Exercises done"),
        help_text=_("Bird dog, hip mobility; none where there were none."),
        required=False,
    )
    notes = forms.CharField(
        label=_("In your own words"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=NOTE_LENGTH,
        required=False,
    )

    def __init__(self, *args: Any, entry: DiaryEntry | None, on: date, **kwargs: Any) -> None:
        initial = _initial(entry) if entry is not None else {}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.on = on
        for name in PAINS:
            scores = [str(n) for n in range(11)]
            if initial.get(name):
                scores = sorted({*scores, initial[name]}, key=float)  # a half that was logged elsewhere
            choices = [*((score, score) for score in scores), ("", "?")]
            field = forms.ChoiceField(label=ASKED[name], widget=Score, choices=choices, required=False)
            self.fields[name] = field
        for name, label in SIGNS.items():
            self.fields[name] = forms.ChoiceField(label=label, choices=YES_NO, widget=Choices, required=False)
        self.order_fields([*PAINS, *SIGNS, *LISTS, "sleep_h", "notes"])

    def clean_aids(self) -> tuple[str, ...] | None:
        """Return the aids as the diary keeps them."""
        return _ids(self.cleaned_data["aids"])

    def clean_exercises(self) -> tuple[str, ...] | None:
        """Return the exercises as the diary keeps them."""
        return _ids(self.cleaned_data["exercises"])

    def clean(self) -> dict[str, Any]:
        """Refuse what the diary refuses, in its words."""
        told: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                self.entry()
            except TableError as error:
                raise forms.ValidationError(reason_in_words(str(error))) from None
        return told

    def entry(self) -> DiaryEntry:
        """Return the day as it is told now."""
        told = self.cleaned_data
        values: dict[str, Any] = {name: float(told[name]) if told[name] else None for name in PAINS}
        values |= {name: {"yes": True, "no": False}.get(told[name]) for name in SIGNS}
        values |= {name: told[name] for name in (*LISTS, "sleep_h")}
        return DiaryEntry(self.on, notes=told["notes"].strip() or None, **values)

    @property
    def pains(self) -> list[forms.BoundField]:
        """The scores, for the template."""
        return [self[name] for name in PAINS]

    @property
    def others(self) -> list[forms.BoundField]:
        """Everything else."""
        return [self[name] for name in self.fields if name not in PAINS]


def _initial(entry: DiaryEntry) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: "" if (value := getattr(entry, name)) is None else f"{value:g}" for name in PAINS
    }
    words = {True: "yes", False: "no", None: ""}
    values |= {name: words[getattr(entry, name)] for name in SIGNS}
    for name in LISTS:
        told = getattr(entry, name)
        values[name] = "" if told is None else ", ".join(one.replace("_", " ") for one in told) or _none()
    return values | {"sleep_h": entry.sleep_h, "notes": entry.notes or ""}


def _none() -> str:
    """Return the word for an empty list in the language that is spoken."""
    return NOTHING[NONE]


def _ids(text: str) -> tuple[str, ...] | None:
    words = [word.strip().lower() for word in text.split(",") if word.strip()]
    names = [word.replace(" ", "_").replace("-", "_") for word in words]
    if not names:
        return None
    if names in ([NONE], [_none()]):
        return ()
    if any(not is_id(name) or name in {NONE, _none()} for name in names):
        raise forms.ValidationError(say("Name each in one or two plain words, with commas between."))
    return tuple(dict.fromkeys(names))
