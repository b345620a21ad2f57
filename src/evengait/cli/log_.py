"""``evengait log``: the diary, a day at a time, in one line."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evengait.cli.explain_ import Day
from evengait.core.errors import TableError, UsageError
from evengait.core.language import say
from evengait.core.reasons import reason_in_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from evengait.core.diary import DiaryEntry

SHOWN_DAYS = 28
_MOMENTS = {
    "rest": "at rest", "daily": "worst in everyday life", "night": "in the night after the date",
    "during": "worst during the date's run or walk", "after": "in the hours after it",
    "next-morning": "on the morning after the date",
}  # fmt: skip
_SIGNS = {
    "limp": "Whether pain changed your gait.", "bone-pain": "Whether one spot of bone hurt, pressed or under load.",
    "numb-or-weak": "Whether a leg or foot newly felt numb, tingling or weak.", "illness": "Whether you were ill.",
}  # fmt: skip


def _said(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of everything that can be said of a day."""
    for name, text in reversed(_SIGNS.items()):
        command = click.option(f"--{name}/--no-{name}", default=None, help=text)(command)
    for name, text in reversed(_MOMENTS.items()):
        command = click.option(f"--pain-{name}", type=float, metavar="0-10", help=f"Pain {text}.")(command)
    return command


@click.command(name="log")
@click.option("--date", "day", type=Day(), help="Local date it is about. [default: today]")
@_said
@click.option(
    "--pain-this-morning", type=float, metavar="0-10", help="Next morning's pain of the day before the date."
)
@click.option(
    "--belt/--no-belt",
    default=None,
    help="The same as --aid belt; --no-belt alone says that there was no aid.",
)
@click.option(
    "--aid",
    "aids",
    multiple=True,
    metavar="ID",
    help="Aid used, e.g. belt, tape; several times. none = no aid.",
)
@click.option(
    "--exercise", "exercises", multiple=True, metavar="ID", help="Exercise done, e.g. bird_dog. none = none."
)
@click.option("--sleep", "sleep_h", type=float, metavar="HOURS", help="Sleep in the night before the date.")
@click.option(
    "--overuse",
    metavar="A,B,C,D",
    help="The weekly overuse questions, four answers in points: 0, 8, 17 or 25.",
)
@click.option("--note", "notes", help="Your own words.")
@click.option(
    "--forget", "unsaid", multiple=True, metavar="COLUMN", help="Make a value not asked again, e.g. limp."
)
@click.option("--replace", is_flag=True, help="The day is what is said now, and nothing else.")
@click.option("--show", is_flag=True, help=f"Show the last {SHOWN_DAYS} days, or --since to --until.")
@click.option("--since", type=Day(), help="First date to show or export.")
@click.option("--until", type=Day(), help="Last date to show or export.")
@click.option(
    "--import", "source", type=click.Path(dir_okay=False, path_type=Path), help="Bring in a CSV file."
)
@click.option(
    "--export",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a CSV file; - prints it.",
)
@click.option(
    "--treated", metavar="ID", help="With --export: date, pain, treated, load, as trial analyse reads."
)
@click.option(
    "--pain", "outcome", metavar="COLUMN", help="With --treated: whose pain. [default: the one told most]"
)
@click.option("--today", type=Day(), help="What counts as today. [default: today]")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def command(ctx: click.Context, /, **told: Any) -> int:
    r"""Log a day: pain, limp, aids, exercises, sleep, the weekly overuse score. Correct it, show it, take it along.

    What you do not say stays not asked; it never counts as no pain. Said again, a value replaces the earlier one.

    Example:

    \b
      evengait log --pain-during 2 --no-limp --belt
      evengait log --pain-this-morning 1
      evengait log --date 2026-11-20 --forget limp --pain-after 3
      evengait log --show
      evengait log --export diary.csv
    """
    from evengait.cli._plan_line import plan_now
    from evengait.cli._runner import opened_runner, today_of

    if ctx.obj["desk"]:
        return _at_desk(ctx.obj["desk"], told, told["today"] or date.today())  # noqa: DTZ011 - this computer's calendar
    runner = opened_runner(ctx)
    today = told["today"] or today_of(runner)
    span = _span(told, today)
    if told["source"] is not None:
        return _import(runner.id, told["source"], today, as_json=told["as_json"])
    if told["target"] is not None:
        return _export(ctx, runner.id, told, span)
    if not told["show"]:
        kept = _log(runner.id, told, told["day"] or today, today)
        _print(kept, as_json=told["as_json"], plan=plan_now(ctx, runner, today))
        return 0
    from evengait.storage.records.diary import diary_of

    first = span[0] or (span[1] or today) - timedelta(days=SHOWN_DAYS - 1)
    _print(diary_of(runner.id, first, span[1]), as_json=told["as_json"])
    return 0


def _span(told: dict[str, Any], today: date) -> tuple[date | None, date | None]:
    first, last = told["since"], told["until"]
    if told["show"] and told["day"]:
        first = last = told["day"]
    if first and first > (last or today):
        raise UsageError("--since lies after the last date. Turn the two round.")
    return first, last


def _log(runner: UUID, told: dict[str, Any], day: date, today: date) -> list[DiaryEntry]:
    """Keep what is said."""
    from evengait.actions.log_day import log_day

    return [log_day(runner, entry, today=today, **more) for entry, more in _said_of(told, day)]


