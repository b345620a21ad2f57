"""What the desk answers to a form in German: as the matrix fills it, and with nothing in it; mail, the admin, files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from cast import SECRETS
from english import english_left, language_of
from matrix import Row, addresses, arguments, rows
from test_german import OWN_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cast import Cast

GERMAN = {"HTTP_ACCEPT_LANGUAGE": "de-CH,de;q=0.9,en;q=0.5"}

BY_MAIL = {"AT_HOME": False, "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
WRITTEN = (*OWN_WORDS, "Strength.", "Sharp, then it eases.")
"""What these forms hold."""


def _sent(cast: Cast, persona: str, row: Row, data: dict[str, Any]) -> Iterator[str]:
    """Yield what is English in the answer to a form, and on the page that follows it."""
    from django.core.cache import cache
    from django.db import transaction
    from django.urls import reverse

    ids = {key: cast.ids[key] for key in arguments(row.name) if key in cast.ids} | row.arguments
    cache.clear()
    cast.put_back()
    with transaction.atomic():
        client: Any = cast.client(persona)
        answer = client.post(reverse(row.name, kwargs=ids), data, follow=True, **GERMAN)
        if not answer.streaming and answer.headers.get("Content-Type", "").startswith("text/html"):
            page = answer.content.decode()
            if "<html" in page and language_of(page) != "de":
                yield f"says it is {language_of(page)}"
            yield from english_left(page, "de", WRITTEN)
        answer.close()
        transaction.set_rollback(True)


@pytest.mark.parametrize("persona", ["owner", "coach", "moderator"])
@pytest.mark.parametrize("filled", [True, False])
def test_no_answer_to_a_form_is_english(cast: Cast, persona: str, filled: bool) -> None:
    left = [
        f"{row.name} {row.data if filled else ''}: {piece}"
        for row in rows()
        if row.method == "POST" and getattr(addresses()[row.name], "access", "") != "token"
        for piece in _sent(cast, persona, row, row.data if filled else {})
    ]
    assert left == [], "\n".join(left)


def test_the_admin_is_german_and_names_nothing_of_a_runner(cast: Cast) -> None:
    client: Any = cast.client("admin")
    owner = cast.accounts["owner"].pk
    left = []
    for path in ("", "records/", *(f"records/account/{one}" for one in ("", "add/", *_of(owner)))):
        answer = client.get(f"/admin/{path}", **GERMAN)
        assert answer.status_code == 200, path
        page = answer.content.decode()
        assert not any(secret in page for secret in SECRETS), path
        left += [f"{path}: {piece}" for piece in english_left(page, "de", (*OWN_WORDS, "Clinician"))]
    assert left == [], "\n".join(left)
    listed = client.get("/admin/records/account/", **GERMAN).content.decode()
    assert "Als Fachperson bestätigt" in listed
    assert "Sieht an, was gemeldet wurde" in listed


def _of(account: Any) -> tuple[str, ...]:
    return (f"{account}/change/", f"{account}/history/", f"{account}/delete/")


def test_a_mail_is_german_where_its_reader_is(cast: Cast) -> None:
    from django.core import mail
    from django.test import override_settings

    from evengait.web.notices.tasks import SUBJECT, TEXT, write

    cast.accounts["owner"].language = "de"
    cast.accounts["owner"].save()
    cast.client("participant").post(f"/cases/{cast.ids['case']}/reply/", {"body": "Hallo."})
    with override_settings(**BY_MAIL, EMAIL_HOST="mail.example.org"):
        mail.outbox = []
        write.call(str(cast.accounts["owner"].pk))
    sent = mail.outbox[-1]
    assert english_left(f"<p>{sent.subject}</p><p>{sent.body}</p>", "de") == []
    assert SUBJECT not in sent.subject
    assert TEXT[:20] not in sent.body


def test_a_mail_that_leads_to_a_new_password_is_german(cast: Cast) -> None:
    from django.core import mail
    from django.test import override_settings

    with override_settings(**BY_MAIL):
        mail.outbox = []
        cast.client("nobody").post("/account/password/reset/", {"email": "owner@example.org"}, **GERMAN)
    sent = mail.outbox[-1]
    assert english_left(f"<p>{sent.subject}</p><p>{sent.body}</p>", "de") == []


def test_the_word_that_deletes_everything_is_german(cast: Cast) -> None:
    client: Any = cast.client("owner")
    assert "schreib „löschen“" in client.get("/you/", **GERMAN).content.decode()
    assert client.post("/you/delete/", {"word": "Löschen"}, **GERMAN).status_code == 302
