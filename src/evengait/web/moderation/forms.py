"""Why a reply is reported."""

from __future__ import annotations

from django import forms

from evengait.core.moderation import REASONS
from evengait.web.base.form_look import Choices


class ReportForm(forms.Form):
    """A reason, and a few words if wanted."""

    reason = forms.ChoiceField(
        label="What is wrong with it?", choices=list(REASONS.items()), widget=Choices,
        error_messages={"required": "Choose the closest one."},
    )  # fmt: skip
    words = forms.CharField(
        label="Anything the moderators should know",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )
