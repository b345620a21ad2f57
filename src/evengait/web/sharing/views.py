"""Pages of sharing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evengait.actions.share_case import digest_of, share_as_seen, states_of
from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.core.sharing import DATA_FIELDS, FIELDS
from evengait.storage.records.grants import revoke, revoke_all
from evengait.storage.records.relations import beside, end_relation
from evengait.web.access import anybody, own_runner, signed_in
from evengait.web.cases.seeing import own_case, seen_case
from evengait.web.notices.telling import tell_all, tell_of_beside
from evengait.web.sharing.forms import ShareForm
from evengait.web.sharing.shown import audiences, pieces_of, preview
from evengait.web.sharing.tasks import forget

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from evengait.web.base.requests import DeskRequest, RunnerRequest
    from evengait.web.cases.seeing import Seen


@own_runner
def home(request: RunnerRequest, case: UUID) -> HttpResponse:
    """Show who sees what; take what to share, show exactly that, and share it once it was seen."""
    seen = own_case(request, case)
    people = beside(request.runner.id, case)
    form = ShareForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        return _look(request, seen, form)
    return _page(request, seen, form)


def _page(request: RunnerRequest, seen: Seen, form: ShareForm) -> HttpResponse:
    people = beside(request.runner.id, seen.case.id)
    told = {
        "seen": seen,
        "case": seen.case,
        "form": form,
        "people": people,
        "audiences": audiences(seen.case.id, people, timezone.now()),
    }
    return render(request, "sharing/home.html", told, status=422 if form.errors else 200)


def _look(request: RunnerRequest, seen: Seen, form: ShareForm) -> HttpResponse:
    """Show what they will see; where she has just seen it and it is the same, share it."""
    runner, now = request.runner, timezone.now()
    names, until = form.names(), form.ends(now)
    states = states_of(settings.HOME, runner, seen.case.problem, names, today=runner.today(now))
    digest = digest_of(states)
    if "share" in request.POST:
        try:
            share_as_seen(
                runner.id, seen.case.id, [n for n in names if n in states or n not in DATA_FIELDS], states,
                seen=request.POST.get("seen", ""), until=until, **form.to(),
            )  # fmt: skip
        except UsageError as error:
            messages.error(request, str(error))
        else:
            if until is not None:
                forget.using(run_after=until).enqueue(str(seen.case.id))
            if one := form.to().get("account"):  # of a role, many have seen it before
                tell_all(seen.case.id, "shared", request.user.pk, to=one)
            messages.success(request, say("Shared. You can take it back at any time, at once."))
            return redirect("sharing:home", seen.case.id)
    told = {
        "case": seen.case,
        "form": form,
        "pieces": preview(states),
        "nothing": [FIELDS[n].partition(":")[0] for n in names if n in DATA_FIELDS and n not in states],
        "some": bool(states) or "case" in names,
        "digest": digest,
        "until": until,
    }
    return render(request, "sharing/look.html", told)


@own_runner
@require_POST
def take_back(request: RunnerRequest, grant: UUID) -> HttpResponse:
    """Take one field back from one audience, at once."""
    try:
        case = revoke(request.runner.id, grant, timezone.now())
    except UsageError:
        raise Http404 from None
    messages.success(request, say("Taken back. It is not there any more."))
    return redirect("sharing:home", case)


@own_runner
@require_POST
def take_all_back(request: RunnerRequest, case: UUID) -> HttpResponse:
    """Take everything of a case back, at once."""
    own_case(request, case)
    revoke_all(request.runner.id, case, timezone.now())
    messages.success(request, say("Everything is taken back. The case is yours alone."))
    return redirect("sharing:home", case)


@own_runner
@require_POST
def part(request: RunnerRequest, case: UUID, relation: UUID) -> HttpResponse:
    """End it with a coach or a participant; what was shared with this very person is taken back."""
    own_case(request, case)
    try:
        end_relation(request.runner.id, relation, timezone.now())
    except UsageError:
        raise Http404 from None
    tell_of_beside("ended", relation, runner=False)
    messages.success(request, say("It is ended, and what you shared with this person is taken back."))
    return redirect("sharing:home", case)


@anybody
@require_safe
def come(request: DeskRequest, key: UUID) -> HttpResponse:  # noqa: ARG001 - every view has it
    """Lead a link of an earlier version to the one page of invitations."""
    return redirect("beside:come", key)


@signed_in
@require_safe
def data(request: DeskRequest, case: UUID) -> HttpResponse:
    """Show the shared data of a case alone, with room for its pictures."""
    seen = seen_case(request, case)
    told = {"case": seen.case, "seen": seen, "pieces": pieces_of(seen, wide=True)}
    return render(request, "sharing/data.html", told)
