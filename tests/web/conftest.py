"""The desk under test: a fresh home on either database with the cast on it, a live server, a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from cast import Cast, people

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """Forget the sign-in attempts that other tests made."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def cast(records_home: Path) -> Cast:
    """Return the cast on a fresh desk in SQLite."""
    return people(records_home)


@pytest.fixture
def either_cast(either_home: Path) -> Cast:
    """Return the cast on a fresh desk, once on SQLite and once on PostgreSQL."""
    return people(either_home)


@pytest.fixture
def live(records_home: Path) -> Iterator[Any]:
    """Serve the desk of ``cast`` on loopback from a thread; yields its address without a slash at the end."""
    from live_desk import running

    with running() as address:
        yield address


@pytest.fixture
def tab(live: str, cast: Cast, chromium: Any) -> Iterator[Any]:
    """Return a function that opens a page of the live desk as a persona and minds what the browser complains of."""
    contexts = []

    def open_page(
        path: str = "/", persona: str = "owner", *, width: int = 1200, scheme: str = "light", **options: Any
    ) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 820}, color_scheme=scheme, base_url=live, **options
        )
        contexts.append(context)
        context.set_default_timeout(90_000)  # a busy machine is slow, not wrong
        if persona != "nobody":
            key = cast.client(persona).cookies["evengait"].value
            context.add_cookies([{"name": "evengait", "value": key, "url": live}])
        page = context.new_page()
        page.said, page.outside = [], []
        page.on("console", lambda m: page.said.append(m.text))
        page.on("pageerror", lambda e: page.said.append(str(e)))
        page.on("request", lambda r: None if r.url.startswith(live) else page.outside.append(r.url))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def on_a_server() -> Iterator[None]:
    """Answer as a server does, and no more as a desk at home."""
    from django.test import override_settings

    with override_settings(AT_HOME=False):
        yield
