"""The runner whose records a command works on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click

    from evengait.core.runner import RunnerProfile


def opened_runner(ctx: click.Context) -> RunnerProfile:
    """Open the records of the home and return the runner that the command line names."""
    from evengait.storage.records.opening import open_records

    open_records(ctx.obj["home"])
    from evengait.storage.records.runners import runner_named

    return runner_named(ctx.obj["home"], ctx.obj["runner"])


def today_of(runner: RunnerProfile) -> date:
    """Return the date on the runner's own calendar."""
    return runner.today(datetime.now(UTC))
