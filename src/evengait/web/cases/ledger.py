"""The page of a case's ledger: each advice, by whom, what is known of it, what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evengait.actions.show_case import BROUGHT_IN
from evengait.core.advice import OUTCOMES
from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.core.sharing import Viewer, role_words
from evengait.knowledge import evidence
from evengait.storage.records.ledger import advice_of, forget_advice, judge_advice
from evengait.storage.records.viewing import viewers_of
from evengait.web.access import own_runner, signed_in
from evengait.web.cases.seeing import seen_case

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from evengait.core.advice import AdviceRecord
    from evengait.web.base.requests import DeskRequest, RunnerRequest
    from evengait.web.cases.seeing import Seen


@dataclass(frozen=True)
class Entry:
    """One line of the ledger as it is shown: ``known``: what is known, its source, its grade."""

    advice: AdviceRecord
    roles: tuple[str, ...]
    known: list[tuple[str, str, str]]
    outcome: str


class OutcomeForm(forms.Form):
    """What became of a piece of advice."""

    outcome = forms.ChoiceField(choices=OUTCOMES.items)
    words = forms.CharField(max_length=500, required=False)


@signed_in
@require_safe
def show(request: DeskRequest, case: UUID) -> HttpResponse:
    """Show the ledger of a case."""
    seen = seen_case(request, case)
    told = {"case": seen.case, "seen": seen, "entries": entries(seen), "outcomes": OUTCOMES.items()}
    return render(request, "cases/ledger.html", told)


def entries(seen: Seen) -> list[Entry]:
    """Return the lines of a case's ledger with roles and evidence."""
    found, book = advice_of(seen.case.id), evidence()
    who = viewers_of(one.author for one in found)
    return [
        Entry(
            one,
            role_words(who.get(one.author, Viewer(one.author)), seen.case.shown, opened_it=False)
            if one.author
            else (say(BROUGHT_IN),),
            [
                (book[key].says, book[key].source, book[key].shown_grade)
                for key in one.evidence
                if key in book
            ],
            OUTCOMES[one.outcome],
        )
        for one in found
    ]


@own_runner
@require_POST
def judge(request: RunnerRequest, advice: UUID) -> HttpResponse:
    """Say what became of a piece of advice."""
    form = OutcomeForm(request.POST)
    told = form.cleaned_data if form.is_valid() else {"outcome": "", "words": ""}
    try:
        case = judge_advice(request.runner.id, advice, told["outcome"], told["words"], timezone.now())
    except UsageError:
        raise Http404 from None
    return redirect("cases:ledger", case)


@own_runner
@require_POST
def strike(request: RunnerRequest, advice: UUID) -> HttpResponse:
    """Take a line out that is no advice."""
    try:
        case = forget_advice(request.runner.id, advice)
    except UsageError:
        raise Http404 from None
    return redirect("cases:ledger", case)
