"""The form on the page of pieces; nothing is kept of it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from evengait.web.base.form_look import Choices, Score

YES_NO = [("yes", _("Yes")), ("no", _("No")), ("", _("Not sure"))]


class PiecesForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("A short text"), help_text=_("A line of help says what it is for."))
    email = forms.EmailField(label=_("One with a mistake in it"))
    night = forms.ChoiceField(
        label=_("Does it wake you at night?"), choices=YES_NO, widget=Choices, required=False
    )
    pain = forms.CharField(label=_("How strong is it when you walk?"), widget=Score, help_text=_("0 to 10."))
    story = forms.CharField(label=_("In your own words"), widget=forms.Textarea, required=False)
    agree = forms.BooleanField(label=_("Keep it"), required=False)
