"""How far something has come, on standard error: drawn over on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from evengait.core.language import say

if TYPE_CHECKING:
    from collections.abc import Callable

_PLAIN_EVERY_S = 10


def counting(words: str, things: str) -> Callable[[int, int], None]:
    """Return a function that tells how many of how many things are done."""
    said = time.monotonic()
    drawn = sys.stderr.isatty()

    def tell(done: int, total: int) -> None:
        nonlocal said
        line = say(
            "{words}: {done:,} of {total:,} {things}", words=words, done=done, total=total, things=things
        )
        if drawn:
            click.echo(f"\r{line}" + ("\n" if done == total else ""), nl=False, err=True)
        elif time.monotonic() - said >= _PLAIN_EVERY_S:
            said = time.monotonic()
            click.echo(line, err=True)

    return tell
