"""``evengait cohort``: many runners at once."""

from __future__ import annotations

import json
from pathlib import Path

import click

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(name="cohort")
def command() -> None:
    r"""Ask many runners' logs at once, for research: hazard ratios of session spikes.

    Needs more packages: pip install 'evengait[cohort]'. What holds over a group says nothing about one runner's
    next run.

    Example:

    \b
      evengait cohort simulate made-up
      evengait cohort spikes made-up --html spikes.html
    """


@command.command(name="simulate")
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option(
    "--runners", type=click.IntRange(10, 1_000_000), default=5_205, show_default=True, help="How many."
)
@click.option("--seed", type=click.IntRange(0, 2**31), default=1, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def simulate(folder: Path, runners: int, seed: int, as_json: bool) -> None:
    r"""Make a cohort up, with known hazards, in the size of the study of 5,205 runners.

    Example:

    \b
      evengait cohort simulate made-up --seed 7
    """
    from evengait.actions.simulate_cohort import write_cohort

    truth = write_cohort(folder, runners, seed=seed)
    if as_json:
        click.echo(json.dumps(truth, ensure_ascii=False))
    click.echo(
        f"Made up {truth['runners']:,} runners with {truth['sessions']:,} sessions; {truth['injured']:,} are injured.",
        err=as_json,
    )
    click.echo(f"Next: evengait cohort spikes {folder}", err=True)


@command.command(name="spikes")
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option(
    "--workers", type=click.IntRange(1, 512), help="Processes on this machine. [default: one a core]"
)
@click.option("--cluster", metavar="ADDRESS", help="A Dask scheduler instead, such as tcp://10.0.0.5:8786.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--html", "html_file", type=FILE, help="Write a page to read or to print here.")
def spikes(
    folder: Path, workers: int | None, cluster: str | None, as_json: bool, html_file: Path | None
) -> None:
    r"""Hazard ratios of sessions that are longer than any of the 30 days before.

    DIR holds sessions.parquet (runner, local_date, distance_m) and runners.parquet (runner, entered, ended, injured).

    Example:

    \b
      evengait cohort spikes made-up --workers 2 --html spikes.html
    """
    from evengait.actions.analyse_spikes import analyse_spikes
    from evengait.cli._progress import counting
    from evengait.report.cohort_text import spikes_lines

    answer = analyse_spikes(
        folder, workers=workers, cluster=cluster, on_done=counting("Counting", "batches of runners")
    )
    if html_file:
        from evengait.actions.write_cohort_page import write_cohort_page

        write_cohort_page(answer, html_file)
    click.echo(
        json.dumps(answer, ensure_ascii=False, indent=1) if as_json else "\n".join(spikes_lines(answer))
    )
    if html_file:
        click.echo(f"The page: {html_file}", err=True)
