"""Pages of the shoes and the ground."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evengait.actions.look_back import ground_by_month
from evengait.actions.tell_shoes import change_shoe, merge_shoes, pairs_of, part_shoe
from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.core.units import distance, share
from evengait.storage.records.shoes import shoes_of
from evengait.web.access import own_runner
from evengait.web.shoes.forms import PairForm
from evengait.web.timeline.shown import SOURCES
from evengait.web.today.standing import archive_of

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

    from evengait.actions.tell_shoes import Pair
    from evengait.web.base.requests import RunnerRequest


def key_of(name: str) -> str:
    """Return a pair's part of an address: nothing of its name."""
    return hashlib.sha256(name.encode()).hexdigest()[:12]


@own_runner
@require_safe
def home(request: RunnerRequest) -> HttpResponse:
    """List the pairs with what they have done."""
    units = request.runner.units
    rows = [
        {"pair": one, "key": key_of(one.name), "km": distance(1000 * one.km, units, 0)}
        for one in _pairs(request)
    ]
    unnamed = archive_of(request.runner).sessions()
    runs = unnamed.filter((unnamed["sport"] == "running") & unnamed["shoe"].is_null()).height
    return render(request, "shoes/home.html", {"rows": rows, "unnamed": runs})


@own_runner
def pair(request: RunnerRequest, key: str) -> HttpResponse:
    """Show one pair, and take in what is said of it."""
    runner, found, pairs = request.runner, _pair(request, key), _pairs(request)
    form = PairForm(request.POST or None, pair=found, units=runner.units)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        change_shoe(runner.id, found.name, before_km=told["before"], retired_on=told["retired_on"])
        messages.success(request, say("Kept."))
        return redirect("shoes:home")
    told = {
        "pair": found, "key": key, "form": form, "km": distance(1000 * found.km, runner.units, 0),
        "recorded": distance(1000 * found.recorded_km, runner.units, 0), "today": runner.today(timezone.now()),
        "others": [(key_of(one.name), one.name) for one in pairs if one.name != found.name],
        "merged": [(key_of(name), name) for name in found.names],
    }  # fmt: skip
    return render(request, "shoes/pair.html", told)


@own_runner
@require_POST
def merge(request: RunnerRequest, key: str) -> HttpResponse:
    """Say that this name and another one are one pair."""
    found, into = _pair(request, key), _pair(request, request.POST.get("into", ""))
    try:
        merge_shoes(request.runner.id, found.name, into.name)
        messages.success(request, say("The two names are one pair now. It can be parted again."))
    except UsageError as error:
        messages.error(request, str(error))
    return redirect("shoes:pair", key_of(into.name))


@own_runner
@require_POST
def part(request: RunnerRequest, key: str) -> HttpResponse:
    """Say that a name is a pair of its own again."""
    name = next((one for one in shoes_of(request.runner.id) if key_of(one) == key), None)
    if name is None:
        raise Http404
    part_shoe(request.runner.id, name)
    return redirect("shoes:home")


@own_runner
@require_safe
def ground(request: RunnerRequest) -> HttpResponse:
    """Show what was run on, month by month, and who says so."""
    units = request.runner.units
    rows: list[dict[str, Any]] = []
    for row in ground_by_month(archive_of(request.runner).sessions()).reverse().iter_rows(named=True):
        sources = [
            say("{count} by {witness}", count=count, witness=SOURCES.get(name) or say("another witness"))
            for name in SOURCES
            if (count := row[f"by_{name}"])
        ]
        rows.append(
            {
                "month": row["month"], "paved": share(row["paved_share"]), "known": row["paved_share"] is not None,
                "distance": distance(row["distance_m"], units), "unknown": distance(row["unknown_m"], units),
                "has_unknown": row["unknown_m"] > 0, "sources": sources,
            }
        )  # fmt: skip
    return render(request, "shoes/ground.html", {"rows": rows})


def _pairs(request: RunnerRequest) -> list[Pair]:
    return pairs_of(archive_of(request.runner).sessions(), shoes_of(request.runner.id))


def _pair(request: RunnerRequest, key: str) -> Pair:
    found = next((one for one in _pairs(request) if key_of(one.name) == key), None)
    if found is None:
        raise Http404
    return found
