"""Pages of an account: coming in at home, being invited, what one may change, deleting everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from evengait.actions.forget_account import forget_account
from evengait.core.language import say
from evengait.web.access import admins, anybody, signed_in
from evengait.web.accounts.forms import SureForm
from evengait.web.accounts.invitation import INVITED, is_invitation, new_invitation
from evengait.web.accounts.link import use_link
from evengait.web.accounts.me import change_me, forget_sessions, me_form
from evengait.web.accounts.owner import is_ownerless, owner_at_home
from evengait.web.base.whole import in_pieces
from evengait.web.runners.demo import demo_name

if TYPE_CHECKING:
    from django.http import HttpResponse

    from evengait.web.base.requests import DeskRequest


@anybody
@require_safe
def welcome(request: DeskRequest) -> HttpResponse:
    """Say how to come in; who is in goes on to the start."""
    if request.user.is_authenticated:
        return redirect("runners:home")
    if not settings.AT_HOME:
        return redirect("account_login")
    return render(request, "accounts/welcome.html")


@anybody
@require_safe
def enter(request: DeskRequest, key: str) -> HttpResponse:
    """Follow the one-time link: at home it signs the owner in, on a server it invites whoever sets the desk up."""
    if request.user.is_authenticated:
        return redirect("runners:home")
    if not use_link(settings.HOME, key) or not (settings.AT_HOME or is_ownerless()):
        return render(request, "accounts/welcome.html", {"used": True}, status=403)
    if not settings.AT_HOME:
        request.session[INVITED] = "first"
        return redirect("account_signup")
    login(request, owner_at_home(), backend="django.contrib.auth.backends.ModelBackend")
    return redirect("runners:home")


@anybody
@require_safe
def join(request: DeskRequest, key: str) -> HttpResponse:
    """Follow an invitation to this desk."""
    if settings.AT_HOME:
        raise Http404
    if request.user.is_authenticated:
        return redirect("runners:home")
    if not is_invitation(key):
        return render(request, "accounts/too_late.html", status=403)
    request.session[INVITED] = "guest"
    return redirect("account_signup")


@admins
def invite(request: DeskRequest) -> HttpResponse:
    """Make an invitation to be handed on; nothing is sent from here."""
    address = ""
    if request.method == "POST":
        address = request.build_absolute_uri(reverse("accounts:join", args=[new_invitation()]))
    return render(request, "accounts/invite.html", {"address": address})


@anybody
def admin_login(request: DeskRequest, extra_context: object = None) -> HttpResponse:  # noqa: ARG001 - Django's call
    """Send who comes to the admin unasked where everybody signs in; to who is in it is not there."""
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.GET.get("next", reverse("admin:index")))


@signed_in
def me(request: DeskRequest) -> HttpResponse:
    """Show and change what is one's own: name, units, time zone."""
    form = me_form(request)
    if request.method == "POST" and form.is_valid():
        change_me(request, form.cleaned_data)
        messages.success(request, say("Kept."))
        return redirect("accounts:me")
    return render(request, "accounts/me.html", {"form": form, "sure": SureForm()})


@in_pieces  # files go after the records
@signed_in
@require_POST
def delete(request: DeskRequest) -> HttpResponse:
    """Delete the account with everything that is this person's, at once and for good."""
    form = SureForm(request.POST)
    if not form.is_valid():
        return render(request, "accounts/me.html", {"form": me_form(request, fresh=True), "sure": form})
    account, demo = request.user.pk, demo_name(request.user)
    logout(request)
    forget_sessions(account)
    forget_account(settings.HOME, account, also=(demo,))
    messages.success(request, say("Your account and everything that this desk kept of you is deleted."))
    return redirect("accounts:welcome")
