"""Pages of a runner about those beside her."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evengait.core.beside import FIELDS, KINDS, lasting_fields
from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.core.sharing import Grant
from evengait.storage.records.cases import cases_of
from evengait.storage.records.grants import grants_of, share
from evengait.storage.records.relations import (
    beside,
    end_relation,
    invite,
    open_invitations,
    withdraw_invitation,
)
from evengait.storage.records.ties import give, ties_of
from evengait.web.access import own_runner
from evengait.web.beside.forms import InviteForm, SeesForm
from evengait.web.cases.seeing import own_case
from evengait.web.coaching.page import page_of
from evengait.web.notices.telling import tell_of_beside

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpResponse

    from evengait.core.beside import Tie
    from evengait.web.base.requests import RunnerRequest


@dataclass(frozen=True)
class Line:
    """One person beside a runner: ``sees``: titles of what she sees now; ``until``: when it ends, None = never."""

    tie: Tie
    kind: str
    sees: list[str]
    until: datetime | None


@own_runner
@require_safe
def home(request: RunnerRequest) -> HttpResponse:
    """Show who stands beside this runner, what each sees, and the links that nobody has followed yet."""
    return beside_page(request, InviteForm())


def beside_page(request: RunnerRequest, form: InviteForm, link: str = "") -> HttpResponse:
    """Return the page, with a new link on it where one was just made."""
    now, titled = timezone.now(), {case.id: case.title for case in cases_of(request.runner.id)}
    told = {
        "lines": [_line(tie, now) for tie in ties_of(request.runner.id)],
        "participants": [(one, titled[one.case]) for one in beside(request.runner.id) if one.case],
        "invitations": [
            (one, KINDS.get(one.kind, ""), titles(one.fields), titled.get(one.case) if one.case else None)
            for one in open_invitations(request.runner.id, now)
        ],
        "form": form,
        "link": link,
    }
    return render(request, "beside/home.html", told, status=422 if form.errors else 200)


def _line(tie: Tie, now: datetime) -> Line:
    seen = lasting_fields(tie, now)
    ends = [one.expires_at for one in tie.grants if one.holds(now) and one.expires_at]
    return Line(tie, KINDS[tie.kind], titles(seen), min(ends, default=None))


def titles(fields: object) -> list[str]:
    """Return the short names of fields, in their order."""
    return [words.partition(":")[0] for name, words in FIELDS.items() if name in fields]  # type: ignore[operator]


@own_runner
@require_POST
def invite_somebody(request: RunnerRequest) -> HttpResponse:
    """Make a link for one person; it is shown once, here."""
    form, now = InviteForm(request.POST), timezone.now()
    if not form.is_valid():
        return beside_page(request, form)
    told = form.cleaned_data
    made = invite(request.runner.id, told["kind"], now, fields=told["sees"], until=form.ends(now))
    address = request.build_absolute_uri(reverse("beside:come", args=[made.id]))
    return beside_page(request, InviteForm(), address)


@own_runner
@require_POST
def invite_to_case(request: RunnerRequest, case: UUID) -> HttpResponse:
    """Make a link for one person into one case; it is shown once, on the same page as every other."""
    own_case(request, case)
    runner, now = request.runner.id, timezone.now()
    if not any(g.field == "case" and g.role == "participant" and g.holds(now) for g in grants_of(case)):
        share(runner, case, [Grant("case", role="participant")], {})
    key = invite(runner, "participant", now, case)
    return beside_page(
        request, InviteForm(), request.build_absolute_uri(reverse("beside:come", args=[key.id]))
    )


@own_runner
@require_POST
def withdraw(request: RunnerRequest, invitation: UUID) -> HttpResponse:
    """Make a link void."""
    try:
        withdraw_invitation(request.runner.id, invitation)
    except UsageError:
        raise Http404 from None
    messages.success(request, say("The link is void."))
    return redirect("beside:home")


@own_runner
def sees(request: RunnerRequest, tie: UUID) -> HttpResponse:
    """Change what one person sees; it holds at once."""
    one, now = _own(request, tie), timezone.now()
    known = {"sees": sorted(lasting_fields(one, now))}
    form = SeesForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        give(request.runner.id, tie, form.cleaned_data["sees"], now, until=form.ends(now))
        messages.success(request, say("Kept. It holds from now on."))
        return redirect("beside:home")
    return render(request, "beside/sees.html", {"form": form, "line": _line(one, now)})


@own_runner
@require_safe
def look(request: RunnerRequest, tie: UUID) -> HttpResponse:
    """Show what one person sees now, by the code that shows it to her."""
    one = _own(request, tie)
    both = [other for other in ties_of(request.runner.id) if other.account == one.account]
    return render(request, "beside/look.html", {"tie": one} | page_of(both))


@own_runner
@require_POST
def nothing(request: RunnerRequest, tie: UUID) -> HttpResponse:
    """Take everything back from one person who stays beside her."""
    _own(request, tie)
    give(request.runner.id, tie, (), timezone.now())
    messages.success(request, say("Taken back. This person sees nothing of your days any more."))
    return redirect("beside:home")


@own_runner
@require_POST
def end(request: RunnerRequest, tie: UUID) -> HttpResponse:
    """End it with one person; everything that was shared with her goes with it."""
    _theirs(request, tie)
    end_relation(request.runner.id, tie, timezone.now())
    tell_of_beside("ended", tie, runner=False)
    messages.success(request, say("It is ended, and what you shared with this person is taken back."))
    return redirect("beside:home")


def _theirs(request: RunnerRequest, relation: UUID) -> None:
    """Refuse what is no relation of this runner's; one of a single case is one too."""
    if not any(one.id == relation for one in beside(request.runner.id)):
        raise Http404


def _own(request: RunnerRequest, tie: UUID) -> Tie:
    found = next((one for one in ties_of(request.runner.id) if one.id == tie), None)
    if found is None:
        raise Http404
    return found
