"""``evengait desk``: the token for a desk elsewhere."""

from __future__ import annotations

import sys

import click

from evengait.core.language import say


@click.group(name="desk")
def command() -> None:
    r"""Keep the token for a desk elsewhere, so that `evengait --desk https://…` speaks for you there.

    Make the token on the desk, under You → Programs. It is kept in a file that only you can read;
    EVENGAIT_DESK_TOKEN goes before it. It is never taken from the command line.

    Example:

    \b
      evengait desk login https://desk.example.org
      evengait --desk https://desk.example.org sessions --since 2026-09-01
    """


@command.command(name="login")
@click.argument("address", metavar="https://DESK")
def login(address: str) -> None:
    r"""Keep a token: it is asked for on the terminal, or read from standard input.

    Example:

    \b
      evengait desk login https://desk.example.org
    """
    from evengait.cli._desk import Desk, checked_address, keep_token
    from evengait.core.errors import UsageError

    address = checked_address(address)
    terminal = sys.stdin.isatty()
    token = click.prompt(say("Token"), hide_input=True, err=True) if terminal else sys.stdin.readline()
    token = token.strip()
    if not token.startswith("evengait_"):
        raise UsageError("That is no token: it begins with evengait_. Copy it whole from the desk.")
    told = Desk(address, token).ask("GET", "/token").json()
    keep_token(address, token)
    click.echo(
        say(
            "Kept. Until {expires_on} it may: {names}.",
            expires_on=told["expires_on"],
            names=", ".join(told["scopes"]),
        )
    )


@command.command(name="logout")
@click.argument("address", metavar="https://DESK")
def logout(address: str) -> None:
    r"""Forget the token for a desk. Revoke it on the desk as well if others could have read it.

    Example:

    \b
      evengait desk logout https://desk.example.org
    """
    from evengait.cli._desk import checked_address, keep_token

    keep_token(checked_address(address), None)
    click.echo(say("Forgotten on this computer. On the desk it lasts until it is revoked or ends."))
