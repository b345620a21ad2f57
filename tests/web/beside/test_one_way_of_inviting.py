"""One way of inviting, into one case or beside a runner: who came, who left, and that it ends at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cast import Cast


def _link(page: str) -> str:
    found = re.search(r'value="http://localhost(/beside/come/[^"]+)"', page)
    assert found
    return found[1]


def _invited(cast: Cast, persona: str, kind: str, *sees: str) -> None:
    page = cast.client("owner").post("/beside/invite/", {"kind": kind, "sees": sees}).content.decode()
    assert cast.client(persona).post(_link(page)).status_code == 302


def test_links_into_a_case_and_beside_her_stand_in_one_place_and_are_made_void_there(cast: Cast) -> None:
    owner = cast.client("owner")
    share = owner.get(f"/cases/{cast.ids['case']}/share/").content.decode()
    assert "Invite a coach or a clinician" in share
    page = owner.post(f"/beside/invite/{cast.ids['case']}/").content.decode()
    link = _link(page)
    assert page.count("Into the case a-case-that-is-hers") == 2  # the cast's own, and this one
    key = link.rstrip("/").rpartition("/")[2]
    moved = cast.client("nobody").get(f"/with/{key}/")
    assert moved.headers["Location"] == link
    owner.post(f"/beside/invitation/{key}/withdraw/")
    assert cast.client("outsider").get(link).status_code == 404


def test_a_participant_stands_among_the_people_beside_her_and_is_parted_with_there(cast: Cast) -> None:
    owner, theirs = cast.client("owner"), cast.client("participant")
    page = owner.get("/beside/").content.decode()
    assert "participant of this case" in page
    assert owner.post(f"/beside/{cast.ids['relation']}/end/").status_code == 302
    assert theirs.get(f"/cases/{cast.ids['case']}/").status_code == 404
    told = theirs.get("/notices/").content.decode()
    assert "Ended by the runner: Owner, participant of a case" in told
    assert "Wilhelmina" not in told


def test_an_invited_clinician_is_called_one_and_is_told_of_replies(cast: Cast) -> None:
    from evengait.core.sharing import Grant
    from evengait.storage.records.grants import share

    ids: Any = cast.ids
    _invited(cast, "admin", "clinician", "diary")  # a person whom the desk has not verified
    owner = cast.client("owner")
    page = owner.get(f"/cases/{ids['case']}/share/").content.decode()
    assert "Admin, your clinician or physio" in page
    assert "not verified by this desk" in page
    share(ids["runner"], ids["case"], [Grant("case", account=cast.accounts["admin"].pk)], {})
    owner.post(f"/cases/{ids['case']}/reply/", {"body": "And now?"})
    assert "A new reply (#3): a-case-that-is-hers" in cast.client("admin").get("/notices/").content.decode()


def test_the_runner_hears_who_followed_and_who_left(cast: Cast) -> None:
    owner = cast.client("owner")
    _invited(cast, "moderator", "coach")
    told = owner.get("/notices/").content.decode()
    assert "Your invitation was followed: Moderator, coach" in told
    assert "1 new" in owner.get("/").content.decode()
    tie = re.search(
        r"/my-runners/([0-9a-f-]{36})/", cast.client("moderator").get("/my-runners/").content.decode()
    )
    assert tie
    assert cast.client("moderator").post(f"/my-runners/{tie[1]}/end/").status_code == 302
    assert (
        "Ended by the person who stood beside you: Moderator, coach"
        in owner.get("/notices/").content.decode()
    )


def test_a_participant_leaves_and_the_case_is_not_there_any_more(cast: Cast) -> None:
    theirs, at = cast.client("participant"), f"/cases/{cast.ids['case']}/"
    assert "Leave this case" in theirs.get(at).content.decode()
    assert "Leave this case" not in cast.client("coach").get(at).content.decode()
    assert theirs.post(f"{at}leave/").headers["Location"] == "/cases/"
    assert theirs.get(at).status_code == 404
    assert "Participant, participant of a case" in cast.client("owner").get("/notices/").content.decode()


@pytest.mark.browser
def test_a_case_is_followed_and_ended_in_two_browsers_at_once(tab: Any, cast: Cast) -> None:
    from axe_playwright_python.sync_playwright import Axe

    hers = tab(f"/cases/{cast.ids['case']}/share/")
    hers.get_by_role("button", name="A link to this case").click()
    link = hers.get_by_label("The link").input_value()
    theirs = tab(link.partition("/beside/")[1] + link.partition("/beside/")[2], "clinician", width=360)
    theirs.get_by_role("heading", name="A runner asks you into a case.").wait_for()
    theirs.get_by_role("button", name="Come in").click()
    theirs.get_by_role("heading", name="a-case-that-is-hers").wait_for()
    hers.goto("/beside/")
    row = hers.get_by_role("listitem").filter(has_text="Clinician").first
    found = Axe().run(hers)
    assert found.response["violations"] == [], found.generate_report()
    hers.on("dialog", lambda dialog: dialog.accept())
    row.get_by_role("button", name=re.compile("^End it")).click()
    hers.get_by_text("It is ended").first.wait_for()
    assert theirs.reload().status == 404
    assert [said for page in (hers, theirs) for said in page.said if "404" not in said] == []
