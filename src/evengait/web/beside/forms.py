"""Who is invited as what, and what a person beside a runner sees."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from evengait.core.beside import FIELDS
from evengait.core.language import Said
from evengait.web.base.form_look import Choices, Ticks

if TYPE_CHECKING:
    from datetime import datetime

UNTIL = {"": _("Until I take it back"), "90": _("For three months"), "14": _("For two weeks")}


INVITED = Said({"coach": "A coach", "clinician": "A clinician or physio"})


class SeesForm(forms.Form):
    """What one person sees, and how long."""

    sees = forms.MultipleChoiceField(
        label=_("What this person sees"),
        help_text=_("As it is on the day it is looked at, and nothing else. A case you share by itself."),
        choices=FIELDS.items,
        widget=Ticks,
        required=False,
    )
    until = forms.ChoiceField(
        label=_("How long"), choices=list(UNTIL.items()), widget=Choices, required=False
    )

    def ends(self, now: datetime) -> datetime | None:
        """Return the instant at which it ends, None = without end."""
        days = self.cleaned_data["until"]
        return now + timedelta(days=int(days)) if days else None


class InviteForm(SeesForm):
    """As whom, too."""

    kind = forms.ChoiceField(
        label=_("Whom do you invite?"),
        choices=INVITED.items,
        widget=Choices,
        initial="coach",
    )
    field_order = ("kind", "sees", "until")
