"""``evengait demo``: the whole way on a made-up runner."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evengait.core.language import say
from evengait.core.units import long_day

if TYPE_CHECKING:
    from evengait.core.units import Units


@click.command(name="demo")
@click.option("--units", type=click.Choice(["km", "mi"]), default="mi", show_default=True)
@click.option(
    "--html", "html_file", type=click.Path(dir_okay=False, path_type=Path), default=Path("evengait-demo.html"),
    show_default=True, help="Write the report here.",
)  # fmt: skip
@click.option(
    "--export", type=click.Path(dir_okay=False, path_type=Path), help="Keep the made-up export zip here."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def command(ctx: click.Context, units: Units, html_file: Path, export: Path | None, as_json: bool) -> None:
    r"""Go the whole way on a made-up runner: her export, her archive, the report.

    She runs 70 to 80 miles a week, half of it on trails. Late in a run the lower left back begins to hurt; no single
    moment is to blame. Her archive stays in the home as the runner "demo":

    \b
      evengait --runner demo sessions

    Example:

    \b
      evengait demo --html report.html
    """
    from evengait.actions.make_demo import make_demo
    from evengait.cli.explain_ import show
    from evengait.storage.home import runner_folder

    html_file.parent.mkdir(parents=True, exist_ok=True)
    tell = _Teller()
    demo = make_demo(
        runner_folder(ctx.obj["home"], "demo"), today=date.today(), units=units, export=export,  # noqa: DTZ011 - her own calendar
        on_made=tell.made, on_imported=lambda p: tell.imported(p.done, p.total),
    )  # fmt: skip
    tell.done(
        say(
            "Made up {sessions} sessions from {first} to {last} and brought them in "
            "({added} added, {duplicate} there already).",
            sessions=demo.export.sessions,
            first=long_day(demo.export.first),
            last=long_day(demo.export.last),
            added=demo.report.counts["added"],
            duplicate=demo.report.counts["duplicate"],
        )
    )
    show(demo.answer, units=units, html_file=html_file, as_json=as_json)


class _Teller:
    """Says how far the two steps are, on a terminal in one line, elsewhere once a step."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()

    def made(self, done: int, total: int) -> None:
        self._say(say("Making up a runner"), done, total)

    def imported(self, done: int, total: int) -> None:
        self._say(say("Bringing her export in"), done, total)

    def done(self, text: str) -> None:
        click.echo(("\r\033[K" if self._live else "") + text + "\n", err=True)

    def _say(self, what: str, done: int, total: int) -> None:
        line = say("{what}: {done} of {total}", what=what, done=done, total=total)
        if self._live:
            click.echo(f"\r\033[K{line}", nl=False, err=True)
        elif done == total:
            click.echo(line, err=True)
