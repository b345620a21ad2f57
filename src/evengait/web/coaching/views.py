"""Pages of somebody who stands beside runners."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evengait.core.beside import KINDS
from evengait.core.errors import UsageError
from evengait.core.language import say, spoken
from evengait.storage.records.glances import ask_for_glances
from evengait.storage.records.relations import leave_relation
from evengait.storage.records.ties import tie_from, ties_from
from evengait.storage.records.viewing import cases_seen, viewer_of
from evengait.web.access import signed_in
from evengait.web.coaching.page import page_of
from evengait.web.coaching.rows import FROM_ARCHIVE, GROUPS, rows_for
from evengait.web.coaching.tasks import look_up
from evengait.web.notices.telling import tell_of_beside

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from evengait.web.base.requests import DeskRequest

PAGE = 25
FRESH = timedelta(minutes=10)
"""So long what was looked up of an archive stands before it is looked up anew."""

AT_ONCE = 50
"""Runners of whom nothing was ever looked up that are asked for besides those on the page."""


@signed_in
@require_safe
def home(request: DeskRequest) -> HttpResponse:
    """List the runners beside whom this person stands, who needs an answer first."""
    now = timezone.now()
    rows, only = rows_for(viewer_of(request.user.pk), now), request.GET.get("only", "")
    shown = [row for row in rows if only in row.groups] if only in GROUPS else rows
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    of_archive = [row for row in page if row.fields & FROM_ARCHIVE]
    never = [row for row in rows if row.fields & FROM_ARCHIVE and not row.looked_up][:AT_ONCE]
    for runner in ask_for_glances({row.tie.runner for row in [*of_archive, *never]}, now, now - FRESH):
        look_up.enqueue(str(runner), spoken())
    told = {
        "page": page,
        "count": len(rows),
        "groups": [
            (key, say(words), sum(key in row.groups for row in rows)) for key, words in GROUPS.items()
        ],
        "only": only if only in GROUPS else "",
        "waiting": sum(bool(row.waiting.count) for row in rows),
        "looking": any(not row.looked_up for row in of_archive),
    }
    return render(request, "coaching/rows.html" if request.htmx else "coaching/home.html", told)


@signed_in
@require_safe
def runner(request: DeskRequest, tie: UUID) -> HttpResponse:
    """Show one runner: everything that she shares with this person, and nothing else."""
    found, now = tie_from(request.user.pk, tie), timezone.now()
    if found is None:
        raise Http404
    who = viewer_of(request.user.pk)
    told = {
        "tie": found,
        "kind": KINDS[found.kind],
        "cases": [case for case, _ in cases_seen(who, now, runner=found.runner)],
    }
    ties = (one for one in ties_from(request.user.pk) if one.runner == found.runner)
    return render(request, "coaching/runner.html", told | page_of(ties))


@signed_in
@require_POST
def end(request: DeskRequest, tie: UUID) -> HttpResponse:
    """Stand beside a runner no more."""
    if tie_from(request.user.pk, tie) is None:
        raise Http404
    try:
        leave_relation(request.user.pk, tie, timezone.now())
    except UsageError:  # she ended it between the two
        raise Http404 from None
    tell_of_beside("left", tie, runner=True)
    messages.success(request, say("It is ended. What this runner shared with you is taken back."))
    return redirect("coaching:home")
