"""The form on the page of pieces; nothing is kept of it."""

from __future__ import annotations

from django import forms

from evengait.web.base.form_look import Choices, Score

YES_NO = [("yes", "Yes"), ("no", "No"), ("", "Not sure")]


class PiecesForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="A short text", help_text="A line of help says what it is for.")
    email = forms.EmailField(label="One with a mistake in it")
    night = forms.ChoiceField(
        label="Does it wake you at night?", choices=YES_NO, widget=Choices, required=False
    )
    pain = forms.CharField(label="How strong is it when you walk?", widget=Score, help_text="0 to 10.")
    story = forms.CharField(label="In your own words", widget=forms.Textarea, required=False)
    agree = forms.BooleanField(label="Keep it", required=False)
