"""Pages of signing in on one's own computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import redirect, render

from evengait.web.access import anybody
from evengait.web.accounts.link import use_link
from evengait.web.accounts.owner import owner_at_home

if TYPE_CHECKING:
    from django.http import HttpResponse

    from evengait.web.base.requests import DeskRequest


@anybody
def welcome(request: DeskRequest) -> HttpResponse:
    """Say how to come in; who is in goes on to the start."""
    if request.user.is_authenticated:
        return redirect("runners:home")
    if not settings.AT_HOME:
        return redirect("account_login")
    return render(request, "accounts/welcome.html")


@anybody
def enter(request: DeskRequest, key: str) -> HttpResponse:
    """Follow the one-time link: sign the owner of this computer's desk in."""
    if not settings.AT_HOME:
        raise Http404
    if request.user.is_authenticated:
        return redirect("runners:home")
    if not use_link(settings.HOME, key):
        return render(request, "accounts/welcome.html", {"used": True}, status=403)
    login(request, owner_at_home(), backend="django.contrib.auth.backends.ModelBackend")
    return redirect("runners:home")
