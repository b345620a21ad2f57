"""``evengait shoes``: what each pair has done, and what only the runner knows of it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from evengait.cli.explain_ import Day
from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.core.units import distance

if TYPE_CHECKING:
    from evengait.core.units import Units

METRES = {"km": 1000.0, "mi": 1609.344}


@click.command(name="shoes")
@click.argument("name", required=False)
@click.option("--before", type=click.FloatRange(min=0), help="What it had done before it first shows up.")
@click.option("--retire", type=Day(), help="Retired since this local date; what it has done stays.")
@click.option("--in-use", is_flag=True, help="Not retired after all.")
@click.option(
    "--same-as", metavar="NAME", help="This name and that one are one pair, which goes by that one."
)
@click.option("--apart", is_flag=True, help="This name is a pair of its own after all.")
@click.option(
    "--units", type=click.Choice(["km", "mi"]), default="km", show_default=True, help="Of --before, too."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def command(ctx: click.Context, /, name: str | None, units: Units, as_json: bool, **told: Any) -> None:
    r"""List the pairs, or say something of one.

    Example:

    \b
      evengait shoes --units mi
      evengait shoes "Old blue" --before 120 --retire 2026-11-01
      evengait shoes "Blue (2)" --same-as "Old blue"
    """
    said = _said(told, METRES[units])
    if said and name is None:
        raise UsageError("Of which pair? Name it first, as it is listed.")
    if name is not None and not said:
        raise UsageError("What of this pair? Say --before, --retire, --in-use, --same-as or --apart.")
    asked = {"name": name} | said if name is not None else None
    pairs = _there(ctx.obj["desk"], asked) if ctx.obj["desk"] else _here(ctx, asked)
    if as_json:
        click.echo(json.dumps(pairs, ensure_ascii=False, indent=1))
        return
    for pair in pairs:
        also = say(", also {names}", names=", ".join(pair["names"])) if pair["names"] else ""
        retired = (
            say(", retired since {retired_on}", retired_on=pair["retired_on"]) if pair["retired_on"] else ""
        )
        click.echo(
            say(
                "{distance:>10}  {name}{also}{retired}; last worn {last}",
                distance=distance(pair["distance_m"], units, 0),
                name=pair["name"],
                also=also,
                retired=retired,
                last=pair["last"],
            )
        )
    if not pairs:
        click.echo(say("No recording names a shoe."))


def _said(told: dict[str, Any], metres: float) -> dict[str, Any]:
    """Return what is said of the pair, in the API's words."""
    if (told["in_use"] and told["retire"]) or (told["apart"] and told["same_as"]):
        raise UsageError("Both cannot be. Leave one of the two options out.")
    said: dict[str, Any] = {}
    if told["before"] is not None:
        said["before_m"] = metres * told["before"]
    if told["retire"] or told["in_use"]:
        said["retired_on"] = told["retire"]
    if told["same_as"] or told["apart"]:
        said["same_as"] = told["same_as"]
    return said


def _here(ctx: click.Context, asked: dict[str, Any] | None) -> list[dict[str, Any]]:
    from evengait.actions.tell_shoes import pair_document, pairs_of, tell_shoe
    from evengait.cli._runner import opened_runner
    from evengait.storage.archive import Archive
    from evengait.storage.home import runner_folder

    runner = opened_runner(ctx)
    sessions = Archive(runner_folder(ctx.obj["home"], ctx.obj["runner"])).sessions()
    from evengait.storage.records.shoes import shoes_of

    if asked:
        told = dict(asked)
        if "before_m" in told:
            told["before_km"] = told.pop("before_m") / 1000
        tell_shoe(runner.id, sessions, told.pop("name"), **told)
    return [pair_document(one) for one in pairs_of(sessions, shoes_of(runner.id))]


def _there(desk: str, asked: dict[str, Any] | None) -> list[dict[str, Any]]:
    from evengait.cli._desk import Desk

    told = {key: one.isoformat() if isinstance(one, date) else one for key, one in (asked or {}).items()}
    answer = Desk(desk).ask("POST", "/shoes", json=told) if told else Desk(desk).ask("GET", "/shoes")
    found: list[dict[str, Any]] = answer.json()
    return found
