"""The places in the navigation: a room says in its ``urls.py`` where it wants to be found."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True)
class Place:
    """One entry of the navigation.

    Attributes
    ----------
    label : str
        One or two words.
    address : str
        Name of an address without arguments, ``diary:home``.
    whom : {"runner", "everybody", "moderator"}
        Who sees it.
    order : int
        Small comes first; equal ones in the order of ``ROOMS``.
    """

    label: str
    address: str
    whom: str = "runner"
    order: int = 50


def all_places() -> list[Place]:
    """Return the ``place`` of every room that has one, in order."""
    found: list[Place] = []
    for room in settings.ROOMS:
        name = f"evengait.web.{room}.urls"
        if find_spec(name):
            place = getattr(import_module(name), "place", None)
            found += [place] if place else []
    return sorted(found, key=lambda place: place.order)


def places_for(request: HttpRequest) -> list[dict[str, Any]]:
    """Return what the navigation shows to this person, the place she is in marked."""
    user = request.user
    if not user.is_authenticated:
        return []
    sees = {
        "everybody": True,
        "runner": getattr(request, "runner", None) is not None,
        "moderator": user.is_moderator,
    }
    match = request.resolver_match
    here = match.namespace if match else ""
    return [
        {"label": p.label, "address": reverse(p.address), "here": p.address.split(":")[0] == here}
        for p in all_places()
        if sees[p.whom]
    ]
