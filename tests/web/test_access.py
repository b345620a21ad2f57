"""Nobody sees what was not shared: every address, as everybody, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cast import PERSONAS, SECRETS
from matrix import Row, addresses, arguments, rows

if TYPE_CHECKING:
    from cast import Cast


def test_every_address_has_a_row_and_every_row_an_address(records_home: Any) -> None:
    assert set(addresses()) == {row.name for row in rows()}


def test_every_view_says_who_may_open_it(records_home: Any) -> None:
    bare = {name for name, view in addresses().items() if not hasattr(view, "access")}
    assert not bare


def test_every_row_says_what_each_persona_gets() -> None:
    for row in rows():
        assert set(row.gets) <= {*PERSONAS, "others"}, row.name
        assert all(row.expected(persona) is not None for persona in PERSONAS), row.name


def test_everybody_gets_what_the_matrix_says_and_not_a_word_more(either_cast: Cast) -> None:
    from django.core.cache import cache
    from django.db import transaction

    wrong = []
    for row in rows():
        cache.clear()  # how often one may ask is another test's
        for persona in PERSONAS:
            either_cast.put_back()
            with transaction.atomic():
                wrong += _differences(row, persona, either_cast)
                transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)


def _differences(row: Row, persona: str, cast: Cast) -> list[str]:
    response = _ask(row, persona, cast)
    got = _outcome(response, row.expected(persona))
    who = f"{row.method} {row.name} as {persona}"
    found = [] if got == row.expected(persona) else [f"{who}: {got}, not {row.expected(persona)}"]
    # A file that is given out is read like a page, and closed.
    text = (b"".join(response) if response.streaming else response.content).decode("utf-8", "replace")
    response.close()
    if persona not in row.shows_owner_to:
        found += [f"{who}: reads the owner's words" for secret in SECRETS if secret in text]
    return found


def _ask(row: Row, persona: str, cast: Cast) -> Any:
    from django.urls import reverse

    ids = {key: cast.ids[key] for key in arguments(row.name) if key in cast.ids} | row.arguments
    address = reverse(row.name, kwargs=ids)
    client = cast.client(persona)
    if getattr(addresses()[row.name], "access", "") == "token":
        return cast.program(persona).ask(row.method, address, row.data)
    return client.get(address) if row.method == "GET" else client.post(address, row.data)


def _outcome(response: Any, expected: Any) -> Any:
    from django.urls import resolve, reverse

    if response.status_code not in {301, 302, 303}:
        return response.status_code
    target = response.headers["Location"].split("?")[0]
    if target in {reverse("accounts:welcome"), reverse("account_login")} and expected == "sign in":
        return "sign in"
    name = resolve(target).view_name
    return "start" if name == "runners:home" else name
