"""``evengait import``: take files, folders and zips into the archive."""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evengait.core.language import say
from evengait.core.reasons import reason_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from evengait.actions.import_archive import Progress
    from evengait.core.units import Units

_PLAIN_EVERY_S = 10
"""Seconds between lines of progress where there is no terminal to draw on."""


@click.command(name="import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--units", type=click.Choice(["km", "mi"]), default="km", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Processes to use. [default: one a processor, as memory allows]",
)
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[Path, ...], units: Units, as_json: bool, workers: int | None
) -> int:
    r"""Take files, folders or zips into the archive: a Strava export, a watch's folder, single FIT files.

    What is in already stays as it is, so the newest export can be imported whole each time. Stop at any moment with
    Ctrl-C, and run the same command again to go on: what is in is not read anew.

    Exit status: 0 done, 3 some files failed and the rest is in, 2 nothing could be read, 130 stopped by Ctrl-C, 1 the
    program failed or the disk is full; what was in stays in each time.

    Example:

    \b
      evengait import export_12345678.zip
      evengait import /media/GARMIN/Activity morning_run.fit
    """
    from evengait.actions.import_archive import import_archive
    from evengait.cli._import_words import STOPPED, as_document, exit_status, summary
    from evengait.cli._stopping import stoppable
    from evengait.storage.home import runner_folder

    if ctx.obj["desk"]:
        return _at_desk(ctx.obj["desk"], paths, as_json=as_json)
    folder = runner_folder(ctx.obj["home"], ctx.obj["runner"])
    with stoppable() as stop, _progress() as tell:
        report = import_archive(
            folder,
            paths,
            on_progress=tell,
            on_wait=_say_waiting,
            on_ground=_matching(),
            workers=workers,
            stop=stop,
        )
    if as_json:
        click.echo(json.dumps(as_document(report), ensure_ascii=False))
    click.echo(summary(report, units), err=as_json)
    if report.stopped:
        click.echo(say(STOPPED), err=True)
        return stop.status
    if report.counts["added"]:
        _say_plan(ctx)
    return exit_status(report.counts)


def _at_desk(desk: str, paths: tuple[Path, ...], *, as_json: bool) -> int:
    from evengait.cli._at_desk import bring_in
    from evengait.cli._import_words import exit_status

    told = bring_in(desk, paths)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
    counts = told["counts"]
    click.echo(
        say(
            "The desk added {sessions:,} sessions from {sum:,} files.",
            sessions=told["sessions"],
            sum=sum(counts.values()),
        ),
        err=as_json,
    )
    for file in told["files"]:
        if file["verdict"] == "failed":
            click.echo(
                say(
                    "{source} could not be read: {reason}",
                    source=file["source"],
                    reason=reason_in_words(file["reason"]),
                ),
                err=True,
            )
    return exit_status(counts)


def _matching() -> Callable[[int, int], None]:
    from evengait.cli._progress import counting

    return counting(say("Matching to the map"), say("sessions"))


def _say_plan(ctx: click.Context) -> None:
    """Say where a running plan stands now; without records there is none, and nothing is opened."""
    from evengait.storage.records.database import FILE

    if not (ctx.obj["home"] / FILE).exists() and not os.environ.get("EVENGAIT_DATABASE_URL"):
        return
    from evengait.cli._plan_line import plan_line, plan_now
    from evengait.cli._runner import opened_runner

    now = plan_now(ctx, opened_runner(ctx))
    if now:
        click.echo(plan_line(now), err=True)


def _say_waiting() -> None:
    click.echo(
        say("Another import is writing to this archive; waiting for it to finish. Ctrl-C stops waiting."),
        err=True,
    )


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None]]:
    if not sys.stderr.isatty():
        yield _plain_progress()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn(say("Importing")),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(say("files") + ", {task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("import", total=None, rate="")

        begun = time.monotonic()
        known: int | None = None

        def tell(progress: Progress) -> None:
            nonlocal known
            known = progress.done if known is None else known  # what was in already says nothing of the speed
            seconds = time.monotonic() - begun
            rate = (
                say("{done:,.0f} a second", done=(progress.done - known) / seconds) if seconds > 0.2 else ""
            )
            bar.update(task, completed=progress.done, total=progress.total, rate=rate)

        yield tell


def _plain_progress() -> Callable[[Progress], None]:
    said = time.monotonic()

    def tell(progress: Progress) -> None:
        nonlocal said
        if time.monotonic() - said >= _PLAIN_EVERY_S:
            said = time.monotonic()
            click.echo(
                say(
                    "{done:,} of {total:,} files, {sessions:,} sessions added",
                    done=progress.done,
                    total=progress.total,
                    sessions=progress.sessions,
                ),
                err=True,
            )

    return tell
