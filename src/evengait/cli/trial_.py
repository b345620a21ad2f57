"""``evengait trial``: does this aid or exercise help me."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evengait.cli.explain_ import Day
from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.core.reasons import reason_in_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from evengait.actions.gather_trial_days import GatheredDays
    from evengait.core.runner import RunnerProfile
    from evengait.core.trial import Schedule

FILE = click.Path(dir_okay=False, path_type=Path)


def _common(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that both parts share."""
    for add in (
        click.option("--json", "as_json", is_flag=True, help="Print one JSON document."),
        click.option("--html", "html_file", type=FILE, help="Write a page to read or to print here."),
        click.option(
            "--pain", metavar="COLUMN", help="Whose pain of the diary. [default: the one told most]"
        ),
    ):
        command = add(command)
    return command


@click.group(name="trial")
def command() -> None:
    r"""Find out whether a belt, an exercise, a shoe or an insole helps you.

    `design` draws days with and days without by lot, as many as your own pain's swings ask for; `analyse` judges the
    diary afterwards, or any diary of days with and without.

    Example:

    \b
      evengait trial design --what belt --start 2026-12-01 --ics belt.ics --html agree.html --keep
      evengait log --pain-daily 3 --belt
      evengait trial analyse --html answer.html
    """


@command.command(name="design")
@click.option(
    "--what", required=True, metavar="ID", help="What you try, as the diary names it: belt, bird_dog."
)
@click.option(
    "--kind", type=click.Choice(["aid", "exercise", "shoe", "insole"]), default="aid", show_default=True,
    help="How long it takes to act and to wear off follows from it.",
)  # fmt: skip
@click.option("--start", type=Day(), help="First day. [default: tomorrow]")
@click.option(
    "--days", type=click.IntRange(1, 400), help="Days of the blocks. [default: as many as it takes]"
)
@click.option(
    "--matters",
    type=float,
    metavar="POINTS",
    help="The change that would matter to you, if more than counts anyway.",
)
@click.option("--diary", type=FILE, help="A CSV of days so far, date,pain,treated. [default: your own diary]")
@click.option("--seed", type=click.IntRange(0, 2**31), help="Draw from this seed again.")
@click.option("--ics", "ics_file", type=FILE, help="Write the blocks as a calendar here.")
@click.option("--keep", is_flag=True, help="Start it: `trial analyse` will find it.")
@_common
@click.pass_context
def design(ctx: click.Context, /, **told: Any) -> None:
    r"""Draw the days with and the days without, as many as it takes.

    Example:

    \b
      evengait trial design --what belt --start 2026-12-01 --ics belt.ics --html agree.html --keep
    """
    from evengait.actions.design_trial import design_trial

    runner = _runner(ctx)
    today = _today(runner)
    start = told["start"] or date.fromordinal(today.toordinal() + 1)
    treatment = _id(told["what"])
    days = _days(ctx, runner, told["diary"], treatment, told["pain"])
    schedule, document = design_trial(
        treatment, told["kind"], start, days.days if days else (),
        seed=told["seed"], matters=told["matters"], days=told["days"],
    )  # fmt: skip
    document["failed_rows"] = [
        {"line": line, "reason": reason} for line, reason in (days.failed if days else ())
    ]
    if told["keep"]:
        from evengait.actions.keep_trial import keep_schedule

        keep_schedule(runner.id, schedule)
    if told["ics_file"]:
        from evengait.actions.write_trial import write_trial_calendar

        write_trial_calendar(schedule, told["ics_file"], stamp=datetime.now(UTC))
    _show(document, told, today)


@command.command(name="analyse")
@click.argument("diary", required=False, type=FILE)
@click.option("--design", "design_file", type=FILE, help="The design that `trial design --json` printed.")
@click.option("--what", metavar="ID", help="Which trial, or what the diary names it. [default: the kept one]")
@click.option(
    "--washout", "washout_days", type=click.IntRange(0, 14), default=0, show_default=True,
    help="Days left out after each change, where nothing was drawn.",
)  # fmt: skip
@_common
@click.pass_context
def analyse(ctx: click.Context, /, **told: Any) -> int:
    r"""Judge a trial from DIARY, a CSV with the columns date, pain, treated and perhaps load; or from your own diary.

    Example:

    \b
      evengait trial analyse diary.csv --json
      evengait trial analyse --what belt --html answer.html
    """
    from evengait.actions.analyse_trial import analyse_trial

    treatment = _id(told["what"]) if told["what"] else None
    schedule = _read_design(told["design_file"]) if told["design_file"] else None
    today = None
    if told["diary"] is not None:
        from evengait.actions.gather_trial_days import days_from_file

        days: GatheredDays | None = days_from_file(told["diary"])
    else:
        from evengait.actions.keep_trial import kept_schedule

        runner = _runner(ctx)
        today = _today(runner)
        schedule = schedule or kept_schedule(runner.id, treatment)
        treatment = schedule.treatment if schedule else treatment
        if treatment is None:
            raise UsageError("No trial is kept. Name a diary file, or what you tried with --what belt.")
        days = _days(ctx, runner, None, treatment, told["pain"])
    if days is None or not days.days:
        raise UsageError(
            "The diary holds no day yet. Write one line a day: evengait log --pain-daily 3 --belt"
        )
    document = analyse_trial(
        days,
        schedule,
        treatment=(treatment or "it").replace("_", " "),
        washout_days=told["washout_days"],
        today=today,
    )
    _show(document, told, today or date.today())  # noqa: DTZ011 - the runner's own calendar
    return 3 if days.failed else 0


def _runner(ctx: click.Context) -> RunnerProfile:
    from evengait.cli._runner import opened_runner

    return opened_runner(ctx)


def _today(runner: RunnerProfile) -> date:
    from evengait.cli._runner import today_of

    return today_of(runner)


def _id(text: str) -> str:
    """Return what is tried as the diary names it."""
    from evengait.core.diary import is_id

    name = text.strip().lower().replace(" ", "_").replace("-", "_")
    if not is_id(name):
        raise UsageError("Name what you try in one or two plain words, such as belt or bird_dog.")
    return name


def _read_design(file: Path) -> Schedule:
    from evengait.core.trial import Schedule

    try:
        data = json.loads(file.read_bytes())
    except OSError as error:
        raise UsageError(
            say(
                "The design could not be read: {strerror}. Check the path.",
                strerror=reason_in_words(str(error.strerror)),
            )
        ) from None
    except ValueError:
        data = None
    return Schedule.from_data(data)


def _days(
    ctx: click.Context, runner: RunnerProfile, file: Path | None, treatment: str, pain: str | None
) -> GatheredDays | None:
    """Return the days of a file, else of the runner's own diary with what was run; None where she has none."""
    from evengait.actions.gather_trial_days import days_from_file, own_days

    return days_from_file(file) if file is not None else own_days(runner, ctx.obj["home"], treatment, pain)


def _show(document: dict[str, Any], told: dict[str, Any], today: date) -> None:
    if told["html_file"]:
        from evengait.actions.write_trial import write_trial_page

        write_trial_page(document, told["html_file"], generated=today)
    if told["as_json"]:
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    from evengait.report import trial_text

    trial_text.show(document)
    if told["html_file"]:
        click.echo("\n" + say("The page: {html_file}", html_file=told["html_file"]))
