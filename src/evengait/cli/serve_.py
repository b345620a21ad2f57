"""``evengait serve``: the desk in the browser."""

from __future__ import annotations

from importlib import import_module

import click


@click.command(name="serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 takes a free one.",
)
@click.option("--no-browser", is_flag=True, help="Do not open the browser; print the link only.")
@click.option("--no-worker", is_flag=True, help="Leave the work in the background to other processes.")
@click.pass_context
def command(ctx: click.Context, host: str, port: int, no_browser: bool, no_worker: bool) -> None:
    r"""Open the desk in the browser.

    At home it answers on this computer alone and signs you in by a link that works once. For a clinic, docs/desk.md
    says how to run it on a server.

    Example:

    \b
      evengait serve
      evengait serve --port 8001 --no-browser
    """
    # The two top floors do not meet but at this door.
    serving = import_module("evengait.web.serving")
    serving.serve(
        ctx.obj["home"], host, port, browser=not no_browser, worker=not no_worker,
        tell=lambda line: click.echo(line, err=True),
    )  # fmt: skip
