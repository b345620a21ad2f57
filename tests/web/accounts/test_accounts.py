"""Coming in: the link at home; invitations, sign-up and the second factor on a server; leaving nothing behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from evengait.web.accounts.invitation import is_invitation, new_invitation
from evengait.web.accounts.link import FILE, new_link, use_link
from evengait.web.mail import mail_settings

if TYPE_CHECKING:
    from pathlib import Path

    from cast import Cast

LONG = "a-long-word-to-come-in-with"


@pytest.fixture
def server(on_a_server: None, records_home: Path) -> Any:
    """Return a browser that nobody is signed in with, on a server's desk."""
    from django.test import Client

    return Client(HTTP_HOST="localhost")


def test_a_link_opens_the_desk_once(records_home: Path) -> None:
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1")
    key = new_link(records_home)
    assert client.get(f"/enter/{key}/").headers["Location"] == "/"
    assert client.get("/").status_code == 200
    other = Client(HTTP_HOST="127.0.0.1")
    assert other.get(f"/enter/{key}/").status_code == 403
    assert other.get("/").status_code == 302


def test_a_link_is_void_once_there_is_a_newer_one_or_it_is_old(records_home: Path) -> None:
    first, second = new_link(records_home), new_link(records_home)
    assert not use_link(records_home, first)
    file = records_home / FILE
    assert second not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    file.write_text(file.read_text().split()[0] + " 1")
    assert not use_link(records_home, second)
    assert not use_link(records_home / "nowhere", second)


def test_the_owner_at_home_is_the_runner_of_the_command_line(records_home: Path) -> None:
    from evengait.storage.records.runners import runner_named, runner_of
    from evengait.web.accounts.owner import owner_at_home

    me = runner_named(records_home, "me")
    owner = owner_at_home()
    assert owner_at_home() == owner
    assert runner_of(owner.pk).id == me.id
    assert not owner.has_usable_password()


def test_another_hosts_name_is_refused(records_home: Path) -> None:
    from django.test import Client

    assert Client(HTTP_HOST="evil.example").get("/").status_code == 400


def test_passwords_are_not_there_at_home(cast: Cast) -> None:
    for path in ("/account/login/", "/account/signup/", "/account/2fa/"):
        assert cast.client("nobody").get(path).status_code == 404


def test_only_who_was_invited_makes_an_account(server: Any) -> None:
    page = server.get("/account/signup/").content.decode()
    assert "password1" not in page
    assert server.get("/join/wrong/").status_code == 403
    assert server.get(f"/join/{new_invitation()}/").headers["Location"] == "/account/signup/"
    told = {"email": "guest@example.org", "password1": LONG, "password2": LONG}
    assert server.post("/account/signup/", told).status_code == 302
    from evengait.storage.records.models import Account

    assert not Account.objects.get(email="guest@example.org").is_superuser
    assert "You have no archive here." in server.get("/").content.decode()


@pytest.mark.parametrize(("browser", "kept"), [("de-AT,de;q=0.9", "de"), ("fr", ""), ("en", "")])
def test_mails_come_in_the_language_that_the_account_was_made_in(
    server: Any, browser: str, kept: str
) -> None:
    from evengait.storage.records.models import Account

    server.get(f"/join/{new_invitation()}/")
    told = {"email": "guest@example.org", "password1": LONG, "password2": LONG}
    assert server.post("/account/signup/", told, HTTP_ACCEPT_LANGUAGE=browser).status_code == 302
    assert Account.objects.get(email="guest@example.org").language == kept


def test_the_first_link_makes_who_runs_the_desk_and_no_second_one(server: Any, records_home: Path) -> None:
    from django.test import Client

    server.get(f"/enter/{new_link(records_home)}/")
    told = {"email": "first@example.org", "password1": LONG, "password2": LONG}
    server.post("/account/signup/", told)
    from evengait.storage.records.models import Account

    assert Account.objects.get(email="first@example.org").is_superuser
    assert Client(HTTP_HOST="localhost").get(f"/enter/{new_link(records_home)}/").status_code == 403


def test_signing_in_wrongly_many_times_is_stopped(server: Any) -> None:
    answers = [
        server.post("/account/login/", {"login": "who@example.org", "password": f"wrong{n}"}).content.decode()
        for n in range(12)
    ]
    assert any("Too many" in answer for answer in answers)


def test_the_pages_of_signing_in_have_the_desks_look(server: Any, cast: Cast) -> None:
    for path in ("/account/login/", "/account/password/reset/"):
        page = server.get(path).content.decode()
        assert "desk.css" in page
        assert 'class="field"' in page
    assert "passkey" in server.get("/account/login/").content.decode()


