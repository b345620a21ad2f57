"""``evengait undo``: take one import back."""

from __future__ import annotations

import click

from evengait.core.language import say, say_many


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
    click.echo(
        say_many(
            "Took back import {batch}: {n:,} session removed, with its samples and originals.",
            "Took back import {batch}: {n:,} sessions removed, with their samples and originals.",
            done.sessions,
            batch=done.batch,
        )
    )
    if done.kept:
        click.echo(
            say_many(
                "{n:,} recording stays: another import brought the same.",
                "{n:,} recordings stay: another import brought the same.",
                done.kept,
            )
        )


def _say_waiting() -> None:
    click.echo(
        say("An import is writing to this archive; waiting for it to finish. Ctrl-C stops waiting."), err=True
    )
