"""A token to be made: what for, what it may do, until when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evengait.core.api_token import LONGEST_DAYS, NAME_LENGTH, SCOPES
from evengait.core.language import Said
from evengait.web.base.form_look import Choices, Ticks

_DAYS = Said({"30": "A month", "90": "Three months", str(LONGEST_DAYS - 1): "A year"})


class TokenForm(forms.Form):
    """A new token."""

    name = forms.CharField(
        label=_("What is it for"),
        help_text=_("The program, or the computer it runs on."),
        max_length=NAME_LENGTH,
    )
    scopes = forms.MultipleChoiceField(
        label=_("It may"), help_text=_("No more than it needs."), choices=SCOPES.items, widget=Ticks
    )
    days = forms.ChoiceField(label=_("For"), choices=_DAYS.items, widget=Choices, initial="90")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean(self) -> dict[str, Any]:
        """Work out the last day."""
        told: dict[str, Any] = super().clean() or {}
        if "days" in told:
            told["until"] = self._today + timedelta(days=int(told["days"]))
        return told
