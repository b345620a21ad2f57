"""Pages that bring a thread into a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from evengait.actions.bring_thread import bring_thread
from evengait.core.errors import EvengaitError
from evengait.core.reasons import reason_in_words
from evengait.web.access import own_runner
from evengait.web.cases.seeing import at_reply, own_case
from evengait.web.threads.carried import arrived, carried
from evengait.web.threads.forms import TakeForm, ThreadForm
from evengait.web.threads.shown import shown

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from evengait.web.base.requests import RunnerRequest

MOST_POSTS = 100
"""Posts that are brought in at once: each is a box to tick."""


@own_runner
def bring(request: RunnerRequest, case: UUID) -> HttpResponse:
    """Take a thread, and show what was read of it; nothing is kept yet."""
    seen = own_case(request, case)
    if not seen.can_reply:
        raise Http404
    form = ThreadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            reading, ticket = carried(form.data_bytes(), case, request.user.pk, MOST_POSTS)
        except EvengaitError as error:
            form.add_error(None, reason_in_words(str(error)))
        else:
            told = shown(reading, request.runner.id, case)
            return render(request, "threads/confirm.html", told | {"seen": seen, "ticket": ticket})
    return render(
        request, "threads/bring.html", {"form": form, "seen": seen}, status=422 if form.errors else 200
    )


@own_runner
@require_POST
def take(request: RunnerRequest, case: UUID) -> HttpResponse:
    """Take in what she confirmed: posts as quoted replies, advice as lines of the ledger."""
    seen = own_case(request, case)
    if not seen.can_reply:
        raise Http404
    form = TakeForm(request.POST)
    try:
        reading = arrived(form.data.get("thread", ""), case, request.user.pk)
        replies = bring_thread(
            case, reading, posts=form.posts(), advice=form.advice(), edits=form.edits(reading)
        )
    except EvengaitError as error:
        messages.error(request, reason_in_words(str(error)))
        return redirect("threads:bring", case)
    return at_reply(case, replies[0].number)
