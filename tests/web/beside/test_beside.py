"""People beside a runner: a link that works once, what each sees, and the end of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cast import Cast


def _link(cast: Cast, **data: Any) -> str:
    answer = cast.client("owner").post("/beside/invite/", {"kind": "coach"} | data)
    found = re.search(r'value="http://localhost(/beside/come/[^"]+)"', answer.content.decode())
    assert found
    return found[1]


def test_a_link_says_by_whom_it_is_and_what_it_shows_and_works_once(cast: Cast) -> None:
    address = _link(cast, kind="clinician", sees=["diary", "plan"])
    for persona in ("nobody", "clinician"):
        page = cast.client(persona).get(address).content.decode()
        assert "Wilhelmina-owner asks you to be her clinician or physio here." in page
        assert "Pain: the diary" in page
        assert "Training:" not in page
    answer = cast.client("clinician").post(address, follow=True)
    assert "Wilhelmina-owner" in answer.content.decode()
    for persona in ("clinician", "outsider"):
        for answer in (cast.client(persona).get(address), cast.client(persona).post(address)):
            assert answer.status_code == 404
            assert "no longer good" in answer.content.decode()
    assert "Wilhelmina" not in cast.client("outsider").get("/my-runners/").content.decode()


def test_the_page_says_who_sees_what_and_a_change_holds_at_once(cast: Cast) -> None:
    owner, tie = cast.client("owner"), cast.ids["tie"]
    assert "Sees Training, Pain, The plan." in owner.get("/beside/").content.decode()
    owner.post(f"/beside/{tie}/", {"sees": ["gait"], "until": "14"})
    page = owner.get("/beside/").content.decode()
    assert "Sees What hurts, Left and right, until " in page
    owner.post(f"/beside/{tie}/nothing/")
    assert "Sees nothing of your days." in owner.get("/beside/").content.decode()


def test_a_clinician_whom_the_desk_has_not_verified_is_said_to_be_none(cast: Cast) -> None:
    cast.client("admin").post(_link(cast, kind="clinician"))
    page = cast.client("owner").get("/beside/").content.decode()
    assert "not verified by this desk" in page


@pytest.mark.parametrize("by", ["owner", "coach"])
def test_it_ends_when_either_ends_it(cast: Cast, by: str) -> None:
    owner, coach, tie = cast.client("owner"), cast.client("coach"), cast.ids["tie"]
    assert "My runners" in coach.get("/").content.decode()
    ended = owner.post(f"/beside/{tie}/end/") if by == "owner" else coach.post(f"/my-runners/{tie}/end/")
    assert ended.status_code == 302
    assert "Nobody stands beside you" in owner.get("/beside/").content.decode()
    assert "You stand beside nobody yet" in coach.get("/my-runners/").content.decode()
    assert "My runners" not in coach.get("/").content.decode()


@pytest.mark.usefixtures("on_a_server")
def test_whoever_holds_a_link_can_make_an_account_and_come_back_to_it(cast: Cast) -> None:
    from django.test import Client

    address = _link(cast, sees=["plan"])
    client = Client(HTTP_HOST="localhost")
    assert client.get("/account/signup/").content.decode().count("password1") == 0
    page = client.get(address).content.decode()
    assert f"/account/signup/?next={address}" in page.replace("%2F", "/")
    told = {"email": "new@example.org", "password1": "a-long-word-or-two", "password2": "a-long-word-or-two"}
    answer = client.post(f"/account/signup/?next={address}", told)
    assert answer.headers["Location"] == address
    assert client.post(address).status_code == 302
    assert "Wilhelmina-owner" in client.get("/my-runners/").content.decode()
