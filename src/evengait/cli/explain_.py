"""``evengait explain``: what was unusual before a pain began."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evengait.core.language import say
from evengait.core.sites import SIDES, SITES

if TYPE_CHECKING:
    from evengait.actions.explain_onset import Answer
    from evengait.core.units import Units


class Day(click.ParamType[date]):
    """An ISO date."""

    name = "DATE"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> date:
        """Return the date; anything else is one sentence."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self.fail(say("write the date as 2026-11-08, and one that exists"), param, ctx)


class Span(click.ParamType[tuple[date, date]]):
    """Two ISO dates joined by a colon."""

    name = "FROM:TO"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[date, date]:
        """Return the two dates; anything else is one sentence."""
        try:
            first, last = (date.fromisoformat(part) for part in str(value).split(":"))
        except ValueError:
            self.fail(say("write two dates as 2025-03-01:2025-04-15"), param, ctx)
        if last < first:
            self.fail(say("the second date is before the first"), param, ctx)
        return first, last


@click.command(name="explain")
@click.option("--onset", required=True, type=Day(), help="Local date the pain began, as 2026-11-08.")
@click.option("--site", type=click.Choice(SITES), help="Where it hurts.")
@click.option("--side", type=click.Choice(SIDES), help="Which side.")
@click.option(
    "--earlier", type=Span(), multiple=True, help="An earlier pain, FROM:TO; those weeks are no comparison."
)
@click.option("--units", type=click.Choice(["km", "mi"]), default="km", show_default=True)
@click.option(
    "--html", "html_file", type=click.Path(dir_okay=False, path_type=Path), help="Write the report here."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def command(
    ctx: click.Context,
    onset: date,
    site: str | None,
    side: str | None,
    earlier: tuple[tuple[date, date], ...],
    units: Units,
    html_file: Path | None,
    as_json: bool,
) -> None:
    r"""Tell what was unusual in your own training before a pain began, and how sure one can be.

    Example:

    \b
      evengait explain --onset 2026-11-08 --site sacroiliac --side left --html report.html
    """
    from evengait.actions.explain_onset import explain_onset
    from evengait.actions.own_sessions import own_sessions
    from evengait.storage.archive import Archive
    from evengait.storage.home import runner_folder

    if ctx.obj["desk"]:
        from evengait.cli import _at_desk

        _at_desk.refuse({"html": html_file}, "html")
        told = _at_desk.explained(ctx.obj["desk"], onset, site=site, side=side, earlier=earlier, units=units)
        show_data(told, units=units, as_json=as_json)
        return
    own = own_sessions(Archive(runner_folder(ctx.obj["home"], ctx.obj["runner"])))
    answer = explain_onset(
        own.sessions, onset, today=date.today(),  # noqa: DTZ011 - the runner's own calendar
        site=site, side=side, earlier_problems=earlier, units=units, shoe_initial_km=own.first_km,
    )  # fmt: skip
    show(answer, units=units, html_file=html_file, as_json=as_json)


def show(answer: Answer, *, units: Units, html_file: Path | None, as_json: bool) -> None:
    """Write the report where asked, then print the answer for people or for programs."""
    if html_file is not None:
        from evengait.actions.write_report import write_report

        write_report(answer, html_file, units=units, generated=date.today())  # noqa: DTZ011 - the runner's own calendar
    show_data(answer.data, units=units, as_json=as_json)
    if html_file is not None and not as_json:
        click.echo("\n" + say("The whole answer, with pictures: {html_file}", html_file=html_file))


def show_data(data: dict[str, Any], *, units: Units, as_json: bool) -> None:
    """Print an answer for people or for programs."""
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    from evengait.report import terminal

    terminal.show(data, units)
