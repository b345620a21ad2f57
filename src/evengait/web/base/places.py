"""The places in the navigation: a room says in its ``urls.py`` where it wants to be found."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from evengait.core.language import say
from evengait.storage.records.ties import stands_beside

if TYPE_CHECKING:
    from django.http import HttpRequest

MOST = 5
"""Entries of the navigation."""


@dataclass(frozen=True)
class Place:
    """One entry of the navigation.

    Attributes
    ----------
    label : str
        One or two words.
    address : str
        Name of an address without arguments, ``diary:home``.
    whom : {"runner", "everybody", "moderator", "beside"}
        Who sees it; ``beside``: who stands beside a runner.
    order : int
        Small comes first; equal ones in the order of ``ROOMS``.
    about : str
        What is there, in a few words, for the page behind *More*.
    """

    label: str
    address: str
    whom: str = "runner"
    order: int = 50
    about: str = ""


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
    """Return what the navigation shows to this person, the place she is in marked.

    ``MOST`` at the most, so that it fits a phone: the last one leads to those that are left.
    """
    found = seen_by(request)
    if len(found) <= MOST:
        return found
    shown, rest = found[: MOST - 1], found[MOST - 1 :]
    match = request.resolver_match
    there = any(place["here"] for place in rest) or bool(match and match.view_name == "base:more")
    return [*shown, {"label": say("More"), "address": reverse("base:more"), "here": there, "about": ""}]


def more_places(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the places that the navigation has no room for; all of them where it has."""
    found = seen_by(request)
    return found[MOST - 1 :] if len(found) > MOST else found


def seen_by(request: HttpRequest) -> list[dict[str, Any]]:
    """Return every place that this person sees, in order."""
    user = request.user
    if not user.is_authenticated:
        return []
    sees = {
        "everybody": True,
        "runner": getattr(request, "runner", None) is not None,
        "moderator": user.is_moderator,
        "beside": stands_beside(user.pk),
    }
    match = request.resolver_match
    here = match.namespace if match else ""
    return [
        {
            "label": say(p.label),
            "address": reverse(p.address),
            "here": p.address.split(":")[0] == here,
            "about": say(p.about),
        }
        for p in all_places()
        if sees[p.whom]
    ]
