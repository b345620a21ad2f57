"""``evengait plan``: the way back to running, replayed from what was run and felt."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from evengait.cli.explain_ import Day
from evengait.core.errors import UsageError
from evengait.core.health_problem import MODES
from evengait.core.language import say
from evengait.core.reasons import reason_in_words
from evengait.core.sites import SIDES, SITES

if TYPE_CHECKING:
    from evengait.actions.join_plans import Whole
    from evengait.core.runner import RunnerProfile

_BEGINS = ("problem", "site", "side", "onset", "mode", "profile", "former_week", "former_runs", "progression")


@click.command(name="plan")
@click.option("--site", type=click.Choice(SITES), help="Begin: where it hurts.")
@click.option("--side", type=click.Choice(SIDES), help="Begin: which side.")
@click.option("--onset", type=Day(), help="Begin: local date the pain began.")
@click.option("--mode", type=click.Choice(MODES), help="Begin: how it began.")
@click.option("--problem", type=UUID, metavar="ID", help="Begin: a health problem that is kept already.")
@click.option(
    "--intake",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Answers to the red-flag questions, as screen reads them.",
)
@click.option("--profile", metavar="ID", help="Begin: pain profile. [default: by the screening and the site]")
@click.option(
    "--former-week",
    type=float,
    metavar="KM",
    help="Your week before the pain, where the archive does not tell.",
)
@click.option("--former-runs", type=click.IntRange(1, 7), help="Runs in that week.")
@click.option("--progression", metavar="NAME", help="Begin: which progression. [default: walk_run]")
@click.option("--strength/--no-strength", default=True, help="Begin: the strength block beside it.")
@click.option("--passed", multiple=True, metavar="GATE", help="A gate that is passed; several times.")
@click.option(
    "--by",
    type=click.Choice(["runner", "clinician"]),
    default="runner",
    show_default=True,
    help="Who says so.",
)
@click.option("--on", type=Day(), help="When it was passed. [default: today]")
@click.option("--end", is_flag=True, help="End the plan.")
@click.option("--today", type=Day(), help="Work it out for this date. [default: today]")
@click.option("--units", type=click.Choice(["km", "mi"]), help="[default: the runner's]")
@click.option(
    "--ics", type=click.Path(dir_okay=False, path_type=Path), help="Write or update a calendar file."
)
@click.option(
    "--fit",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write workouts for the watch into a folder.",
)
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write one page to print.")
@click.option("--at", metavar="HH:MM", help="With --ics: local time of the events. [default: all day]")
@click.option(
    "--title",
    "titles",
    multiple=True,
    metavar="KIND=TEXT",
    help="With --ics: what to read instead of Run, Walk or Strength, e.g. run=Busy; several times.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def command(ctx: click.Context, /, **told: Any) -> None:
    r"""Return to running: gates, walk and run, then distance, hills and speed, one at a time.

    A strength block that runs (evengait strength) stands in the same calendar.

    The plan is worked out anew each time from your recordings, your diary and the red-flag questions: what you really
    ran and felt decides, not what was planned. It holds no run while the screening says stop.

    Example:

    \b
      evengait plan --site sacroiliac --side left --onset 2026-11-08 --intake intake.json
      evengait plan --passed impact
      evengait plan
      evengait plan --ics plan.ics --fit workouts --html plan.html
    """
    from evengait.cli._runner import opened_runner, today_of

    if ctx.obj["desk"]:
        from evengait.cli import _at_desk

        _at_desk.refuse(
            told, "site", "side", "onset", "mode", "progression", "intake", "ics", "fit", "html", "today"
        )
        if told["problem"] is None:
            _at_desk.refuse(told, "profile", "former_week", "former_runs")
        _at_desk.plan(ctx.obj["desk"], told)
        return
    runner = opened_runner(ctx)
    today = told["today"] or today_of(runner)
    ended = _say(runner, told, today)
    if ended:
        click.echo(say("The plan is ended. Your diary and your runs stay."), err=told["as_json"])
        return
    whole = _whole(ctx, runner, told, today)
    _write(whole, runner, told, today)
    if told["as_json"]:
        click.echo(json.dumps(whole.to_json(), ensure_ascii=False, indent=1))
        return
    from evengait.report.plan_text import plan_text

    about = whole.followed.about if whole.followed else ""
    click.echo(plan_text(whole.plan, told["units"] or runner.units, about))


def _say(runner: RunnerProfile, told: dict[str, Any], today: date) -> bool:
    """Do what was asked for before the plan is shown; True where the plan was ended."""
    from evengait.actions.begin_plan import (
        begin_plan,
        end_running_plan,
        keep_answers,
        pass_plan_gate,
        running_plan,
        tell_former_week,
    )
    from evengait.core.plan_record import Passed

    intake = _intake(told["intake"])
    named = {name for name in _BEGINS if told[name] is not None}
    if named and named <= {"former_week", "former_runs"} and _runs(runner.id):
        tell_former_week(runner.id, _wish(told, None))
        named = set()
    if named or (intake is not None and not _runs(runner.id)):
        begin_plan(runner.id, _wish(told, intake), today=today)
    elif intake is not None:
        keep_answers(runner.id, intake, running_plan(runner.id).problem, today=today)
    on = told["on"] or today
    if on > today:
        raise UsageError("--on lies in the future. A gate is passed when it has been.")
    for gate in told["passed"]:
        pass_plan_gate(runner.id, Passed(gate, on, told["by"]))
    if told["end"]:
        end_running_plan(runner.id, today)
    return bool(told["end"])


def _runs(runner: UUID) -> bool:
    from evengait.storage.records.plans import active_plan

    record = active_plan(runner)
    return record is not None and bool(record.progression)


def _wish(told: dict[str, Any], intake: Any) -> Any:
    from evengait.actions.begin_plan import PlanWish

    said = {name: told[name] for name in ("problem", "site", "side", "onset", "mode", "profile")}
    named = {"progression": told["progression"]} if told["progression"] else {}
    return PlanWish(
        **said,
        **named,
        intake=intake,
        former_km=told["former_week"],
        former_runs=told["former_runs"],
        strength=told["strength"],
        by=told["by"],
    )


def _intake(file: Path | None) -> Any:
    if file is None:
        return None
    from evengait.actions.screen_intake import read_intake_text
    from evengait.cli._confirm import mind_unconfirmed

    try:
        text = file.read_bytes()
    except OSError as error:
        raise UsageError(
            say(
                "The intake could not be read: {strerror}. Check the path.",
                strerror=reason_in_words(str(error.strerror)),
            )
        ) from None
    reading = read_intake_text(text)
    if reading.ignored:
        click.echo(
            say("Passed over what the form does not know: {names}.", names=", ".join(reading.ignored)),
            err=True,
        )
    if not reading.confirmed:
        mind_unconfirmed()
    return reading.intake


def _whole(ctx: click.Context, runner: RunnerProfile, told: dict[str, Any], today: date) -> Whole:
    from evengait.actions.join_plans import whole_plan
    from evengait.storage.archive import Archive
    from evengait.storage.home import runner_folder

    archive = Archive(runner_folder(ctx.obj["home"], ctx.obj["runner"]))
    return whole_plan(runner, archive, today=today, units=told["units"])


def _write(whole: Whole, runner: RunnerProfile, told: dict[str, Any], today: date) -> None:
    """Write the calendar, the workouts and the page where they are asked for."""
    now, units, days = datetime.now(UTC), told["units"] or runner.units, whole.plan.days
    if told["ics"] is not None:
        from evengait.actions.write_calendar import write_calendar

        events = write_calendar(
            days, told["ics"], str(whole.record.id), today=today, stamp=now, at=_time(told["at"]),
            titles=_titles(told["titles"]), done=whole.done, units=units, weights=whole.setup.weights,
        )  # fmt: skip
        click.echo(say("Wrote {events} events to {ics}.", events=events, ics=told["ics"]), err=True)
    if told["fit"] is not None:
        from evengait.actions.write_workouts import write_workouts

        files = write_workouts(days, told["fit"], made_at=now, weights=whole.setup.weights)
        click.echo(say("Wrote {count} workouts to {fit}.", count=len(files), fit=told["fit"]), err=True)
    if told["html"] is not None:
        from evengait.actions.write_plan_page import write_plan_page

        write_plan_page(whole.plan, told["html"], units=units, weights=whole.setup.weights, generated=today)
        click.echo(say("Wrote the page to {html}.", html=told["html"]), err=True)


def _time(text: str | None) -> time | None:
    try:
        return None if text is None else time.fromisoformat(text)
    except ValueError:
        raise UsageError("--at is a time such as 06:30.") from None


def _titles(words: tuple[str, ...]) -> dict[str, str]:
    titles = dict(word.partition("=")[::2] for word in words)
    if not set(titles) <= {"run", "walk", "strength"} or not all(text.strip() for text in titles.values()):
        raise UsageError(
            "--title names a kind and a text, such as run=Busy; kinds are run, walk and strength."
        )
    return titles
