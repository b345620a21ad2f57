"""Shoes: what each pair has done; say what it had done before, that it is retired, that two names are one pair."""

from datetime import date
from typing import Annotated

import polars as pl
from django.conf import settings
from django.http import HttpResponse
from pydantic import Field

from evengait.actions.tell_shoes import pair_document, pairs_of, tell_shoe
from evengait.core.shoe import MOST_KM
from evengait.storage.archive import Archive
from evengait.storage.home import runner_folder
from evengait.storage.records.shoes import shoes_of
from evengait.web.api.interface import given, operation, room
from evengait.web.api.keys import ApiRequest
from evengait.web.api.shapes import Asked, Day, Text, Told

router = room("Shoes")


class Pair(Told):
    """A pair, as `evengait shoes --json` prints it."""

    name: str
    names: Annotated[list[str], Field(description="Other names in the archive that are this pair.")]
    distance_m: Annotated[float, Field(description="Everything that is known of it [m]")]
    recorded_m: Annotated[float, Field(description="On foot, in the archive [m]")]
    before_m: Annotated[float | None, Field(description="What it had done before; null = not said [m]")]
    first: date | None
    last: date | None
    sessions: int
    retired_on: Annotated[date | None, Field(description="null = in use")]


class ToldPair(Asked):
    """What is said of a pair: a field that is left out stays as it is, null makes it unsaid."""

    name: Annotated[Text, Field(min_length=1, max_length=200, description="As the archive has it.")]
    before_m: Annotated[float | None, Field(ge=0, le=1000 * MOST_KM)] = None
    retired_on: Day | None = None
    same_as: Annotated[
        Text | None, Field(max_length=200, description="The pair whose other name it is; null = its own.")
    ] = None


@operation(router, "GET", "/shoes", scope="read:training", gives=list[Pair])
def list_shoes(request: ApiRequest) -> HttpResponse:
    """List the pairs with what they have done, those in use first."""
    return given(_pairs(request))


@operation(router, "POST", "/shoes", scope="write:shoes", gives=list[Pair])
def write_shoe(request: ApiRequest, told: ToldPair) -> HttpResponse:
    """Say something of a pair, and answer with all of them. A pair that is retired keeps what it has done."""
    said = told.dict(exclude_unset=True)
    if "before_m" in said:
        before = said.pop("before_m")
        said["before_km"] = None if before is None else before / 1000
    tell_shoe(request.runner.id, _sessions(request), said.pop("name"), **said)
    return given(_pairs(request))


def _pairs(request: ApiRequest) -> list[dict[str, object]]:
    return [pair_document(one) for one in pairs_of(_sessions(request), shoes_of(request.runner.id))]


def _sessions(request: ApiRequest) -> pl.DataFrame:
    return Archive(runner_folder(settings.HOME, request.runner.name)).sessions()
