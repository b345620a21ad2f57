"""The desk under attack: what an outsider tries from the network. ``docs/threat-model.md`` names these tests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import pytest
from matrix import addresses, rows

if TYPE_CHECKING:
    from pathlib import Path

    from cast import Cast

LONG = "a-long-word-to-come-in-with"
API = "api:"
"""Addresses for programs: a token in a header, never a cookie."""

ELSEWHERE = (
    "https://evil.example/", "//evil.example/", "/\\evil.example", "https:evil.example", "javascript:alert(1)",
    "%2F%2Fevil.example", "http://localhost@evil.example/", "///evil.example",
)  # fmt: skip


@pytest.fixture
def member(on_a_server: None, cast: Cast) -> Any:
    """Return an account with a password, and a browser that nobody is signed in with."""
    from django.test import Client

    account = cast.accounts["owner"]
    account.set_password(LONG)
    account.save()
    return account, Client(HTTP_HOST="localhost")


def sign_in(client: Any, next_page: str = "", password: str = LONG, **headers: str) -> Any:
    told = {"login": "owner@example.org", "password": password}
    return client.post("/account/login/", told | ({"next": next_page} if next_page else {}), **headers)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_in_never_leads_to_another_host(member: Any, address: str) -> None:
    _, client = member
    answer = sign_in(client, address)
    assert answer.status_code == 302
    # As a browser reads it: a backslash is a slash to it.
    target = urljoin("http://localhost/account/login/", answer.headers["Location"].replace("\\", "/"))
    assert urlsplit(target)[:2] == ("http", "localhost"), target


@pytest.mark.parametrize("address", ELSEWHERE)
def test_the_way_to_the_admin_never_leads_to_another_host(cast: Cast, address: str) -> None:
    target = cast.client("nobody").get("/admin/login/", {"next": address}).headers["Location"]
    assert target.startswith("/welcome/")


def test_signing_in_gives_a_new_session_and_drops_the_one_that_was_planted(member: Any) -> None:
    from django.contrib.sessions.backends.db import SessionStore

    _, client = member
    planted = SessionStore()
    planted["mine"] = 1
    planted.save()
    client.cookies["evengait"] = planted.session_key
    sign_in(client)
    assert client.cookies["evengait"].value != planted.session_key
    assert not SessionStore().exists(planted.session_key)


def test_a_session_that_nobody_made_is_no_session(member: Any) -> None:
    _, client = member
    client.cookies["evengait"] = "a" * 32
    assert client.get("/you/").status_code == 302
    sign_in(client)
    assert client.cookies["evengait"].value != "a" * 32


def test_cookies_are_for_this_host_alone_and_no_script_reads_them(member: Any) -> None:
    _, client = member
    client.get("/account/login/")
    sign_in(client)
    session, proof = client.cookies["evengait"], client.cookies["csrftoken"]
    assert session["httponly"]
    assert proof["httponly"]
    assert (session["samesite"], proof["samesite"]) == ("Lax", "Strict")
    assert session["domain"] == proof["domain"] == ""
    assert session["max-age"] == ""  # on a server it ends with the browser, unless asked to stay


def test_signing_out_ends_the_session_on_the_server(member: Any) -> None:
    from django.test import Client

    _, client = member
    sign_in(client)
    kept = client.cookies["evengait"].value
    client.post("/account/logout/")
    thief = Client(HTTP_HOST="localhost")
    thief.cookies["evengait"] = kept
    assert thief.get("/you/").status_code == 302


def test_a_new_password_ends_every_other_session(member: Any) -> None:
    from django.test import Client

    _, client = member
    sign_in(client)
    other = Client(HTTP_HOST="localhost")
    sign_in(other)
    assert other.get("/you/").status_code == 200
    new = LONG + "-2"
    client.post("/account/password/change/", {"oldpassword": LONG, "password1": new, "password2": new})
    assert other.get("/you/").status_code == 302


def test_who_guesses_passwords_is_stopped_and_the_right_one_does_not_help_then(member: Any) -> None:
    _, client = member
    for number in range(12):
        sign_in(client, password=f"wrong{number}")
    assert "Too many" in sign_in(client).content.decode()
    assert client.get("/you/").status_code == 302


def test_a_made_up_forwarded_address_does_not_begin_the_count_anew(member: Any) -> None:
    """Behind one proxy only the last address is the proxy's word; what the visitor put before it is not believed."""
    from django.test import override_settings

    _, client = member
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
        answers = [
            sign_in(
                client, password=f"wrong{n}", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}, 192.0.2.7"
            ).content.decode()
            for n in range(12)
        ]
    assert any("Too many" in answer for answer in answers)