def _said_of(told: dict[str, Any], day: date) -> list[tuple[DiaryEntry, dict[str, Any]]]:
    """Return what is said, of the date and of the day before it where the morning is told; how to keep each."""
    from evengait.core.diary import OVERUSE_ITEMS, DiaryEntry

    names = [f"pain_{name.replace('-', '_')}" for name in _MOMENTS]
    values = {f"{name}_nprs": told[name] for name in names}
    values |= {name.replace("-", "_"): told[name.replace("-", "_")] for name in _SIGNS}
    values |= {"sleep_h": told["sleep_h"], "notes": told["notes"]}
    belt = {True: ("belt",), False: () if told["aids"] else ("none",), None: ()}[told["belt"]]
    values["aids"] = _ids(told["aids"] + belt)
    values["exercises"] = _ids(told["exercises"])
    values |= dict(zip(OVERUSE_ITEMS, _points(told["overuse"]), strict=True))
    morning = told["pain_this_morning"]
    try:
        entry = DiaryEntry(day, **values)
        before = DiaryEntry(day - timedelta(days=1), pain_next_morning_nprs=morning)
    except TableError as error:
        raise UsageError(str(error)) from None
    days: list[tuple[DiaryEntry, dict[str, Any]]] = [(before, {})] if morning is not None else []
    if morning is None or entry.said or told["unsaid"]:
        days.append((entry, {"unsaid": told["unsaid"], "replace": told["replace"]}))
    return days


def _at_desk(desk: str, told: dict[str, Any], today: date) -> int:
    """Do the same on a desk elsewhere."""
    from evengait.cli import _at_desk as there
    from evengait.core.diary import DiaryEntry

    there.refuse(told | {"import": told["source"], "export": told["target"]}, "import", "export", "treated")
    span, plan = _span(told, today), None
    if told["show"]:
        rows = there.diary(desk, span[0] or (span[1] or today) - timedelta(days=SHOWN_DAYS - 1), span[1])
    else:
        answers = there.log(desk, _said_of(told, told["day"] or today))
        rows = [day for answer in answers for day in answer["days"]]
        plan = answers[-1].get("plan")
    entries = [DiaryEntry(**_row(row)) for row in rows]
    _print(entries, as_json=told["as_json"], plan=plan)
    return 0


def _row(row: dict[str, Any]) -> dict[str, Any]:
    """Return a day of a document with its date and lists as the diary has them."""
    lists = {name: tuple(row[name]) for name in ("aids", "exercises") if row[name] is not None}
    return row | lists | {"date": date.fromisoformat(row["date"])}


def _ids(words: tuple[str, ...]) -> tuple[str, ...] | None:
    from evengait.core.diary import NONE

    if NONE in words and len(set(words)) > 1:
        raise UsageError("Say either none or which ones, not both.")
    return () if NONE in words else (tuple(dict.fromkeys(words)) or None)


def _points(text: str | None) -> list[int | None]:
    if text is None:
        return [None] * 4
    try:
        points: list[int | None] = [int(word) for word in text.split(",")]
    except ValueError:
        points = []
    if not 1 <= len(points) <= 4:
        raise UsageError(
            "The weekly overuse questions are answered in points, as --overuse 8,17,8,8; 0 or 25 first ends them."
        )
    return points + [None] * (4 - len(points))


def _print(entries: list[DiaryEntry], *, as_json: bool, plan: dict[str, Any] | None = None) -> None:
    from evengait.actions.log_day import day_document
    from evengait.cli._diary_words import as_lines
    from evengait.cli._plan_line import plan_line

    if as_json:
        document: dict[str, Any] = {"days": [day_document(entry) for entry in entries]}
        click.echo(json.dumps(document | ({"plan": plan} if plan else {}), ensure_ascii=False))
        return
    click.echo(as_lines(entries))
    if plan:
        click.echo(plan_line(plan))


def _import(runner: UUID, file: Path, today: date, *, as_json: bool) -> int:
    from evengait.actions.exchange_diary import import_diary

    done = import_diary(runner, file, today=today)
    if as_json:
        failed = [{"line": line, "reason": reason_in_words(reason)} for line, reason in done.failed]
        click.echo(
            json.dumps(
                {"days": done.days, "failed": failed, "unknown": list(done.unknown)}, ensure_ascii=False
            )
        )
    click.echo(say("Brought in {days:,} days.", days=done.days), err=as_json)
    if done.unknown:
        click.echo(
            say("Passed over columns that the diary does not know: {names}.", names=", ".join(done.unknown)),
            err=True,
        )
    for line, reason in done.failed:
        click.echo(say("Line {line}: {reason}", line=line, reason=reason_in_words(reason)), err=True)
    return 3 if done.failed else 0


def _export(
    ctx: click.Context, runner: UUID, told: dict[str, Any], span: tuple[date | None, date | None]
) -> int:
    from evengait.actions.exchange_diary import km_by_day, most_told_pain, write_diary, write_treated_days
    from evengait.storage.archive import Archive
    from evengait.storage.home import runner_folder
    from evengait.storage.records.diary import diary_of

    days = diary_of(runner, *span)
    if told["treated"] is None:
        text = write_diary(days)
    else:
        sessions = Archive(runner_folder(ctx.obj["home"], ctx.obj["runner"])).sessions()
        pain = told["outcome"] or most_told_pain(days)
        text = write_treated_days(
            days, told["treated"], pain=pain, km=km_by_day(sessions, [d.date for d in days])
        )
        click.echo(say("The pain is {pain}; the load is kilometres run.", pain=pain), err=True)
    if str(told["target"]) == "-":
        click.echo(text.encode("utf-8"), nl=False)
    else:
        from evengait.actions.write_workouts import folder_of

        folder_of(told["target"])
        told["target"].write_text(text, encoding="utf-8", newline="")
        click.echo(say("Wrote {count:,} days to {target}.", count=len(days), target=told["target"]), err=True)
    return 0
