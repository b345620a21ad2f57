"""``evengait cohort``: many runners at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evengait.core.language import say

if TYPE_CHECKING:
    from evengait.cohort.lovdal import Approach

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(name="cohort")
def command() -> None:
    r"""Ask many runners' logs at once, for research: hazard ratios of session spikes, a published table again.

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
@click.option(
    "--for",
    "purpose",
    type=click.Choice(["spikes", "reproduce"]),
    default="spikes",
    show_default=True,
    help="The command that is to read it.",
)
@click.option(
    "--share",
    type=click.FloatRange(0.05, 1),
    default=1.0,
    show_default=True,
    help="Of the published files' rows, with --for reproduce.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def simulate(folder: Path, runners: int, seed: int, purpose: str, share: float, as_json: bool) -> None:
    r"""Make a cohort up, with known hazards, in the size of the study of 5,205 runners.

    With --for reproduce: the two files of the prediction table instead, in their size, from a known answer.

    Example:

    \b
      evengait cohort simulate made-up --seed 7
      evengait cohort simulate made-up-table --for reproduce
    """
    from evengait.actions.simulate_cohort import write_cohort, write_injury_tables
    from evengait.report.cohort_text import FILES

    if purpose == "reproduce":
        known = write_injury_tables(folder, seed=seed, share=share)
        told = ", ".join(
            say("{name} {auc:.3f}", name=FILES[name], auc=one["auc_of_the_truth"])
            for name, one in known["approaches"].items()
        )
        click.echo(
            json.dumps(known)
            if as_json
            else say("Made both files up. Area under the curve of the truth: {told}.", told=told)
        )
        return
    truth = write_cohort(folder, runners, seed=seed)
    if as_json:
        click.echo(json.dumps(truth, ensure_ascii=False))
    click.echo(
        say(
            "Made up {runners:,} runners with {sessions:,} sessions; {injured:,} are injured.",
            runners=truth["runners"],
            sessions=truth["sessions"],
            injured=truth["injured"],
        ),
        err=as_json,
    )
    click.echo(say("Next: evengait cohort spikes {folder}", folder=folder), err=True)


@command.command(name="spikes")
@click.argument("place", metavar="DIR")
@click.option(
    "--workers", type=click.IntRange(1, 512), help="Processes on this machine. [default: one a core]"
)
@click.option("--cluster", metavar="ADDRESS", help="A Dask scheduler instead, such as tcp://10.0.0.5:8786.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--html", "html_file", type=FILE, help="Write a page to read or to print here.")
def spikes(
    place: str, workers: int | None, cluster: str | None, as_json: bool, html_file: Path | None
) -> None:
    r"""Hazard ratios of sessions that are longer than any of the 30 days before.

    DIR holds sessions.parquet (runner, local_date, distance_m) and runners.parquet (runner, entered, ended, injured);
    or it is a lake of `cohort build`, such as s3://bucket/lake.

    Example:

    \b
      evengait cohort spikes made-up --workers 2 --html spikes.html
    """
    from evengait.actions.analyse_spikes import analyse_spikes
    from evengait.cli._progress import counting
    from evengait.report.cohort_text import spikes_lines

    answer = analyse_spikes(
        place, workers=workers, cluster=cluster, on_done=counting(say("Counting"), say("batches of runners"))
    )
    if html_file:
        from evengait.actions.write_cohort_page import write_cohort_page

        write_cohort_page(html_file, spikes=answer)
    click.echo(
        json.dumps(answer, ensure_ascii=False, indent=1) if as_json else "\n".join(spikes_lines(answer))
    )
    if html_file:
        click.echo(say("The page: {html_file}", html_file=html_file), err=True)


@command.command(name="reproduce")
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--approach", type=click.Choice(["day", "week", "both"]), default="both", show_default=True)
@click.option("--repetitions", type=click.IntRange(1, 50), default=5, show_default=True)
@click.option("--draws", type=click.IntRange(50, 10_000), default=500, show_default=True, help="Of athletes.")
@click.option(
    "--workers", type=click.IntRange(1, 512), help="Processes on this machine. [default: one a core]"
)
@click.option("--cluster", metavar="ADDRESS", help="A Dask scheduler instead, such as tcp://10.0.0.5:8786.")
@click.option(
    "--model", "models", multiple=True, help="Only this model; several may be named. [default: all four]"
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--html", "html_file", type=FILE, help="Write a page to read or to print here.")
def reproduce(
    folder: Path, approach: str, models: tuple[str, ...], as_json: bool, html_file: Path | None, **told: Any
) -> None:
    r"""Make the injury-prediction table of Lövdal et al. 2021 again: as published, and honestly.

    DIR holds the two CSV files of doi 10.34894/UWU9PV, as downloaded: day_approach_maskedID_timeseries.csv and
    week_approach_maskedID_timeseries.csv. Nothing here may be used to predict one runner's injury.

    Example:

    \b
      evengait cohort reproduce dataverse_files --workers 2 --html table.html
    """
    from evengait.actions.reproduce_table import reproduce_table
    from evengait.cli._progress import counting
    from evengait.report.cohort_text import table_lines

    wanted: tuple[Approach, ...] = ("day", "week") if approach == "both" else (_approach(approach),)
    if models:
        told["models"] = models
    answer = reproduce_table(folder, wanted, on_done=counting(say("Fitting"), say("folds")), **told)
    if html_file:
        from evengait.actions.write_cohort_page import write_cohort_page

        write_cohort_page(html_file, table=answer)
    click.echo(
        json.dumps(answer, ensure_ascii=False, indent=1) if as_json else "\n".join(table_lines(answer))
    )
    if html_file:
        click.echo(say("The page: {html_file}", html_file=html_file), err=True)


def _approach(word: str) -> Approach:
    return "day" if word == "day" else "week"


@command.command(name="consent")
@click.option("--agree/--withdraw", default=None, help="Without either: tell how it is.")
@click.pass_context
def consent(ctx: click.Context, agree: bool | None) -> None:
    r"""Agree that this runner's archive is gathered for research, or take it back. Without it nothing is.

    Gathered are, under a pseudonym: each session's date, sport, distance, duration, climb, steps, effort and ground,
    and health problems with date, site and end. Not gathered: positions, times of day, names, notes, devices.

    Example:

    \b
      evengait --runner anna cohort consent --agree
    """
    from evengait.actions import agree_research
    from evengait.cli._runner import opened_runner, today_of
    from evengait.storage.home import runner_folder

    folder = runner_folder(ctx.obj["home"], ctx.obj["runner"])
    if agree is True:
        agree_research.agree(folder, today_of(opened_runner(ctx)))
    if agree is False:
        agree_research.withdraw(folder)
    if agree_research.has_agreed(folder):
        click.echo(say("Agreed: the next gathering takes this runner's archive along, under a pseudonym."))
    else:
        click.echo(
            say(
                "Not agreed: nothing is gathered, and what was is taken out of the lake by the next gathering."
            )
        )


@command.command(name="build")
@click.argument("lake", metavar="LAKE")
@click.option(
    "--home",
    "homes",
    type=click.Path(file_okay=False, path_type=Path),
    multiple=True,
    metavar="HOME",
    help="A home to gather from; several may be named. [default: the home]",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def build(ctx: click.Context, lake: str, homes: tuple[Path, ...], as_json: bool) -> None:
    r"""Gather the archives of runners who agreed into a lake: a folder, or s3://bucket/lake.

    Names become pseudonyms by a key that stays in the home. What did not change is not sent again; whoever
    withdrew is taken out.

    Example:

    \b
      evengait cohort build /srv/lake --home /srv/club --home /srv/clinic
    """
    from dataclasses import asdict

    from evengait.actions.gather_lake import gather_lake

    told = gather_lake(lake, homes or (ctx.obj["home"],))
    click.echo(
        say(
            "{agreed:,} runners agreed, {not_agreed:,} did not. Wrote {written:,} parts anew, {unchanged:,} were up to "
            "date.",
            **asdict(told),
        ),
        err=as_json,
    )
    if as_json:
        click.echo(json.dumps(asdict(told)))


@command.command(name="report")
@click.argument("lake", metavar="LAKE")
@click.option(
    "--injurytools",
    "export",
    type=FOLDER,
    help="Write injuries.csv and exposures.csv for R's injurytools here.",
)
@click.option(
    "--table",
    type=FILE,
    help="An answer of `cohort reproduce --json`, to put on the page too.",
)
@click.option(
    "--workers", type=click.IntRange(1, 512), help="Processes on this machine. [default: one a core]"
)
@click.option("--cluster", metavar="ADDRESS", help="A Dask scheduler instead, such as tcp://10.0.0.5:8786.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--html", "html_file", type=FILE, help="Write a page to read or to print here.")
def report(
    lake: str,
    export: Path | None,
    table: Path | None,
    as_json: bool,
    html_file: Path | None,
    **told: Any,
) -> None:
    r"""Injuries in a lake, in the terms of the 2020 consensus: incidence, burden, prevalence; and session spikes.

    Counts under five are hidden, and those from which they could be worked out. The files of --injurytools hold a row
    for each runner's day under her pseudonym: they are not for publication.

    Example:

    \b
      evengait cohort report /srv/lake --html report.html
    """
    from evengait.actions.report_cohort import report_cohort
    from evengait.report.cohort_text import burden_lines

    answer = report_cohort(lake, export, **told)
    if html_file:
        from evengait.actions.write_cohort_page import read_reproduced, write_cohort_page

        write_cohort_page(
            html_file,
            burden=answer,
            spikes=answer["spikes"],
            table=read_reproduced(table) if table else None,
        )
    click.echo(
        json.dumps(answer, ensure_ascii=False, indent=1) if as_json else "\n".join(burden_lines(answer))
    )
    if html_file:
        click.echo(say("The page: {html_file}", html_file=html_file), err=True)
