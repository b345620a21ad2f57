"""``evengait sessions``: list or export the sessions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evengait.core.errors import UsageError
from evengait.core.language import say

if TYPE_CHECKING:
    from datetime import datetime

    import polars as pl

    from evengait.core.units import Units

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(name="sessions")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["table", "json", "csv", "parquet"]),
    default="table",
    show_default=True,
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here instead of printing."
)
@click.option("--since", type=_DAY, help="First local date.")
@click.option("--until", type=_DAY, help="Last local date.")
@click.option("--sport", help="Only this sport, e.g. running.")
@click.option(
    "--units", type=click.Choice(["km", "mi"]), default="km", show_default=True, help="Of the table only."
)
@click.pass_context
def command(
    ctx: click.Context,
    kind: str,
    as_json: bool,
    output: Path | None,
    since: datetime | None,
    until: datetime | None,
    sport: str | None,
    units: Units,
) -> None:
    r"""List or export the sessions. Exports keep every column, in SI units.

    Example:

    \b
      evengait sessions --since 2026-09-01 --units mi
      evengait sessions --format parquet --output sessions.parquet
    """
    from evengait.actions.list_sessions import list_sessions
    from evengait.cli._session_table import as_table
    from evengait.storage.home import runner_folder

    kind = "json" if as_json else kind
    if kind == "parquet" and output is None:
        raise UsageError("Parquet is not for a terminal. Say where to write it with --output FILE.")
    first, last = since.date() if since else None, until.date() if until else None
    if ctx.obj["desk"]:
        from evengait.cli import _at_desk

        sessions = _at_desk.sessions(ctx.obj["desk"], first, last, sport)
    else:
        folder = runner_folder(ctx.obj["home"], ctx.obj["runner"])
        sessions = list_sessions(folder, since=first, until=last, sport=sport)
    if kind == "parquet" and output is not None:
        sessions.write_parquet(output)
        text = ""
    else:
        text = {"json": _as_json, "csv": _as_csv}.get(kind, lambda frame: as_table(frame, units))(sessions)
        if output is not None:
            output.write_text(text + "\n", encoding="utf-8")
    if output is None:
        click.echo(text)
    else:
        click.echo(
            say("Wrote {height:,} sessions to {output}.", height=sessions.height, output=output), err=True
        )


def _as_json(sessions: pl.DataFrame) -> str:
    from evengait.actions.list_sessions import sessions_document

    return json.dumps(sessions_document(sessions), ensure_ascii=False)


def _as_csv(sessions: pl.DataFrame) -> str:
    import polars as pl

    if "surfaces" in sessions.columns:
        ground = sessions["surfaces"].struct.unnest()
        sessions = sessions.drop("surfaces").hstack(ground.rename(lambda name: f"surfaces_{name}"))
    lists = [name for name, dtype in sessions.schema.items() if isinstance(dtype, pl.List)]
    joined = (
        pl.col(name).cast(pl.List(pl.String)).list.eval(pl.element().fill_null("")).list.join(" ")
        for name in lists
    )
    return sessions.with_columns(joined).write_csv(datetime_format="%Y-%m-%dT%H:%M:%SZ").rstrip("\n")
