"""Tokens: shown once, kept as a hash, open what they may and nothing else, end, are revoked, are counted."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from cast import Program
from matrix import addresses, arguments, rows

from evengait.core.api_token import SCOPES
from evengait.core.errors import UsageError
from evengait.storage.records.api_tokens import make_token, revoke_token, tokens_of, use_token

if TYPE_CHECKING:
    from cast import Cast

TODAY = datetime.now(UTC).date()


def _operations(cast: Cast) -> list[tuple[str, str, Any, str]]:
    """Return method, address, body and scope of every operation, from the address configuration itself."""
    from django.urls import reverse

    from evengait.web.api.document import description

    scopes = {
        one["operationId"]: "".join(one["security"][0]["token"]) for _, _, one in _described(description())
    }
    found = []
    for row in rows():
        if getattr(addresses()[row.name], "access", "") == "token":
            ids = {key: cast.ids[key] for key in arguments(row.name)}
            found.append(
                (row.method, reverse(row.name, kwargs=ids), row.data, scopes[row.name.partition(":")[2]])
            )
    return found


def _described(told: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, one) for path, methods in told["paths"].items() for method, one in methods.items()]


def test_every_operation_is_in_the_matrix_by_its_own_method(cast: Cast) -> None:
    from evengait.web.api.document import description

    told = {(one["operationId"], method.upper()) for _, method, one in _described(description())}
    asked = {(row.name.partition(":")[2], row.method) for row in rows() if row.name.startswith("api:")}
    by_token = {
        name.partition(":")[2] for name, view in addresses().items() if getattr(view, "access", "") == "token"
    }
    assert told <= asked
    assert {name for name, _ in told} == by_token


def test_no_operation_opens_without_its_scope_or_with_a_token_that_has_ended(cast: Cast) -> None:
    account = cast.accounts["owner"].pk
    over, revoked = cast.program("owner", days=0), cast.program("owner")
    from evengait.storage.records.models import ApiToken

    ApiToken.objects.filter(expires_on=TODAY).update(expires_on=TODAY - timedelta(days=1))
    newest = next(one for one in tokens_of(account) if one.expires_on > TODAY)
    assert revoke_token(account, newest.id)
    for method, address, body, scope in _operations(cast):
        if not scope:
            continue
        without = cast.program("owner", tuple(set(SCOPES) - {scope}))
        answer = without.ask(method, address, body)
        assert answer.status_code == 403, address
        assert scope in answer.json()["detail"]
        for program in (over, revoked, Program(), Program("evengait_" + "x" * 43), Program("é")):
            from django.core.cache import cache

            cache.clear()
            answer = program.ask(method, address, body)
            assert answer.status_code == 401, address
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert answer.json()["status"] == 401


def test_a_cookie_opens_nothing_and_neither_does_a_token_in_the_address(cast: Cast) -> None:
    from django.core.cache import cache

    secret = cast.program("owner").secret
    for method, address, _, _ in _operations(cast):
        cache.clear()
        assert cast.client("owner").generic(method, address).status_code == 401
        assert (
            cast.client("nobody")
            .generic(method, f"{address}?token={secret}&access_token={secret}")
            .status_code
            == 401
        )


def test_a_token_is_shown_once_and_kept_as_a_hash(cast: Cast) -> None:
    from evengait.storage.records.models import ApiToken

    client = cast.client("outsider")
    told = {"name": "my watch", "scopes": ["read:diary"], "days": "30"}
    page = client.post("/you/programs/", told).content.decode()
    secret = re.search(r"evengait_[\w-]{43}", page)
    assert secret
    assert secret[0] not in client.get("/you/programs/").content.decode()
    assert secret[0] not in str(list(ApiToken.objects.values()))
    found = use_token(secret[0], today=TODAY)
    assert found
    assert (found.name, found.scopes) == ("my watch", ("read:diary",))
    assert tokens_of(cast.accounts["outsider"].pk)[0].last_used_on == TODAY
    assert f"last used on {TODAY.day} " in client.get("/you/programs/").content.decode()
    assert client.post(f"/you/programs/{found.id}/revoke/").status_code == 302
    assert use_token(secret[0], today=TODAY) is None


def test_nobody_revokes_anothers_token(cast: Cast) -> None:
    program = cast.program("owner", ("read:diary",))
    for token in tokens_of(cast.accounts["owner"].pk):
        cast.client("outsider").post(f"/you/programs/{token.id}/revoke/")
    assert program.ask("GET", "/api/v1/diary").status_code == 200


def test_a_token_goes_with_its_account(cast: Cast) -> None:
    program = cast.program("owner")
    cast.client("owner").post("/you/delete/", {"word": "delete"})
    assert program.ask("GET", "/api/v1/diary").status_code == 401
    account = cast.accounts["outsider"]
    program = cast.program("outsider")
    account.is_active = False
    account.save()
    assert program.ask("GET", "/api/v1/diary").status_code == 401


@pytest.mark.parametrize(
    ("name", "scopes", "days"),
    [
        ("", ("read:diary",), 1),
        ("x", (), 1),
        ("x", ("do:all",), 1),
        ("x", ("read:diary",), 400),
        ("x", ("read:diary",), -1),
    ],
)
def test_a_token_has_a_name_scopes_and_an_end(
    cast: Cast, name: str, scopes: tuple[str, ...], days: int
) -> None:
    with pytest.raises(UsageError):
        make_token(
            cast.accounts["owner"].pk, name, scopes, expires_on=TODAY + timedelta(days=days), today=TODAY
        )


def test_who_asks_too_often_waits(cast: Cast) -> None:
    from django.test import override_settings

    for _ in range(30):
        assert Program().ask("GET", "/api/v1/diary").status_code == 401
    answer = Program().ask("GET", "/api/v1/diary")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1
    # A good token from the same address is not held up by what others guess.
    assert cast.program("owner").ask("GET", "/api/v1/diary").status_code == 200
    assert override_settings
