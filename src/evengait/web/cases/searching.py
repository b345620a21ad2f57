"""The page of searching. What is asked is sent, never written into an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evengait.storage.records.searching import search_cases
from evengait.web.access import signed_in
from evengait.web.cases.seeing import viewer

if TYPE_CHECKING:
    from django.http import HttpResponse

    from evengait.web.base.requests import DeskRequest


class SearchForm(forms.Form):
    """A few words."""

    words = forms.CharField(
        label=_("Words"),
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


@signed_in
def search(request: DeskRequest) -> HttpResponse:
    """Look for words in the cases that this person may see."""
    form = SearchForm(request.POST or None)
    asked = request.method == "POST" and form.is_valid()
    found = search_cases(viewer(request), form.cleaned_data["words"], timezone.now()) if asked else []
    return render(request, "cases/search.html", {"form": form, "asked": asked, "found": found})
