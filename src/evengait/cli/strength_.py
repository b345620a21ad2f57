"""``evengait strength``: the six-week block, the log of sets, the exercise library."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evengait.cli._strength_options import Reps, per_set, setup_of, setup_options, weights_option
from evengait.cli.explain_ import Day
from evengait.core.language import marked, say
from evengait.core.reasons import reason_in_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from evengait.core.strength_setup import Weights

_FILE = click.Path(dir_okay=False, path_type=Path)
_json: Callable[..., Any] = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
_on: Callable[..., Any] = click.option("--date", "day", type=Day(), help="Local date. [default: today]")


@click.group(name="strength")
def command() -> None:
    r"""Plan six weeks of heavy slow strength work, and keep the log of sets that its loads come from.

    A general programme that you may change; not reviewed by a clinician.

    Example:

    \b
      evengait strength start --equipment dumbbells --site sacroiliac --day mon --day thu
      evengait strength next --sheet gym.html
      evengait strength add "Goblet squat" 12,12,11 --load 20 --reserve 4 --pain 1
      evengait strength import strong.csv
    """


@command.command(name="start")
@setup_options
@click.option("--from", "start", type=Day(), help="Local date on which the block begins. [default: today]")
@click.option("--change", is_flag=True, help="Change the block that runs; what was done stays done.")
@click.option("--anew", is_flag=True, help="Begin again, although sessions of a running block are done.")
@_json
@click.pass_context
def start(
    ctx: click.Context, /, start: date | None, change: bool, anew: bool, as_json: bool, **said: Any
) -> None:
    r"""Begin the six-week block, beside the return to running where a plan runs.

    Example:

    \b
      evengait strength start --equipment gym --day tue --day fri --hard-day sun --weights lb
      evengait strength start --change --hurts hinge
    """
    from evengait.actions.start_strength import (
        KEY,
        change_strength,
        plan_site,
        running_strength,
        start_strength,
    )
    from evengait.cli._runner import opened_runner, today_of
    from evengait.core.strength_setup import StrengthSetup

    runner = opened_runner(ctx)
    if change:
        before = StrengthSetup.of(running_strength(runner.id).inputs[KEY])
        change_strength(runner.id, setup_of(said, before))
    else:
        # Where a return to running runs, what hurts is known already.
        fresh = StrengthSetup(site=plan_site(runner.id))
        start_strength(runner.id, setup_of(said, fresh), on=start or today_of(runner), anew=anew)
    _show_next(ctx, as_json=as_json)


@command.command(name="next")
@click.option("--sheet", type=_FILE, help="Write the next session as a page for the gym, with empty boxes.")
@_json
@click.pass_context
def next_(ctx: click.Context, sheet: Path | None, as_json: bool) -> None:
    r"""Show the next session with its loads, and when the ones behind it are.

    Example:

    \b
      evengait strength next --sheet gym.html
    """
    _show_next(ctx, as_json=as_json, sheet=sheet)


@command.command(name="stop")
@click.pass_context
def stop(ctx: click.Context) -> None:
    r"""End the block. Every set stays in the log; a return to running goes on.

    Example:

    \b
      evengait strength stop
    """
    from evengait.actions.start_strength import stop_strength
    from evengait.cli._runner import opened_runner, today_of

    runner = opened_runner(ctx)
    stop_strength(runner.id, on=today_of(runner))
    click.echo(say("The strength block has ended. The log of sets stays."))


@command.command(name="add")
@click.argument("exercise")
@click.argument("reps", type=Reps())
@click.option(
    "--load", type=per_set(marked("a load of 0 or more")), help="Of all sets, or one each: 60 or 55,60,60."
)
@click.option(
    "--reserve", "rir", type=per_set(marked("0 to 10")), help="Repetitions left, of all sets or one each."
)
@click.option("--hold", "hold_s", type=float, metavar="SECONDS", help="Seconds each repetition is held.")
@click.option("--side", type=click.Choice(["left", "right"]), help="Where the two sides differ.")
@click.option("--pain", type=float, metavar="0-10", help="Worst pain during these sets.")
@click.option("--warm-up", is_flag=True, help="Warm-up sets: they tell no load.")
@click.option("--note", "notes", help="Your own words.")
@click.option("--forget", is_flag=True, help="First take back what the date has of this exercise.")
@weights_option
@_on
@_json
@click.pass_context
def add(
    ctx: click.Context, /, exercise: str, reps: list[int | None], day: date | None, as_json: bool, **said: Any
) -> None:
    r"""Log the sets of one exercise: REPS as 12,12,11; 0 for a hold alone. Dumbbells: what both weigh together.

    Example:

    \b
      evengait strength add goblet_squat 12,12,11 --load 20 --reserve 4,4,3 --pain 1
      evengait strength add side_plank 6,6,6 --hold 10
      evengait strength add "own:Sled" 10 --load 90 --weights lb
    """
    from evengait.actions.log_sets import forget_sets, log_sets
    from evengait.cli._runner import opened_runner, today_of
    from evengait.cli._strength_options import in_kg

    runner = opened_runner(ctx)
    today = today_of(runner)
    weights = said.pop("weights") or _weights(runner.id)
    if said.pop("forget"):
        forget_sets(runner.id, exercise, day=day or today)
    kind = "warm_up" if said.pop("warm_up") else "working"
    loads = [in_kg(load, weights) for load in said.pop("load") or ()]
    rir = said.pop("rir") or ()
    sets = log_sets(
        runner.id, exercise, reps, day=day or today, today=today, load_kg=loads, rir=rir, kind=kind, **said
    )
    _print_sets(sets, weights, as_json=as_json)


@command.command(name="pain")
@click.argument("pain", type=float, metavar="0-10")
@click.option("--exercise", help="Of this exercise alone.")
@_on
@click.pass_context
def pain(ctx: click.Context, pain: float, exercise: str | None, day: date | None) -> None:
    r"""Write the worst pain of a workout on those of its sets that have none; an app's export has no place for it.

    The morning after goes into the diary: evengait log --pain-this-morning.

    Example:

    \b
      evengait strength pain 2 --date 2026-11-24
    """
    from evengait.actions.log_sets import log_pain
    from evengait.cli._runner import opened_runner, today_of

    runner = opened_runner(ctx)
    today = today_of(runner)
    count = log_pain(runner.id, pain, day=day or today, today=today, exercise=exercise)
    click.echo(say("Written on {count:,} sets.", count=count))


@command.command(name="show")
@click.option("--since", type=Day(), help="First local date.")
@click.option("--until", type=Day(), help="Last local date.")
@weights_option
@_json
@click.pass_context
def show(
    ctx: click.Context, since: date | None, until: date | None, weights: Weights | None, as_json: bool
) -> None:
    r"""Show the log of sets.

    Example:

    \b
      evengait strength show --since 2026-11-01
    """
    from evengait.cli._runner import opened_runner
    from evengait.storage.records.strength import sets_of

    runner = opened_runner(ctx)
    _print_sets(sets_of(runner.id, since, until), weights or _weights(runner.id), as_json=as_json)


@command.command(name="import")
@click.argument("file", type=_FILE)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@weights_option
@_json
@click.pass_context
def import_(ctx: click.Context, file: Path, dry_run: bool, weights: Weights | None, as_json: bool) -> int:
    r"""Take in the CSV of Strong or Hevy, or one of evengait's own. The same sets again change nothing.

    Example:

    \b
      evengait strength import strong.csv --weights kg --dry-run
    """
    from evengait.actions.exchange_sets import import_sets
    from evengait.cli._runner import opened_runner, today_of

    runner = opened_runner(ctx)
    done = import_sets(runner.id, file, today=today_of(runner), weights=weights, dry_run=dry_run)
    if as_json:
        told = vars(done) | {
            "failed": [{"line": line, "reason": reason_in_words(why)} for line, why in done.failed]
        }
        click.echo(json.dumps(told | {"own_names": list(done.own_names)}, ensure_ascii=False))
    took = (
        say(
            "Would take in {added:,} sets of {shape}; {changed:,} changed, {same:,} were there already.",
            added=done.added, shape=done.shape, changed=done.changed, same=done.same,
        ) if dry_run else say(
            "Took in {added:,} sets of {shape}; {changed:,} changed, {same:,} were there already.",
            added=done.added, shape=done.shape, changed=done.changed, same=done.same,
        )
    )  # fmt: skip
    click.echo(took, err=as_json)
    if done.own_names:
        click.echo(say("Kept under your own names: {names}.", names=", ".join(done.own_names)), err=True)
    for line, why in done.failed:
        reason = reason_in_words(why)
        click.echo(
            say("Line {line}: {reason}", line=line, reason=reason) if line else f"{_capital(reason)}.",
            err=True,
        )
    return 3 if done.failed else 0


@command.command(name="export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True))
@click.option(
    "--format",
    "shape",
    type=click.Choice(["strong", "hevy", "evengait"]),
    default="strong",
    show_default=True,
)
@click.option("--since", type=Day(), help="First local date.")
@click.option("--until", type=Day(), help="Last local date.")
@weights_option
@click.pass_context
def export(
    ctx: click.Context,
    file: Path,
    shape: str,
    since: date | None,
    until: date | None,
    weights: Weights | None,
) -> None:
    r"""Write the log as CSV, a row a set; - prints it. Strong's shape is what other apps take in.

    Example:

    \b
      evengait strength export sets.csv --format strong --weights lb
    """
    from evengait.actions.exchange_sets import export_sets
    from evengait.cli._runner import opened_runner

    runner = opened_runner(ctx)
    text, count = export_sets(
        runner.id, shape, weights=weights or _weights(runner.id), first=since, last=until
    )
    if str(file) == "-":
        click.echo(text.encode("utf-8"), nl=False)
        return
    file.write_text(text, encoding="utf-8", newline="")
    click.echo(say("Wrote {count:,} sets to {file}.", count=count, file=file), err=True)


@command.command(name="exercises")
@click.argument("exercise", required=False)
@click.option("--equipment", multiple=True, help="Only what this is enough for, e.g. bands; several times.")
@click.option("--movement", help="Only this movement, e.g. squat.")
@_json
def library(exercise: str | None, equipment: tuple[str, ...], movement: str | None, as_json: bool) -> None:
    r"""List the exercises, or say how one is done.

    Example:

    \b
      evengait strength exercises --equipment bands
      evengait strength exercises bird_dog
    """
    from evengait.actions._exercise_names import exercise_id
    from evengait.core.strength_setup import kit_of
    from evengait.knowledge.strength_book import exercises
    from evengait.report.strength_text import how_text, library_text

    book = exercises()
    found = [book[exercise_id(exercise)]] if exercise else list(book.values())
    if equipment:
        found = [one for one in found if one.possible(kit_of(equipment))]
    found = [one for one in found if movement in {None, one.movement}]
    if as_json:
        click.echo(json.dumps({"exercises": [vars(one) for one in found]}, ensure_ascii=False))
    else:
        click.echo(how_text(found[0]) if exercise and found else library_text(found))


def _show_next(ctx: click.Context, *, as_json: bool, sheet: Path | None = None) -> None:
    from evengait.cli._runner import opened_runner, today_of

    runner = opened_runner(ctx)
    from evengait.actions.join_plans import whole_plan
    from evengait.actions.show_strength import write_sheet
    from evengait.actions.start_strength import running_strength
    from evengait.report.strength_text import sessions_text
    from evengait.storage.archive import Archive
    from evengait.storage.home import runner_folder

    running_strength(runner.id)
    archive = Archive(runner_folder(ctx.obj["home"], ctx.obj["runner"]))
    whole = whole_plan(runner, archive, today=today_of(runner))
    plan, setup = whole.strength, whole.setup
    assert plan is not None  # noqa: S101 - a block runs
    if sheet is not None:
        write_sheet(whole, sheet)
        click.echo(say("Wrote the sheet to {sheet}.", sheet=sheet), err=True)
    if as_json:
        told = {"days": [day.to_json() for day in plan.days], "done": [day.isoformat() for day in plan.done]}
        told |= {"session": plan.session, "total": plan.total, "caveats": list(plan.caveats)}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        click.echo(sessions_text(plan, setup.weights))


def _weights(runner: Any) -> Weights:
    from evengait.actions.show_strength import usual_weights

    return usual_weights(runner)


def _print_sets(sets: Any, weights: Weights, *, as_json: bool) -> None:
    from evengait.actions.log_sets import sets_document
    from evengait.knowledge.strength_book import exercises
    from evengait.report.strength_text import sets_text

    if as_json:
        rows = sets_document(sets)
        click.echo(json.dumps({"sets": rows}, ensure_ascii=False))
    else:
        click.echo(sets_text(sets, exercises(), weights))


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
