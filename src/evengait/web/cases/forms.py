"""Forms of a case."""

from __future__ import annotations

from django import forms

from evengait.core.case import BODY_LIMIT, CATEGORIES, ENDINGS, TITLE_LIMIT
from evengait.web.base.form_look import Choices

HOW = "Markdown works: **bold**, lists, &gt; quotes; #7 leads to reply 7."


class CaseForm(forms.Form):
    """Title and category."""

    title = forms.CharField(
        label="Title",
        help_text="What you would ask in one line. Everybody who sees the case reads it.",
        max_length=TITLE_LIMIT,
        error_messages={"required": "Give it a title."},
    )
    category = forms.ChoiceField(
        label="What is it about?", choices=list(CATEGORIES.items()), initial="injury"
    )


class OpenForm(CaseForm):
    """A new case, with the first words in it."""

    body = forms.CharField(
        label="What do you want to ask?",
        help_text=f"It becomes the first reply. {HOW}",
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=BODY_LIMIT,
        error_messages={"required": "Write what you want to ask."},
    )


class ReplyForm(forms.Form):
    """The words of a reply."""

    body = forms.CharField(
        label="Your reply",
        help_text=HOW,
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=BODY_LIMIT,
        error_messages={"required": "Write something first."},
    )


class EndForm(forms.Form):
    """How it ended."""

    ending = forms.ChoiceField(label="How are you now?", choices=list(ENDINGS.items()), widget=Choices)
    ending_words = forms.CharField(
        label="What helped, and what did not?",
        help_text="Who has the same later finds it here, if you share the case.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=5_000,
        required=False,
    )
