"""Who may open a page. Every view carries one of these; a test walks through all addresses and refuses a bare one.

What is not yours and was not shared with you is *not found* (404), never *forbidden*: nobody learns that it exists.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponseBase

    from evengait.web.base.requests import DeskRequest, RunnerRequest

P = ParamSpec("P")


def _marked(view: Callable[P, HttpResponseBase], access: str) -> Callable[P, HttpResponseBase]:
    view.access = access  # type: ignore[attr-defined] # read by the access-matrix test
    return view


def anybody(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """Open a page to people who are not signed in."""
    return _marked(login_not_required(view), "anybody")


def signed_in(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """Open a page to everybody with an account; the view itself asks what was shared with whom."""
    return _marked(view, "signed in")


def own_runner(
    view: Callable[Concatenate[RunnerRequest, P], HttpResponseBase],
) -> Callable[Concatenate[RunnerRequest, P], HttpResponseBase]:
    """Open a page to a runner about herself: ``request.runner`` is hers. Accounts without a runner go to the start."""

    @wraps(view)
    def inner(request: RunnerRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if getattr(request, "runner", None) is None:
            return redirect("runners:home")
        return view(request, *args, **kwargs)

    return _marked(inner, "own runner")  # type: ignore[return-value]


def moderators(
    view: Callable[Concatenate[DeskRequest, P], HttpResponseBase],
) -> Callable[Concatenate[DeskRequest, P], HttpResponseBase]:
    """Open a page to the site's moderators; to others it is not there."""

    @wraps(view)
    def inner(request: DeskRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_moderator:
            raise Http404
        return view(request, *args, **kwargs)

    return _marked(inner, "moderators")  # type: ignore[return-value]


def admins(
    view: Callable[Concatenate[DeskRequest, P], HttpResponseBase],
) -> Callable[Concatenate[DeskRequest, P], HttpResponseBase]:
    """Open a page to who runs the desk; to others it is not there."""

    @wraps(view)
    def inner(request: DeskRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_superuser:
            raise Http404
        return view(request, *args, **kwargs)

    return _marked(inner, "admins")  # type: ignore[return-value]
