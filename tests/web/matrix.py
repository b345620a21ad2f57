"""Who gets what at which address: read from each room's ``access.toml``.

::

    [["diary:day"]]                 # the address's name; one table per method
    method = "GET"                  # GET where it is left out
    with = { date = "2026-11-08" }  # arguments that are not in the cast's ids
    data = { … }                    # what a POST sends
    gets = { nobody = "sign in", owner = 200, others = 404 }
    shows_owner_to = ["owner"]      # who may meet the owner's own words

A persona that is not named gets ``others``. "sign in" is the way to the sign-in page; "start" to the start page;
any other text is the address, by name, of a redirection.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
FOREIGN = ("account_", "mfa_", "admin:")
"""Pages of Django's admin and of allauth: tested as one."""


@dataclass(frozen=True)
class Row:
    """One address and method, and what everybody gets there."""

    name: str
    gets: dict[str, Any]
    method: str = "GET"
    arguments: dict[str, str] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    shows_owner_to: tuple[str, ...] = ()

    def expected(self, persona: str) -> Any:
        """Return a status, or where it leads."""
        return self.gets.get(persona, self.gets.get("others"))


def rows() -> list[Row]:
    """Return every row of every room."""
    found = []
    for file in sorted(HERE.glob("*/access.toml")):
        for name, entries in tomllib.loads(file.read_text("utf-8")).items():
            found += [
                Row(
                    name, e["gets"], e.get("method", "GET"), e.get("with", {}), e.get("data", {}),
                    tuple(e.get("shows_owner_to", ())),
                )
                for e in entries
            ]  # fmt: skip
    return found


def addresses() -> dict[str, Any]:
    """Return every named address of the desk's own rooms with its view."""
    return {name: pattern.callback for name, pattern, _ in _all()}


def arguments(name: str) -> dict[str, str]:
    """Return an address's arguments with their kinds, ``problem: UUIDConverter`` of ``problem/<uuid:problem>/``."""
    return next(keys for other, _, keys in _all() if other == name)


def _all() -> Iterator[tuple[str, Any, dict[str, str]]]:
    from django.urls import get_resolver

    return _walk(get_resolver().url_patterns, "", {})


def _walk(
    patterns: list[Any], prefix: str, keys: dict[str, str]
) -> Iterator[tuple[str, Any, dict[str, str]]]:
    for one in patterns:
        here = keys | {key: type(kind).__name__ for key, kind in one.pattern.converters.items()}
        if hasattr(one, "url_patterns"):
            space = f"{prefix}{one.namespace}:" if one.namespace else prefix
            if not space.startswith(FOREIGN):
                yield from _walk(one.url_patterns, space, here)
        elif not f"{prefix}{one.name}".startswith(FOREIGN):
            yield f"{prefix}{one.name}", one, here
