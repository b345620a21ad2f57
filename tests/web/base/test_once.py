"""What is sent twice counts once, and what is sent counts whole or not at all."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cast import Cast

PROBLEM = {"onset": "2026-11-01", "site": "knee", "side": "left"}


def hidden(client: Any, page: str) -> str:
    """Return the key of the form on a page."""
    return re.findall(r'name="once" value="([^"]+)"', client.get(page).content.decode())[-1]


def test_a_form_that_is_sent_again_counts_once_and_leads_where_it_led(either_cast: Cast) -> None:
    from evengait.storage.records.models import CaseReply, Notice

    client, case = either_cast.client("participant"), f"/cases/{either_cast.ids['case']}/"
    told = {"body": "Shorter steps helped me.", "once": hidden(client, case)}
    first, again = (client.post(f"{case}reply/", told) for _ in range(2))
    assert first.status_code == again.status_code == 302
    assert first.headers["Location"] == again.headers["Location"]
    assert CaseReply.objects.filter(body=told["body"]).count() == 1
    assert Notice.objects.filter(kind="reply", number=3).count() == Notice.objects.filter(number=3).count()
    # The same page with other words is another reply; so are the same words on a new page.
    client.post(f"{case}reply/", told | {"body": "And softer ground."})
    client.post(f"{case}reply/", told | {"once": hidden(client, case)})
    assert CaseReply.objects.filter(author=either_cast.accounts["participant"]).count() == 4


def test_a_form_that_was_refused_can_be_sent_again(cast: Cast) -> None:
    from evengait.storage.records.models import CaseReply, Sent

    client, case = cast.client("owner"), f"/cases/{cast.ids['case']}/"
    key = hidden(client, case)
    assert client.post(f"{case}reply/", {"body": " ", "once": key}).status_code == 422
    assert not Sent.objects.exists()
    assert client.post(f"{case}reply/", {"body": "Now", "once": key}).status_code == 302
    assert CaseReply.objects.filter(body="Now").count() == 1


def test_the_key_of_one_is_no_key_of_another(cast: Cast) -> None:
    from evengait.storage.records.models import CaseReply

    case = f"/cases/{cast.ids['case']}/"
    told = {"body": "The same words", "once": hidden(cast.client("owner"), case)}
    for persona in ("owner", "participant"):
        cast.client(persona).post(f"{case}reply/", told)
    assert CaseReply.objects.filter(body=told["body"]).count() == 2


@pytest.mark.parametrize(
    ("page", "address", "told", "table"),
    [
        ("/hurts/new/", "/hurts/new/", {"place": "knee:left", "onset": "2026-11-01"}, "HealthProblem"),
        (
            "/cases/new/{problem}/",
            "/cases/new/{problem}/",
            {"title": "T", "category": "injury", "body": "B"},
            "Case",
        ),
        ("/archive/", "/archive/begin/", {"label": "e.zip", "count": 1, "size": 1}, "ImportJob"),
        (
            "/strength/log/2026-11-20/",
            "/strength/log/2026-11-20/add/",
            {"exercise": "own:x", "reps": "8"},
            "StrengthSet",
        ),
    ],
)
def test_what_is_added_by_a_form_is_added_once(
    cast: Cast, page: str, address: str, told: dict[str, Any], table: str
) -> None:
    from django.apps import apps

    rows, client = apps.get_model("records", table)._default_manager, cast.client("owner")
    told = told | {"once": hidden(client, page.format(**cast.ids))}
    before = rows.count()
    answers = [client.post(address.format(**cast.ids), told) for _ in range(3)]
    assert rows.count() > before
    once = rows.count()
    client.post(address.format(**cast.ids), told)
    assert rows.count() == once
    assert len({answer.headers.get("Location") or answer.content for answer in answers}) == 1


def test_a_form_is_done_whole_or_not_at_all(either_cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A case without its first words is no case: what fails on the way takes everything back with it."""
    from evengait.storage.records.models import Case, Sent
    from evengait.web.cases import views

    def broken(*_: object) -> None:
        raise RuntimeError("the power goes")

    client = either_cast.client("owner")
    page = f"/cases/new/{either_cast.ids['problem']}/"
    told = {"title": "T", "category": "injury", "body": "B", "once": hidden(client, page)}
    with monkeypatch.context() as patch:
        patch.setattr(views, "add_reply", broken)
        client.raise_request_exception = False
        assert client.post(page, told).status_code == 500
    assert not Case.objects.filter(title="T").exists()
    assert not Sent.objects.exists()
    assert client.post(page, told).status_code == 302
    assert Case.objects.filter(title="T").count() == 1


