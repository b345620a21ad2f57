"""The intake as a form: which questions, in which order, each with a widget for its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms

from evengait.core.errors import UsageError
from evengait.core.intake import Intake, Tried
from evengait.core.intake_form import IntakeField, intake_fields
from evengait.core.language import Said, marked, say
from evengait.web.base.form_look import Choices, Score, Ticks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evengait.core.story import StoryReading

NOT_HERE = frozenset(
    {"site", "side", "onset.date", "onset.mode", "duration_days", "tried", "training.km_per_week",
     "training.surfaces", "training.down_week_every_weeks"}
)  # fmt: skip
"""Asked on the page before, in another way below, or known better by the archive."""

URGENT = frozenset({"emergency", "same_day", "within_days"})
WITH_THE_PAIN = 8

_PLAIN = Said({"nsaid": "ibuprofen or the like", "toe_rise": "rising on the toes"})

SECTIONS = (
    ("who", marked("Who")),
    ("first", marked("Signs that cannot wait")),
    ("pain", marked("The pain")),
    ("findings", marked("What else there is")),
    ("history", marked("About you")),
    ("training", marked("Your training, as you see it")),
    ("tests", marked("If somebody has tested you")),
)


@dataclass(frozen=True)
class Section:
    """A part of the form, with its bound fields."""

    id: str
    title: str
    fields: list[forms.BoundField]
    answered: int


class QuestionsForm(forms.Form):
    """Every question that concerns this place and person; what is left open stays *not asked*.

    Parameters
    ----------
    intake : Intake
        What is known so far.
    open_questions : sequence of mapping
        What the verdict asks for, most telling first, as ``screen --json`` prints it: those that alone could make it
        urgent stand first, the next ones with the pain.
    story : StoryReading, optional
        What the runner's own words seem to say: filled in where nothing is known, with those words beside it. It counts
        only once she has sent the page.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        intake: Intake,
        open_questions: Sequence[Mapping[str, Any]],
        story: StoryReading | None = None,
    ) -> None:
        super().__init__(data)
        self.intake = intake
        self.from_story = 0
        words = {mark.field: mark.words for mark in reversed(story.marks)} if story else {}
        self._place = _placed(open_questions)
        for path, spec in intake_fields().items():
            if path not in NOT_HERE and spec.concerns(intake.site, intake.get("sex")):
                known = intake.get(path)
                read = story.intake.get(path) if story and known is None else None
                self.from_story += read is not None
                for name, field, value in _fields(spec, known if read is None else read):
                    if read is not None and name == path:
                        field.told = words[path]  # type: ignore[attr-defined] # shown by field.html
                    self.fields[name] = field
                    self.initial[name] = value
        tried = (*intake.tried, *(story.intake.tried if story else ()))
        rest = next((one for one in tried if one.what == "rest"), None)
        self.fields["rest_days"] = forms.IntegerField(
            label=say("How many days did you rest from running?"), min_value=0, max_value=3650, required=False
        )
        self.fields["rest_helped"] = _yes_no(say("Did the rest help?"))
        self.initial["rest_days"] = rest.days if rest else None
        self.initial["rest_helped"] = _said(rest.helped if rest else None)
        if story and rest and rest not in intake.tried:
            self.from_story += 1
            said = next(
                (m.words for m in story.marks if m.field == "tried" and m.value["what"] == "rest"), ""
            )
            self.fields["rest_days"].told = said  # type: ignore[attr-defined] # shown by field.html

    def sections(self) -> Iterator[Section]:
        """Yield the parts of the form, the most telling questions first."""
        telling = list(self._place)
        for key, title in SECTIONS:
            names = [name for name in self.fields if self._section(name) == key]
            if key == "first":
                names.sort(key=lambda name: telling.index(name.removesuffix(".other")))
            bound = [self[name] for name in names]
            if bound:
                yield Section(
                    key, say(title), bound, sum(field.value() not in (None, "", []) for field in bound)
                )

    def _section(self, name: str) -> str:
        path = name.removesuffix(".other")
        if path in self._place:
            return self._place[path]
        group = path.partition(".")[0]
        if group in {"age", "sex"}:
            return "who" if self.intake.get(path) is None else "history"
        return group if group in {"findings", "history", "tests", "training"} else "pain"

    def answers(self) -> Intake:
        """Return the intake with what was answered; call after ``is_valid``.

        Raises
        ------
        UsageError
            A value does not fit its field.
        """
        intake = self.intake
        for path, spec in intake_fields().items():
            if path in self.fields:
                intake = intake.with_answer(path, _value(spec, self.cleaned_data))
        return intake.with_answer("tried", self._tried() or None)

    def _tried(self) -> tuple[Tried, ...]:
        others = tuple(one for one in self.intake.tried if one.what != "rest")
        days, helped = self.cleaned_data["rest_days"], _meant(self.cleaned_data["rest_helped"])
        return others if days is None and helped is None else (Tried("rest", days, helped), *others)

    def clean(self) -> dict[str, Any]:
        """Let the intake itself refuse what does not fit; the message names the field."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.answers()
            except UsageError as error:
                raise forms.ValidationError(str(error)) from None
        return cleaned


def _placed(open_questions: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the section of each question that is moved up, most telling first."""
    placed: dict[str, str] = {}
    later = 0
    for question in open_questions:
        path = question["path"]
        if path in NOT_HERE or path.partition(".")[0] != "findings":
            continue
        if question["answers"] == 1 and question["could_reach"] in URGENT:
            placed[path] = "first"
        elif later < WITH_THE_PAIN:
            placed[path] = "pain"
            later += 1
    return placed


