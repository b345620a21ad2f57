"""The pages for what went wrong, in German: what to do stands there, and no English sentence is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import RequestFactory, override_settings
from english import english_left, language_of

from evengait.web.base import errors

if TYPE_CHECKING:
    from cast import Cast

GERMAN = {"HTTP_ACCEPT_LANGUAGE": "de-CH,de;q=0.9,en;q=0.5"}


def german(answer: Any, status: int) -> str:
    page: str = answer.content.decode()
    assert answer.status_code == status
    assert language_of(page) == "de"
    assert english_left(page, "de") == []
    return page


def test_an_address_that_is_nobodys(cast: Cast) -> None:
    assert "Hier ist nichts für dich." in german(cast.client("owner").get("/none/", **GERMAN), 404)


def test_a_form_from_an_old_tab(cast: Cast) -> None:
    client: Any = cast.client("owner")
    client.handler.enforce_csrf_checks = True
    assert "Dieses Formular war zu alt." in german(client.post("/you/", {}, **GERMAN), 403)


def test_more_than_is_taken_at_once(cast: Cast) -> None:
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10):
        told = "display_name=" + "a" * 100
        answer = cast.client("owner").post("/you/", told, "application/x-www-form-urlencoded", **GERMAN)
    assert "Das war zu viel auf einmal." in german(answer, 413)


def test_more_fields_than_are_read(cast: Cast) -> None:
    with override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=2):
        answer = cast.client("owner").post("/you/", {str(n): "a" for n in range(9)}, **GERMAN)
    assert "Das ließ sich nicht lesen." in german(answer, 400)


def test_a_sign_in_that_was_tried_too_often(cast: Cast) -> None:
    from django.core.cache import cache

    cache.clear()
    told = {"login": "somebody@example.org", "password": "wrong"}
    with override_settings(AT_HOME=False, ACCOUNT_RATE_LIMITS={"login": "1/m/ip"}):
        answers = [cast.client("nobody").post("/account/login/", told, **GERMAN) for _ in range(3)]
    assert "Das wurde zu oft versucht." in german(answers[-1], 429)
    cache.clear()


@pytest.mark.parametrize("status", [404, 400])
def test_programs_get_a_document(cast: Cast, status: int) -> None:
    answer = {404: errors.not_found, 400: errors.unreadable}[status](RequestFactory().get("/api/v1/none"))
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")


def test_another_hosts_name(cast: Cast) -> None:
    answer = cast.client("nobody").get("/", **GERMAN | {"HTTP_HOST": "evil.example"})
    assert "Das ließ sich nicht lesen." in german(answer, 400)
