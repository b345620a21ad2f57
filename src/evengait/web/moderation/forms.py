"""Why a reply is reported."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from evengait.core.moderation import REASONS
from evengait.web.base.form_look import Choices


class ReportForm(forms.Form):
    """A reason, and a few words if wanted."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"), choices=REASONS.items, widget=Choices,
        error_messages={"required": _("Choose the closest one.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("Anything the moderators should know"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )
