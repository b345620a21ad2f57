"""``evengait undo``: take one import back."""

from __future__ import annotations

import click


@click.command(name="undo")
@click.argument("batch")
@click.pass_context
def command(ctx: click.Context, batch: str) -> None:
    r"""Take one import back, whole: its sessions, its samples and the files kept for it.

    What another import brought as well stays, and a session that both had a part in becomes what the other makes of it.

    BATCH is the name that the import printed; `evengait doctor` lists them all.

    Example:

    \b
      evengait undo 20261108T174500-3f9a
    """
    from evengait.actions.undo_import import undo_import
    from evengait.storage.home import runner_folder

    done = undo_import(runner_folder(ctx.obj["home"], ctx.obj["runner"]), batch.strip(), on_wait=_say_waiting)
    sessions = "1 session" if done.sessions == 1 else f"{done.sessions:,} sessions"
    click.echo(f"Took back import {done.batch}: {sessions} removed, with their samples and originals.")
    if done.kept:
        stay = "1 recording stays" if done.kept == 1 else f"{done.kept:,} recordings stay"
        click.echo(f"{stay}: another import brought the same.")


def _say_waiting() -> None:
    click.echo(
        "An import is writing to this archive; waiting for it to finish. Ctrl-C stops waiting.", err=True
    )
