"""Pages of the API: its description to read, the tokens of a person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evengait.core.api_token import SCOPES
from evengait.core.language import say
from evengait.storage.records.api_tokens import make_token, revoke_token, tokens_of
from evengait.web.access import anybody, signed_in
from evengait.web.api.document import description
from evengait.web.api.forms import TokenForm
from evengait.web.api.reading import parts_to_read

if TYPE_CHECKING:
    from uuid import UUID

    from evengait.web.base.requests import DeskRequest


@anybody
@require_safe
def read(request: DeskRequest) -> HttpResponse:
    """Show the API's description as a page."""
    return render(request, "api/read.html", {"parts": parts_to_read(description()), "scopes": SCOPES.items()})


@anybody
@require_safe
def openapi(request: DeskRequest) -> HttpResponse:  # noqa: ARG001 - Django's call
    """Give the API's description to programs."""
    return HttpResponse(
        json.dumps(description(), ensure_ascii=False, indent=1), content_type="application/json"
    )


@signed_in
def programs(request: DeskRequest) -> HttpResponse:
    """List a person's tokens, and make one: its secret is on this one answer and nowhere else."""
    today = timezone.now().date()
    form = TokenForm(request.POST or None, today=today)
    secret = ""
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        _, secret = make_token(
            request.user.pk, told["name"], tuple(told["scopes"]), expires_on=told["until"], today=today
        )
        form = TokenForm(today=today)
    tokens = [(one, one.opens(today)) for one in tokens_of(request.user.pk)]
    return render(request, "api/programs.html", {"form": form, "tokens": tokens, "secret": secret})


@signed_in
@require_POST
def revoke(request: DeskRequest, token: UUID) -> HttpResponse:
    """Revoke a token; from then on it opens nothing."""
    if revoke_token(request.user.pk, token):
        messages.success(request, say("Revoked. It opens nothing any more."))
    return redirect("api:programs")