def _yes_no(label: str, help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=[("yes", say("Yes")), ("no", say("No")), ("", say("Not sure"))],
        widget=Choices, required=False,
    )  # fmt: skip


def _fields(spec: IntakeField, value: Any) -> Iterator[tuple[str, forms.Field, Any]]:
    """Yield a question's form fields, each with its name and what is known."""
    told: dict[str, Any] = {"label": spec.question, "help_text": spec.help, "required": False}
    low, high = spec.range or (None, None)
    if spec.kind == "flag":
        yield spec.path, _yes_no(spec.question, spec.help), _said(value)
    elif spec.kind == "score":
        field = forms.ChoiceField(**told, widget=Score(), choices=Score().choices)
        yield spec.path, field, "" if value is None else f"{value:g}"
    elif spec.kind in {"choice", "result"}:
        words = [(word, say(word.replace("_", " ")).capitalize()) for word in spec.choices]
        yield (
            spec.path,
            forms.ChoiceField(**told, widget=Choices, choices=[*words, ("", say("Not sure"))]),
            value or "",
        )
    elif spec.kind == "words":
        known = [
            (word, _PLAIN[word] if word in _PLAIN else say(word.replace("_", " "))) for word in spec.words
        ]
        chosen = value or ()
        yield (
            spec.path,
            forms.MultipleChoiceField(**told, widget=Ticks, choices=known),
            [v for v in chosen if v in spec.words],
        )
        own = forms.CharField(label=say("In your own words"), required=False, max_length=300)
        yield f"{spec.path}.other", own, ", ".join(v for v in chosen if v not in spec.words)
    else:
        kind: Any = forms.IntegerField if spec.kind == "whole" else forms.FloatField
        yield spec.path, kind(**told, min_value=low, max_value=high), value


def _value(spec: IntakeField, cleaned: dict[str, Any]) -> Any:
    """Return the answer in the intake's own kind, None where it was left open."""
    value = cleaned.get(spec.path)
    if spec.kind == "flag":
        return _meant(value)
    if spec.kind == "score":
        return int(value) if value else None
    if spec.kind == "words":
        own = [word.strip() for word in (cleaned.get(f"{spec.path}.other") or "").split(",") if word.strip()]
        return (*(value or ()), *own) or None
    return None if value in (None, "") else value


def _said(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def _meant(said: str | None) -> bool | None:
    return {"yes": True, "no": False}.get(said or "")
