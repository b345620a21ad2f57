"""Nothing about anybody in logs, addresses, error pages and mails; the policy of every page is strict."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any

import pytest
from cast import SECRETS
from matrix import addresses, arguments

if TYPE_CHECKING:
    from cast import Cast


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Return what the desk's own handler writes, with its filter and its form."""
    said = io.StringIO()
    for handler in logging.getLogger().handlers:
        if type(handler) is logging.StreamHandler:
            monkeypatch.setattr(handler, "stream", said)
    return said


def test_a_failure_tells_the_log_where_and_the_person_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ValueError("Wilhelmina-owner has pain 7 in " + cast.ids["problem"])

    monkeypatch.setattr("evengait.web.problems.views.intake_record", broken)
    client = cast.client("owner")
    client.raise_request_exception = False
    answer = client.get(f"/hurts/{cast.ids['problem']}/")
    assert answer.status_code == 500
    said = log.getvalue()
    assert "ValueError" in said
    assert "test_private.py" in said
    for word in (*SECRETS, "pain 7", cast.ids["problem"], "/hurts/"):
        assert word not in said
        assert word not in answer.content.decode()


def test_what_is_not_there_says_nothing_of_what_was_asked(cast: Cast, log: io.StringIO) -> None:
    answer = cast.client("outsider").get("/hurts/left-knee-of-somebody/")
    assert answer.status_code == 404
    assert "left-knee" not in answer.content.decode()
    assert "left-knee" not in log.getvalue()


def test_an_old_form_is_explained(cast: Cast) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True, HTTP_HOST="localhost")
    client.force_login(cast.accounts["owner"], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/begin/")
    assert answer.status_code == 403
    assert "That form was too old." in answer.content.decode()


def test_addresses_hold_ids_and_days_and_nothing_else(records_home: Any) -> None:
    """A day tells which page of a calendar is open: every day has one, whatever happened on it.

    Ids of other kinds: hashes of sessions and of names of shoes, exercises of the library, the kind of a file.
    """
    keys = {"accounts:enter", "accounts:join", "base:look-css"}
    keys |= {"timeline:run", "shoes:pair", "shoes:merge", "shoes:part"}
    keys |= {"strength:exercise", "strength:of-exercise", "plan:workout"}
    for name in set(addresses()) - keys:
        assert set(arguments(name).values()) <= {"UUIDConverter", "UUIDStrConverter", "DayInAddress"}, name


def test_every_page_has_the_strict_policy_and_is_kept_by_nobody(cast: Cast) -> None:
    for persona, path in (("nobody", "/signs/"), ("owner", "/"), ("owner", "/nothing/"), ("owner", "/you/")):
        headers = cast.client(persona).get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "no-store" in headers["Cache-Control"]
        assert headers["Referrer-Policy"] == "same-origin"


def test_no_page_has_a_style_or_a_script_of_its_own(records_home: Any) -> None:
    import re
    from pathlib import Path

    import evengait.web

    for file in Path(evengait.web.__file__).parent.rglob("*.html"):
        text = file.read_text("utf-8")
        assert not re.search(r'\sstyle="|<style|\son\w+="|<script(?![^>]*\ssrc=)', text), file


@pytest.mark.usefixtures("on_a_server")
def test_a_mail_says_nothing_of_health(cast: Cast) -> None:
    from django.core import mail
    from django.test import Client, override_settings

    backend = "django.core.mail.backends.locmem.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend):
        mail.outbox = []
        Client(HTTP_HOST="localhost").post("/account/password/reset/", {"email": "owner@example.org"})
    assert len(mail.outbox) == 1
    text = mail.outbox[0].subject + mail.outbox[0].body
    for word in (*SECRETS, "pain", "hurt", "knee", "injur"):
        assert word not in text


def test_the_colours_of_the_desk_come_from_the_palette(records_home: Any) -> None:
    from django.test import Client

    from evengait.charts.palette import DARK, LIGHT

    page = Client(HTTP_HOST="localhost").get("/look/").content.decode()
    path = page.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = Client(HTTP_HOST="localhost").get(path)
    assert "immutable" in answer.headers["Cache-Control"]
    assert f"--pain:{LIGHT['pain']}" in answer.content.decode()
    assert f"--pain:{DARK['pain']}" in answer.content.decode()
