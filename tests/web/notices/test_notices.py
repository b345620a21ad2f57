"""Notices: to those who have a part in a case and see it now, by a mail that says nothing; muted at will."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from cast import SECRETS
from working import work

if TYPE_CHECKING:
    from cast import Cast


def notices(cast: Cast, persona: str) -> str:
    return str(cast.client(persona).get("/notices/").content.decode())


def test_who_has_a_part_hears_of_a_reply_once_and_nobody_else(cast: Cast) -> None:
    cast.client("coach").post(f"/cases/{cast.ids['case']}/reply/", {"body": "Rest."})
    for persona in ("owner", "participant"):
        assert "A new reply (#3)" in notices(cast, persona)
    for persona in ("coach", "outsider", "coach_of_another", "clinician", "moderator", "admin"):
        assert "A new reply" not in notices(cast, persona)
    assert "1 new in your cases" in cast.client("owner").get("/").content.decode()
    cast.client("owner").get(f"/cases/{cast.ids['case']}/")
    assert "You have seen everything." in notices(cast, "owner")
    assert "1 thing you have not seen." in notices(cast, "participant")


def test_whom_a_case_is_shared_with_hears_of_it_and_nobody_else(cast: Cast) -> None:
    at = f"/cases/{cast.ids['case']}/share/"
    told = {"fields_": ["case"], "whom": str(cast.accounts["coach"].pk), "until": "14"}
    look = cast.client("owner").post(at, told | {"look": "1"}).content.decode()
    assert "A case was shared with you" not in notices(cast, "coach")
    told["seen"] = re.findall(r'name="seen" value="(\w+)"', look)[0]
    cast.client("owner").post(at, told | {"share": "1"})
    assert "A case was shared with you: " in notices(cast, "coach")
    assert "1 new in your cases" in cast.client("coach").get("/").content.decode()
    for persona in ("owner", "participant", "outsider"):
        assert "A case was shared with you" not in notices(cast, persona)


def test_what_was_taken_back_leaves_no_notice_behind(cast: Cast) -> None:
    cast.client("coach").post(f"/cases/{cast.ids['case']}/reply/", {"body": "Rest."})
    cast.client("owner").post(f"/cases/{cast.ids['case']}/share/nothing/")
    assert "a-case-that-is-hers" not in notices(cast, "participant")
    assert "new in your cases" not in cast.client("participant").get("/").content.decode()


def test_a_muted_case_is_silent_until_it_is_wanted_again(cast: Cast) -> None:
    participant, at = cast.client("participant"), f"/cases/{cast.ids['case']}/"
    participant.post(at + "mute/", {"off": "1"})
    cast.client("coach").post(at + "reply/", {"body": "one"})
    assert "A new reply" not in notices(cast, "participant")
    participant.post(at + "mute/", {"off": "0"})
    cast.client("coach").post(at + "reply/", {"body": "two"})
    assert "A new reply (#4)" in notices(cast, "participant")


@pytest.mark.usefixtures("on_a_server")
def test_one_mail_until_she_looks_and_it_says_nothing(cast: Cast) -> None:
    from django.core import mail
    from django.test import override_settings

    backend: dict[str, Any] = {
        "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
        "EMAIL_HOST": "mail.example.org", "ALLOWED_HOSTS": ["desk.example.org", "localhost"],
        "SECURE_SSL_REDIRECT": False,
    }  # fmt: skip
    coach, at = cast.client("coach"), f"/cases/{cast.ids['case']}/"
    with override_settings(**backend):
        mail.outbox = []
        cast.client("participant").post("/notices/mail/", {"off": "1"})
        for words in ("My SI joint pain words", "more"):
            coach.post(at + "reply/", {"body": words})
        work()
        work()
        assert [one.to for one in mail.outbox] == [["owner@example.org"]]
        cast.client("owner").get(at)
        coach.post(at + "reply/", {"body": "again"})
        work()
        work()
        assert len(mail.outbox) == 2
        text = mail.outbox[0].subject + mail.outbox[0].body
        assert "https://desk.example.org/notices/" in text
        for word in (*SECRETS, cast.ids["case"], "pain", "injur", "SI joint", "reply", "Coach"):
            assert word not in text