def test_whether_somebody_has_an_account_is_not_told(member: Any) -> None:
    from django.core import mail
    from django.test import Client, override_settings

    _, client = member
    told = [
        re.sub(r'(?s)<input[^>]*csrf[^>]*>|nonce="[^"]*"|value="[^"]*"', "", answer.content.decode())
        for answer in (
            client.post("/account/login/", {"login": "owner@example.org", "password": "wrong"}),
            Client(HTTP_HOST="localhost").post(
                "/account/login/", {"login": "nobody@example.org", "password": "wrong"}
            ),
        )
    ]
    assert told[0] == told[1]
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        places = [
            client.post("/account/password/reset/", {"email": f"{who}@example.org"}).headers["Location"]
            for who in ("owner", "nobody")
        ]
    assert places[0] == places[1]


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


def lacking(answer: Any) -> list[str]:
    found = [name for name, value in HEADERS.items() if answer.headers.get(name) != value]
    policy = answer.headers.get("Content-Security-Policy", "")
    return found + (["policy"] if "default-src 'none'" not in policy or "unsafe" in policy else [])


def test_every_address_answers_with_every_header_whoever_asks(cast: Cast) -> None:
    from django.urls import reverse
    from matrix import arguments

    wrong = {}
    for row in rows():
        if row.method != "GET":
            continue
        ids = {key: cast.ids[key] for key in arguments(row.name) if key in cast.ids} | row.arguments
        for persona in ("nobody", "owner", "outsider"):
            answer = cast.client(persona).get(reverse(row.name, kwargs=ids))
            answer.close()  # a file that is sent is open until then
            if missing := lacking(answer):
                wrong[row.name, persona] = missing
    assert wrong == {}


@pytest.mark.parametrize("path", ["/nothing/", "/hurts/00000000-0000-0000-0000-000000000000/", "/admin/"])
def test_error_pages_have_every_header_too(cast: Cast, path: str) -> None:
    answer = cast.client("owner").get(path, follow=True)
    assert answer.status_code in {404, 200}
    assert lacking(answer) == []


