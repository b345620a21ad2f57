"""Forms of a trial: what to try, and the draw that is agreed to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evengait.core.diary import is_id
from evengait.core.language import say
from evengait.knowledge import trial_rules
from evengait.web.base.form_look import Choices

if TYPE_CHECKING:
    from datetime import date


class TrialForm(forms.Form):
    """What to try, of what kind, from when."""

    what = forms.CharField(
        label=_("What do you want to try?"),
        help_text=_("As your diary names it: belt, insole, bird dog."),
        max_length=48,
        error_messages={"required": _("Name it in one or two words.")},
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        widget=Choices,
        choices=[],
        error_messages={"required": _("Choose the closest one.")},
    )
    start = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Give the first day.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"start": today + timedelta(days=1)} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        kinds = trial_rules().kinds
        self.fields["kind"].choices = [  # type: ignore[attr-defined] # a choice field
            (kind.id, f"{kind.label[0].upper()}{kind.label[1:]}: {kind.examples}") for kind in kinds
        ]

    def clean_what(self) -> str:
        """Return the name as the diary keeps it."""
        name = str(self.cleaned_data["what"]).strip().lower().replace(" ", "_").replace("-", "_")
        if not is_id(name):
            raise forms.ValidationError(say("Name it in one or two plain words, such as belt or bird dog."))
        return name


class DrawnForm(TrialForm):
    """A trial as it was drawn: the seed says the blocks."""

    seed = forms.IntegerField(min_value=0, max_value=2**31, widget=forms.HiddenInput)