def test_who_wrote_a_lot_reads_so_and_no_case_without_words_is_left(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from evengait.storage.records import replies
    from evengait.storage.records.models import Case, Sent

    monkeypatch.setattr(replies, "MOST_IN_TEN_MINUTES", 0)
    client, page = cast.client("owner"), f"/cases/new/{cast.ids['problem']}/"
    told = {"title": "T", "category": "injury", "body": "My words", "once": hidden(client, page)}
    answer = client.post(page, told)
    assert answer.status_code == 422
    assert "You wrote a lot in a short time" in answer.content.decode()
    assert "My words" in answer.content.decode()
    assert not Case.objects.filter(title="T").exists()
    assert not Sent.objects.exists()


def test_the_same_form_from_two_windows_at_once_counts_once(live: str, cast: Cast) -> None:
    from evengait.storage.records.models import CaseReply

    case = f"/cases/{cast.ids['case']}/"
    clients = [cast.client("owner") for _ in range(4)]
    told = {"body": "Sent by an impatient finger", "once": hidden(clients[0], case)}
    led: list[str] = []
    threads = [
        threading.Thread(target=lambda c=c: led.append(c.post(f"{case}reply/", told).headers["Location"]))  # type: ignore[misc]
        for c in clients
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert CaseReply.objects.filter(body=told["body"]).count() == 1
    assert len(led) == 4
    assert len(set(led)) == 1


def test_a_program_that_asks_again_with_its_key_is_answered_as_it_was(either_cast: Cast) -> None:
    from evengait.storage.records.models import HealthProblem

    program = either_cast.program("owner")
    before = HealthProblem.objects.count()
    first = program.ask("POST", "/api/v1/problems", PROBLEM, **{"Idempotency-Key": "one"})
    again = program.ask("POST", "/api/v1/problems", PROBLEM, **{"Idempotency-Key": "one"})
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert HealthProblem.objects.count() == before + 1
    other = program.ask("POST", "/api/v1/problems", PROBLEM | {"side": "right"}, **{"Idempotency-Key": "one"})
    assert other.status_code == 422
    assert "another request" in other.json()["detail"]
    assert (
        program.ask("POST", "/api/v1/problems", PROBLEM, **{"Idempotency-Key": "x" * 201}).status_code == 422
    )
    assert program.ask("POST", "/api/v1/problems", PROBLEM).status_code == 201
    assert HealthProblem.objects.count() == before + 2


def test_a_request_of_a_program_that_was_refused_leaves_its_key(cast: Cast) -> None:
    program = cast.program("owner")
    wrong = program.ask(
        "POST", "/api/v1/problems", PROBLEM | {"onset": "2099-01-01"}, **{"Idempotency-Key": "k"}
    )
    assert wrong.status_code == 422
    assert program.ask("POST", "/api/v1/problems", PROBLEM, **{"Idempotency-Key": "k"}).status_code == 201


def test_what_was_answered_is_forgotten_after_an_hour(cast: Cast) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from evengait.storage.records.models import Sent
    from evengait.storage.records.sent import forget_sent

    cast.program("owner").ask("POST", "/api/v1/problems", PROBLEM, **{"Idempotency-Key": "one"})
    assert forget_sent(timezone.now() + timedelta(minutes=59)) == 0
    assert forget_sent(timezone.now() + timedelta(minutes=61)) == 1
    assert not Sent.objects.exists()