def test_a_page_that_broke_has_every_header_too(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ValueError

    monkeypatch.setattr("evengait.web.problems.views.intake_record", broken)
    client = cast.client("owner")
    client.raise_request_exception = False
    answer = client.get(f"/hurts/{cast.ids['problem']}/")
    assert answer.status_code == 500
    assert lacking(answer) == []


def test_a_refused_form_and_a_refused_host_have_the_policy(cast: Cast) -> None:
    from django.test import Client

    client = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    answer = client.post("/account/login/", {})
    assert answer.status_code in {403, 404}
    assert lacking(answer) == []
    assert lacking(Client(HTTP_HOST="evil.example").get("/")) == []


def test_no_address_takes_a_form_without_proof_of_where_it_comes_from(cast: Cast) -> None:
    """Every address, named or not in the matrix as POST: without the token the answer is a refusal, never a change."""
    from django.test import Client
    from django.urls import reverse
    from matrix import arguments

    client = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    client.force_login(cast.accounts["owner"], backend="django.contrib.auth.backends.ModelBackend")
    data = {row.name: row for row in rows()}
    wrong = {}
    for name in addresses():
        if name.startswith(API):
            continue
        row = data[name]
        ids = {key: cast.ids[key] for key in arguments(name) if key in cast.ids} | row.arguments
        status = client.post(reverse(name, kwargs=ids), row.data).status_code
        if status != 403:
            wrong[name] = status
    assert wrong == {}


def test_no_view_is_let_off_the_proof(records_home: Path) -> None:
    exempt = [name for name, view in addresses().items() if getattr(view, "csrf_exempt", False)]
    assert [name for name in exempt if not name.startswith(API)] == []


def test_what_programs_use_believes_no_cookie(cast: Cast) -> None:
    """So a page elsewhere can do nothing with it: being signed in is nothing there, only a token is."""
    from django.core.cache import cache
    from django.urls import reverse
    from matrix import arguments

    client = cast.client("owner")
    view = addresses()
    for row in rows():
        if row.name.startswith(API) and getattr(view[row.name], "csrf_exempt", False):
            cache.clear()  # how often one may ask is another test's
            ids = {key: cast.ids[key] for key in arguments(row.name) if key in cast.ids} | row.arguments
            address = reverse(row.name, kwargs=ids)
            answer = client.generic(row.method, address, b"{}", "application/json")
            assert answer.status_code == 401, row.name


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost:80@evil.example", "127.0.0.1.nip.io"]
)
def test_another_name_for_this_host_is_refused_on_every_page(records_home: Path, host: str) -> None:
    """A page elsewhere that turns its own name to this computer gets nothing."""
    from django.test import Client

    for path in ("/", "/welcome/", "/enter/x/", "/nothing/"):
        assert Client(HTTP_HOST=host).get(path).status_code in {400, 404}, path


def test_a_forwarded_host_is_not_believed(records_home: Path) -> None:
    from django.conf import settings
    from django.test import Client

    answer = Client(HTTP_HOST="localhost").get("/welcome/", HTTP_X_FORWARDED_HOST="evil.example")
    assert "evil.example" not in answer.content.decode()
    assert not settings.USE_X_FORWARDED_HOST


@pytest.mark.parametrize(
    "name", ["page.html", "picture.svg", "script.js", "archive.exe", "..%2f..%2fetc%2fpasswd"]
)
def test_what_was_sent_is_never_served(cast: Cast, name: str) -> None:
    """An upload is read and kept in the archive; no address gives it back, whatever it is called."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = cast.client("owner")
    file = SimpleUploadedFile(name, b"<script>alert(1)</script>", "text/html")
    client.post("/archive/begin/", {"piece": file})
    for path in (f"/uploads/{name}", f"/media/{name}", f"/static/{name}", f"/static/../uploads/{name}"):
        assert client.get(path).status_code in {302, 404}, path


def test_ids_of_others_and_ids_of_nothing_look_alike(cast: Cast) -> None:
    """Whose id it is cannot be told from the answer: another's and one that was never given are the same page."""
    from django.urls import reverse
    from matrix import arguments

    hers = cast.ids
    for row in rows():
        keys = [key for key in arguments(row.name) if key in hers]
        if row.method != "GET" or not keys or row.expected("outsider") != 404 or row.name.startswith(API):
            continue
        client = cast.client("outsider")
        one = client.get(reverse(row.name, kwargs={**{key: hers[key] for key in keys}, **row.arguments}))
        made_up = dict.fromkeys(keys, "11111111-1111-4111-8111-111111111111")
        other = client.get(reverse(row.name, kwargs={**made_up, **row.arguments}))
        strip = re.compile(rb'nonce="[^"]*"|value="[^"]*"|[0-9a-f-]{36}|"X-CSRFToken[^}]*')
        assert one.status_code == other.status_code == 404, row.name
        assert strip.sub(b"", one.content) == strip.sub(b"", other.content), row.name
