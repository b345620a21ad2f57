"""Forms of a case."""

from __future__ import annotations

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from evengait.core.case import BODY_LIMIT, CATEGORIES, ENDINGS, TITLE_LIMIT
from evengait.web.base.form_look import Choices

HOW = _("Markdown works: **bold**, lists, &gt; quotes; #7 leads to reply 7.")


class CaseForm(forms.Form):
    """Title and category."""

    title = forms.CharField(
        label=_("Title"),
        help_text=_("What you would ask in one line. Everybody who sees the case reads it."),
        max_length=TITLE_LIMIT,
        error_messages={"required": _("Give it a title.")},
    )
    category = forms.ChoiceField(label=_("What is it about?"), choices=CATEGORIES.items, initial="injury")


class OpenForm(CaseForm):
    """A new case, with the first words in it."""

    body = forms.CharField(
        label=_("What do you want to ask?"),
        help_text=format_lazy("{} {}", _("It becomes the first reply."), HOW),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=BODY_LIMIT,
        error_messages={"required": _("Write what you want to ask.")},
    )


class ReplyForm(forms.Form):
    """The words of a reply."""

    body = forms.CharField(
        label=_("Your reply"),
        help_text=HOW,
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=BODY_LIMIT,
        error_messages={"required": _("Write something first.")},
    )


class EndForm(forms.Form):
    """How it ended."""

    ending = forms.ChoiceField(label=_("How are you now?"), choices=ENDINGS.items, widget=Choices)
    ending_words = forms.CharField(
        label=_("What helped, and what did not?"),
        help_text=_("Who has the same later finds it here, if you share the case."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=5_000,
        required=False,
    )
