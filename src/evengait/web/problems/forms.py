"""Forms of a health problem: where and since when; how it went on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evengait.core.health_problem import HealthProblem
from evengait.core.language import say
from evengait.web.base.form_look import Choices
from evengait.web.problems.places import SPOTS

if TYPE_CHECKING:
    from datetime import date

MODE_WORDS = {
    "gradual": _("It crept up, or was just there"),
    "sudden": _("In one moment, without a fall"),
    "trauma": _("A fall, a blow, a twist"),
}


class DateInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ProblemForm(forms.Form):
    """A pain: its place, its first day, how it began, and the story in the runner's own words."""

    place = forms.ChoiceField(
        choices=[(value, spot.name) for value, spot in SPOTS.items()],
        error_messages={"required": _("Choose where it hurts most.")},
    )
    both = forms.BooleanField(label=_("It is on both sides"), required=False)
    onset = forms.DateField(
        label=_("The first day you noticed it"),
        help_text=_("A guess is fine. The days before it are compared with your own earlier ones."),
        widget=DateInput(),
        error_messages={"required": _("Give the first day; a guess is fine.")},
    )
    mode = forms.ChoiceField(
        label=_("How did it begin?"),
        choices=[*MODE_WORDS.items(), ("", _("Not sure"))],
        widget=Choices,
        required=False,
    )
    story = forms.CharField(
        label=_("In your own words, if you like"),
        help_text=_("It is read into the questions that follow, for you to check, and stays on this desk."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=20_000,
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["onset"].widget.attrs["max"] = today.isoformat()

    def clean_onset(self) -> date:
        """Refuse a day that has not come yet."""
        onset: date = self.cleaned_data["onset"]
        if onset > self.today:
            raise forms.ValidationError(say("This day has not come yet. Give the day the pain began."))
        return onset

    def problem(self, before: HealthProblem | None = None) -> HealthProblem:
        """Return what was told, with what was known before."""
        told, spot = self.cleaned_data, SPOTS[self.cleaned_data["place"]]
        now = {
            "onset": told["onset"],
            "site": spot.site,
            "side": None if told["both"] else spot.side,
            "mode": told["mode"] or None,
        }
        return replace(before, **now) if before else HealthProblem(**now)


def initial_of(problem: HealthProblem, story: str, *, both: bool) -> dict[str, Any]:
    """Return a form's values for a problem that is known."""
    return {
        "place": f"{problem.site}:{problem.side or ''}",
        "both": both,
        "onset": problem.onset,
        "mode": problem.mode or "",
        "story": story,
    }


class EndForm(forms.Form):
    """The day it was over, or the runner ran as before."""

    status = forms.ChoiceField(choices=[("returned", ""), ("closed", ""), ("open", "")])
    on = forms.DateField(label=_("Since"), widget=DateInput(), required=False)

    def changed(self, problem: HealthProblem, today: date) -> HealthProblem:
        """Return the problem as it stands now; without a day it is today, and never before the onset."""
        return problem.turned(self.cleaned_data["status"], self.cleaned_data["on"] or today)
