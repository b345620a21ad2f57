"""Who is invited as what, and what a person beside a runner sees."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django import forms

from evengait.core.beside import FIELDS, KINDS
from evengait.web.base.form_look import Choices, Ticks

if TYPE_CHECKING:
    from datetime import datetime

UNTIL = {"": "Until I take it back", "90": "For three months", "14": "For two weeks"}


class SeesForm(forms.Form):
    """What one person sees, and how long."""

    sees = forms.MultipleChoiceField(
        label="What this person sees",
        help_text="As it is on the day it is looked at, and nothing else. A case you share by itself.",
        choices=list(FIELDS.items()),
        widget=Ticks,
        required=False,
    )
    until = forms.ChoiceField(label="How long", choices=list(UNTIL.items()), widget=Choices, required=False)

    def ends(self, now: datetime) -> datetime | None:
        """Return the instant at which it ends, None = without end."""
        days = self.cleaned_data["until"]
        return now + timedelta(days=int(days)) if days else None


class InviteForm(SeesForm):
    """As whom, too."""

    kind = forms.ChoiceField(
        label="Whom do you invite?",
        choices=[(kind, f"A {words}") for kind, words in KINDS.items()],
        widget=Choices,
        initial="coach",
    )
    field_order = ("kind", "sees", "until")