def test_a_name_units_and_time_zone_are_kept(cast: Cast) -> None:
    client = cast.client("outsider")
    told = {"display_name": "Somebody", "units": "mi", "time_zone": "Europe/Berlin"}
    assert client.post("/you/", told).status_code == 302
    page = client.get("/you/").content.decode()
    assert "Somebody" in page
    assert "Kept." in page
    assert "Select a valid choice" in client.post("/you/", told | {"units": "furlong"}).content.decode()


def test_deleting_everything_asks_for_a_word_and_leaves_nothing(cast: Cast) -> None:
    from evengait.storage.records.models import Account, HealthProblem, Runner

    folder = cast.home / "runners" / "owner"
    folder.mkdir(parents=True)
    client = cast.client("owner")
    assert "Nothing was deleted." in client.post("/you/delete/", {"word": "no"}).content.decode()
    assert folder.exists()
    told = client.post("/you/delete/", {"word": "Löschen"}).content.decode()
    assert "Nothing was deleted." in told, "that is the word in German"
    gone = client.post("/you/delete/", {"word": "Delete"}, follow=True).content.decode()
    assert "everything that this desk kept of you is deleted" in gone
    assert not folder.exists()
    assert not Account.objects.filter(email="owner@example.org").exists()
    assert not Runner.objects.filter(name="owner").exists()
    assert not HealthProblem.objects.filter(pk=cast.ids["problem"]).exists()
    assert client.get("/").status_code == 302


def test_the_admin_lists_accounts_and_nothing_that_a_runner_keeps(cast: Cast) -> None:
    from django.contrib import admin

    labels = {model._meta.label for model in admin.site._registry}
    ours = {label for label in labels if label.startswith("records.")}
    assert ours == {"records.Account"}
    assert cast.client("admin").get("/admin/records/account/").status_code == 200


@pytest.mark.parametrize("persona", ["outsider", "coach", "clinician", "moderator", "owner"])
def test_the_admin_is_not_there_for_others(cast: Cast, persona: str) -> None:
    answer = cast.client(persona).get("/admin/", follow=True)
    assert answer.status_code == 404


def test_nobody_signs_in_to_the_admin_past_the_second_factor(cast: Cast) -> None:
    answer = cast.client("nobody").get("/admin/login/")
    assert answer.headers["Location"].startswith("/welcome/")


def test_an_invitation_is_signed() -> None:
    assert is_invitation(new_invitation())
    assert not is_invitation(new_invitation()[:-1] + "x")


def test_mail_is_one_address_line_or_none() -> None:
    from evengait.core.errors import UsageError

    assert mail_settings("smtps://u%40v:p@m.example")["EMAIL_HOST_USER"] == "u@v"
    with pytest.raises(UsageError, match="smtp"):
        mail_settings("http://m.example")


@pytest.mark.browser
def test_a_passkey_is_added_and_signs_in_again(tab: Any, cast: Cast, on_a_server: None) -> None:
    """With the browser's own virtual authenticator."""
    from django.test import override_settings

    with override_settings(MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN=True):  # no TLS in front of this one
        _passkey(tab, cast)


def _passkey(tab: Any, cast: Cast) -> None:
    account = cast.accounts["coach"]
    account.set_password(LONG)
    account.save()
    page = tab("/account/2fa/webauthn/", "coach")
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                "hasUserVerification": True, "isUserVerified": True,
            }
        },
    )  # fmt: skip
    page.get_by_role("link", name="Add").click()
    page.get_by_label("Password").fill(LONG)
    page.get_by_role("button").filter(has_text="Confirm").click()
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    page.get_by_role("heading", name="Codes for when both are lost").wait_for()
    page.goto("/you/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/login/")
    page.get_by_role("button", name="passkey").click()
    page.get_by_role("heading", name="You stand beside others here.").wait_for()
    assert [said for said in page.said if not said.startswith("[DOM]")] == []


@pytest.mark.browser
@pytest.mark.usefixtures("on_a_server")
def test_the_pages_of_coming_in_are_read_aloud(tab: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for persona, path in (
        ("nobody", "/account/login/"), ("nobody", "/account/signup/"), ("coach", "/account/2fa/"),
        ("coach", "/account/email/"), ("admin", "/invite/"), ("nobody", "/join/no-invitation/"),
    ):  # fmt: skip
        page = tab(path, persona, scheme="dark", width=390)
        found = Axe().run(page)
        assert found.response["violations"] == [], path + found.generate_report()
        assert [said for said in page.said if not said.startswith("[DOM]") and "403" not in said] == []
        room = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert room <= 0, path
