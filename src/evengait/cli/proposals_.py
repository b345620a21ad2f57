"""``evengait proposals``: what was proposed to you on a desk elsewhere, and your decision on it."""

from __future__ import annotations

import json
import sys
from typing import Any
from uuid import UUID

import click

from evengait.core.errors import UsageError
from evengait.core.language import say

_PAGE = 200
_DECISIONS = ("accept", "decline", "take-back", "answer", "withdraw")


@click.command(name="proposals")
@click.argument("proposal", type=UUID, required=False, metavar="[ID]")
@click.option("--accept", "decision", flag_value="accept", help="It comes to stand in your calendar.")
@click.option("--decline", "decision", flag_value="decline", help="It does not.")
@click.option(
    "--take-back", "decision", flag_value="take-back", help="Something accepted is done, or no more wanted."
)
@click.option(
    "--answer", "decision", flag_value="answer", help="Answer a question; the words come from standard input."
)
@click.option("--withdraw", "decision", flag_value="withdraw", help="Take back what you proposed yourself.")
@click.option("--all", "every", is_flag=True, help="Those that were decided on too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def command(
    ctx: click.Context, proposal: UUID | None, decision: str | None, every: bool, as_json: bool
) -> None:
    r"""List what was proposed to you in the cases of a desk elsewhere, and decide on it.

    It needs --desk. To propose something: evengait cases ID --reply --propose.

    Example:

    \b
      evengait --desk https://desk.example.org proposals
      evengait --desk https://desk.example.org proposals 7a1e… --accept
      evengait --desk https://desk.example.org proposals 7a1e… --answer < words.md
    """
    if not ctx.obj["desk"]:
        raise UsageError("Proposals are made on a desk. Name it with --desk, or open it: evengait serve")
    if (proposal is None) != (decision is None):
        options = ", ".join(f"--{one}" for one in _DECISIONS)
        raise UsageError(say("Say which proposal, by its id, and one of: {options}.", options=options))
    from evengait.cli._desk import Desk

    there = Desk(ctx.obj["desk"])
    told: Any
    if proposal is None:
        told = _all(there, every=every)
        text = "\n".join(map(_line, told)) or say("Nothing that was proposed to you waits.")
    else:
        words = {"json": {"body": sys.stdin.read()}} if decision == "answer" else {}
        told = there.ask("POST", f"/proposals/{proposal}/{decision}", **words).json()
        text = _line(told)
    click.echo(json.dumps(told, ensure_ascii=False, indent=1) if as_json else text)


def _all(there: Any, *, every: bool) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    asked: dict[str, Any] = {"limit": _PAGE} | ({} if every else {"status": "open"})
    while True:
        page = there.ask("GET", "/proposals", params=asked | {"offset": len(found)})
        found += page.json()
        if len(found) >= int(page.headers["X-Total-Count"]) or not page.json():
            return found


def _line(one: dict[str, Any]) -> str:
    more = [one[name] for name in ("side", "treatment", "change", "first_on") if one[name]]
    return f"{one['id']}  {one['status']:9}  {', '.join([one['kind'], *more])}: {one['text']}"
