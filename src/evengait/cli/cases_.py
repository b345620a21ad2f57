"""``evengait cases``: read and answer cases, one's own and those that were shared."""

from __future__ import annotations

import json
import sys
from typing import Any
from uuid import UUID

import click

from evengait.core.errors import UsageError
from evengait.core.language import say

_PAGE = 200


@click.command(name="cases")
@click.argument("case", type=UUID, required=False, metavar="[ID]")
@click.option("--since", type=click.IntRange(min=1), default=1, help="First number of the replies.")
@click.option("--reply", is_flag=True, help="Reply; the words come from standard input, in Markdown.")
@click.option(
    "--propose",
    metavar="KIND",
    help="With the reply, a proposal: plan_change, trial, question, one_sided_exercise.",
)
@click.option("--text", help="Of the proposal: in one or two sentences.")
@click.option("--treatment", help="Of a trial: aid:si_belt.")
@click.option("--side", help="Of a one-sided exercise, which a clinician alone proposes.")
@click.option("--change", help="Of a change of plan: hold, back, rest, cap.")
@click.option("--distance-m", type=float, help="Of the change cap: the longest run.  [m]")
@click.option("--first-on", metavar="DATE", help="Of the proposal; left out, the day she accepts it.")
@click.option("--last-on", metavar="DATE", help="Of the proposal; left out, until she takes it back.")
@click.option("--every-days", type=int, help="Of the proposal; left out, once.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def command(
    ctx: click.Context, /, case: UUID | None, since: int, reply: bool, as_json: bool, **wish: Any
) -> None:
    r"""List the cases of a desk elsewhere that you may see, read one with its numbered replies, or reply.

    It needs --desk. Who sees a case is said on the desk alone.

    Example:

    \b
      evengait --desk https://desk.example.org cases
      evengait --desk https://desk.example.org cases 5b0c… --since 21
      evengait --desk https://desk.example.org cases 5b0c… --reply < words.md
      evengait --desk https://desk.example.org cases 5b0c… --reply --propose question --text "Since when?" < words.md
    """
    if not ctx.obj["desk"]:
        raise UsageError(
            "Cases are read and answered on a desk. Name it with --desk, or open it: evengait serve"
        )
    if case is None and reply:
        raise UsageError("Reply in which case? Give its id; evengait cases lists them.")
    proposal = _proposal(wish, reply=reply)
    from evengait.cli._desk import Desk

    there = Desk(ctx.obj["desk"])
    told: Any
    if case is None:
        told, text = (found := _all(there)), _listed(found)
    elif reply:
        sent = {"body": sys.stdin.read()} | proposal
        told = there.ask("POST", f"/cases/{case}/replies", json=sent).json()
        text = say("Kept as reply {number}.", number=told["number"])
    else:
        told = _whole(there, case, since)
        text = _read(told)
    click.echo(json.dumps(told, ensure_ascii=False, indent=1) if as_json else text)


def _proposal(wish: dict[str, Any], *, reply: bool) -> dict[str, Any]:
    """Return what goes with a reply; nothing where nothing is proposed."""
    kind = wish.pop("propose")
    told = {name: value for name, value in wish.items() if value is not None}
    if kind is None and not told:
        return {}
    if kind is None or not reply:
        raise UsageError("A proposal goes with a reply: --reply --propose KIND --text WORDS.")
    return {"proposal": {"kind": kind, "text": told.pop("text", "")} | told}


def _all(there: Any) -> list[dict[str, Any]]:
    """Return every case, a page at a time; one that changes meanwhile goes to the front, so that is read again."""
    found: dict[str, dict[str, Any]] = {}
    while True:
        offset, before = 0, len(found)
        while True:
            page = there.ask("GET", "/cases", params={"limit": _PAGE, "offset": offset})
            found |= {one["id"]: one for one in page.json()}
            offset, total = offset + _PAGE, int(page.headers["X-Total-Count"])
            if offset >= total or not page.json():
                break
        if len(found) >= total or len(found) == before:
            return sorted(found.values(), key=lambda one: str(one["changed_at"]), reverse=True)


def _whole(there: Any, case: UUID, since: int) -> dict[str, Any]:
    head: dict[str, Any] = there.ask("GET", f"/cases/{case}").json()
    found: list[dict[str, Any]] = []
    while True:
        asked = {"since": since + len(found), "limit": _PAGE}
        page = there.ask("GET", f"/cases/{case}/replies", params=asked)
        found += page.json()
        if not page.json() or found[-1]["number"] >= int(page.headers["X-Total-Count"]):
            return head | {"numbered_replies": found}


def _listed(cases: list[dict[str, Any]]) -> str:
    own = {True: say("own"), False: "   "}
    lines = [
        f"{one['id']}  {one['status']:6}  {_replies(one['replies'])}  {own[one['own']]}  {one['title']}"
        for one in cases
    ]
    return "\n".join(lines) or say("No case is yours, and none was shared with you.")


def _read(case: dict[str, Any]) -> str:
    lines = [case["title"], ""]
    for one in case["numbered_replies"]:
        if one["gone"]:
            lines += [f"#{one['number']}  {one['gone']}", ""]
            continue
        lines += [f"#{one['number']}  {one['author']}, {', '.join(one['roles'])}", one["body"], ""]
        lines += [
            say("  Proposes ({status}): {what}", status=each["status"], what=each["text"]) + "\n"
            for each in one["proposals"]
        ]
    return "\n".join(lines).rstrip()


def _replies(count: int) -> str:
    return say("{n:>4} replies", n=count)
