"""``evengait surfaces``: the ground under each run, from a map."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evengait.core.language import Said, figures, say

if TYPE_CHECKING:
    from evengait.core.units import Units
    from evengait.storage.maps.shelf import MapInfo

CREDIT = "© OpenStreetMap contributors, ODbL"
_PIECES = Said({"ways": "ways", "nodes": "nodes"}, context="of a map")


@click.group(name="surfaces")
def command() -> None:
    r"""Tell the ground under each run from a map: paved, gravel, trail or unknown, and how sure that is.

    The map is an extract of OpenStreetMap that you download once; nothing is looked up on the network. Data
    © OpenStreetMap contributors, ODbL.

    Example:

    \b
      evengait surfaces add vermont.osm.pbf
      evengait surfaces match
    """


@command.command(name="add")
@click.argument("extract", type=click.Path(path_type=Path, dir_okay=False), metavar="EXTRACT.osm.pbf")
@click.option("--name", help="What to call the map. [default: the file's name]")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def add(ctx: click.Context, extract: Path, name: str | None, as_json: bool) -> None:
    r"""Take an extract of OpenStreetMap in; several can be in, and the same one is known again.

    Example:

    \b
      evengait surfaces add vermont.osm.pbf --name vermont
    """
    from evengait.actions.add_map import add_map

    added = add_map(ctx.obj["home"], extract, name=name, on_progress=_tell)
    if as_json:
        click.echo(
            json.dumps({"map": _document(added.info), "new": added.new, "credit": CREDIT}, ensure_ascii=False)
        )
    told = {"name": added.info.name, "ways": added.info.ways}
    took = (
        say("Took in the map {name}: {ways:,} ways that people run on.", **told)
        if added.new
        else say("Already in, and unchanged: the map {name}, {ways:,} ways that people run on.", **told)
    )
    click.echo(f"{took} {CREDIT}", err=as_json)
    click.echo(say("Next: evengait surfaces match  (the ground under the sessions that are in)"), err=True)


@command.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def list_(ctx: click.Context, as_json: bool) -> None:
    r"""List the maps that are in.

    Example:

    \b
      evengait surfaces list
    """
    from evengait.storage.maps.shelf import Shelf

    infos = Shelf(ctx.obj["home"]).infos()
    if as_json:
        click.echo(
            json.dumps({"maps": [_document(info) for info in infos], "credit": CREDIT}, ensure_ascii=False)
        )
        return
    if not infos:
        click.echo(say("No map is in. Take one in with: evengait surfaces add EXTRACT.osm.pbf"))
        return
    for info in infos:
        of = say(", as of {data_of}", data_of=info.data_of[:10]) if info.data_of else ""
        click.echo(say("{name}: {ways:,} ways{of}", name=info.name, ways=info.ways, of=of))
    click.echo(CREDIT)


@command.command(name="remove")
@click.argument("name")
@click.pass_context
def remove(ctx: click.Context, name: str) -> None:
    r"""Take a map out again. What was told from it stays until runs are matched anew.

    Example:

    \b
      evengait surfaces remove vermont
    """
    from evengait.storage.maps.shelf import Shelf

    Shelf(ctx.obj["home"]).remove(name)
    click.echo(say("Took out the map {name}.", name=name))


@command.command(name="match")
@click.option("--again", is_flag=True, help="Every session, also those told by the same map before.")
@click.option("--units", type=click.Choice(["km", "mi"]), default="km", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def match(ctx: click.Context, again: bool, units: Units, as_json: bool) -> None:
    r"""Match every session to the maps that cover it; an import does so by itself for what is new.

    What was told by the same map and rules stays. The runner's own word (#trail, #paved 60%) counts before a map.

    Example:

    \b
      evengait surfaces match
      evengait sessions
    """
    from evengait.actions.match_surfaces import match_surfaces
    from evengait.cli._progress import counting
    from evengait.cli._surface_words import as_document, summary
    from evengait.storage.archive import Archive
    from evengait.storage.home import runner_folder

    folder = runner_folder(ctx.obj["home"], ctx.obj["runner"])
    report = match_surfaces(
        ctx.obj["home"],
        folder,
        again=again,
        on_progress=counting(say("Matching"), say("sessions")),
        on_wait=_say_waiting,
    )
    surfaces = Archive(folder).surfaces()
    if as_json:
        click.echo(json.dumps(as_document(report, surfaces) | {"credit": CREDIT}, ensure_ascii=False))
    click.echo(summary(report, surfaces, units), err=as_json)


def _say_waiting() -> None:
    click.echo(
        say("An import is writing to this archive; waiting for it to finish. Ctrl-C stops waiting."), err=True
    )


def _tell(what: str, count: int) -> None:
    import sys

    if sys.stderr.isatty():
        click.echo(f"\r{figures(f'{count:,}')} {_PIECES[what]}", nl=False, err=True)


def _document(info: MapInfo) -> dict[str, object]:
    return asdict(info)
