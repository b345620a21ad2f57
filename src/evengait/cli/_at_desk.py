"""Commands on a desk elsewhere: the same options, the same JSON, the same exit status."""

from __future__ import annotations

import json
import time
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from evengait.cli._desk import Desk
from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.core.reasons import reason_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import polars as pl

KNOWN = ("cases", "desk", "explain", "import", "log", "plan", "proposals", "sessions", "shoes")
"""Commands that work on a desk elsewhere."""

PIECE = 8 * 1024**2
_PAGE = 1000


def refuse(told: dict[str, Any], *names: str) -> None:
    """Refuse options that need this computer's own home.

    Raises
    ------
    UsageError
        One of them is given.
    """
    for name in names:
        if told.get(name):
            raise UsageError(
                say(
                    "With --desk there is no --{name}. Do it on the desk itself.", name=name.replace("_", "-")
                )
            )


def sessions(desk: str, since: date | None, until: date | None, sport: str | None) -> pl.DataFrame:
    """Return a desk's sessions as ``list_sessions`` does, a page at a time."""
    import polars as pl

    asked = {"since": since, "until": until, "sport": sport}
    params = {key: str(value) for key, value in asked.items() if value is not None}
    rows: list[dict[str, Any]] = []
    there = Desk(desk)
    while True:
        page = there.ask("GET", "/sessions", params=params | {"limit": _PAGE, "offset": len(rows)})
        rows += page.json()
        if len(rows) >= int(page.headers["X-Total-Count"]) or not page.json():
            break
    for row in rows:
        row["start"] = datetime.fromisoformat(row["start"])
        row["local_date"] = date.fromisoformat(row["local_date"])
    if not rows:
        from evengait.core.columns import polars_schema

        return pl.DataFrame(schema=polars_schema("sessions"))
    return pl.DataFrame(rows, infer_schema_length=None)


def explained(desk: str, onset: date, **told: Any) -> dict[str, Any]:
    """Return the explanation of an onset."""
    earlier = [[first.isoformat(), last.isoformat()] for first, last in told.pop("earlier")]
    body = {"onset": onset.isoformat(), "earlier": earlier} | told
    found: dict[str, Any] = Desk(desk).ask("POST", "/explain", json=body).json()
    return found


def plan(desk: str, told: dict[str, Any]) -> None:
    """Begin, change or end the plan where that is asked for, and print it.

    Raises
    ------
    UsageError
        The desk refused it, or it needs the desk's own pages.
    """
    there = Desk(desk)
    if told["problem"] is not None:
        former = told["former_week"]
        wish = {
            "problem": str(told["problem"]), "profile": told["profile"], "by": told["by"],
            "former_week_m": None if former is None else 1000 * former, "former_runs": told["former_runs"],
            "strength": told["strength"],
        }  # fmt: skip
        there.ask("POST", "/plan", json=wish)
    for gate in told["passed"]:
        on = {"on": told["on"].isoformat()} if told["on"] else {}
        there.ask("POST", "/plan/gates", json={"gate": gate, "by": told["by"]} | on)
    if told["end"]:
        there.ask("POST", "/plan/end")
        click.echo(say("The plan is ended. Your diary and your runs stay."), err=told["as_json"])
        return
    _print_plan(there.ask("GET", "/plan").json(), as_json=told["as_json"])


def _print_plan(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    from evengait.report.plan_text import STATE

    click.echo(
        say(
            "Plan, {state}, stage {stage}. {names}",
            state=STATE[told["state"]],
            stage=told["stage"],
            names=" ".join(map(reason_in_words, told["because"])),
        ).rstrip()
    )
    for day in told["days"][:14]:
        click.echo(f"{day['date']}  {reason_in_words(day['title'])}: {reason_in_words(day['why'])}")


def log(desk: str, entries: list[tuple[Any, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Keep what is said of days; returns the answers."""
    there = Desk(desk)
    answers = []
    for entry, more in entries:
        said = {name: getattr(entry, name) for name in entry.said if name != "overuse_score"}
        body = {"date": entry.date.isoformat()} | said | {key: value for key, value in more.items() if value}
        answers.append(there.ask("POST", "/diary", json=body).json())
    return answers


def diary(desk: str, first: date, last: date | None) -> list[dict[str, Any]]:
    """Return days of the diary."""
    params = {"since": first.isoformat()} | ({"until": last.isoformat()} if last else {})
    days: list[dict[str, Any]] = Desk(desk).ask("GET", "/diary", params=params).json()["days"]
    return days


def bring_in(desk: str, paths: tuple[Path, ...]) -> dict[str, Any]:
    """Send files and folders, wait until they are taken in, and return the report of the import."""
    files = list(_files(paths))
    if not files:
        raise UsageError("There was nothing to send: no file is at these paths. Check them.")
    there = Desk(desk)
    label = files[0][0] if len(files) == 1 else say("{count:,} files", count=len(files))
    size = sum(file.stat().st_size for _, file in files)
    job = there.ask("POST", "/imports", json={"label": label[-120:], "size": size}).json()["id"]
    for name, file in files:
        _send(there, job, name, file)
    there.ask("POST", f"/imports/{job}/complete")
    wait = timedelta(seconds=0.5)
    while True:
        told = there.ask("GET", f"/imports/{job}").json()
        if told["state"] not in {"receiving", "waiting", "going"}:
            break
        time.sleep(wait.total_seconds())
        wait = min(wait * 1.5, timedelta(seconds=5))
    if told["report"] is None:
        raise UsageError(told["reason"] or say("The import failed."))
    report: dict[str, Any] = told["report"]
    return report


def _send(there: Desk, job: str, name: str, file: Path) -> None:
    with file.open("rb") as content:
        offset = 0
        while True:
            piece = content.read(PIECE)
            if offset and not piece:
                return
            form = {"path": name, "offset": str(offset)}
            there.ask("POST", f"/imports/{job}/pieces", data=form, files={"piece": (file.name, piece)})
            offset += len(piece)
            if not piece:
                return


def _files(paths: tuple[Path, ...]) -> Iterator[tuple[str, Path]]:
    for number, path in enumerate(paths, 1):
        top = path.name if len(paths) == 1 else f"{number}/{path.name}"
        if path.is_file():
            yield top, path
        for inner in sorted(path.rglob("*")) if path.is_dir() else ():
            if inner.is_file():
                yield f"{top}/{inner.relative_to(path).as_posix()}", inner
