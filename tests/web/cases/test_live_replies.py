"""Replies of others come in while somebody looks: announced, without a jump, and no more once access is taken back."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

if TYPE_CHECKING:
    from cast import Cast


def said(cast: Cast, words: str, persona: str = "participant") -> None:
    from evengait.storage.records.replies import add_reply

    add_reply(UUID(cast.ids["case"]), cast.accounts[persona].pk, words)


def test_what_is_behind_a_number_comes_as_it_is_shown_and_nothing_costs_little(cast: Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, at = cast.client("coach"), f"/cases/{cast.ids['case']}/new/"
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"{at}?after=2&page=1").status_code == 204
    assert len(asked) <= 8
    said(cast, "Ice <b>it</b>.")
    page = client.get(f"{at}?after=2&page=1").content.decode()
    assert "Ice &lt;b&gt;it&lt;/b&gt;." in page
    assert "a-reply-of-hers" not in page
    assert "1 new reply, from #3." in page
    assert "after=3" in page
    for _ in range(19):
        said(cast, "More.")
        from evengait.storage.records.models import CaseReply

        CaseReply.objects.update(written_at="2026-01-01T00:00Z")
    page = client.get(f"{at}?after=3&page=1").content.decode()
    assert "2 more on the next page" in page
    assert client.get(state(page)).status_code == 204, "a full page is told once that there are more"


@pytest.mark.browser
def test_a_reply_comes_in_without_a_jump_and_access_that_ended_is_gone(tab: Any, cast: Cast) -> None:
    from axe_playwright_python.sync_playwright import Axe

    at = f"/cases/{cast.ids['case']}/"
    page = tab("/", "coach")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/new/" in request.url else None)
    page.clock.install()
    page.goto(at)
    page.get_by_label("Your reply").fill("half a sent")
    page.get_by_label("Your reply").focus()
    before = page.get_by_label("Your reply").bounding_box()["y"]
    said(cast, "Something quite new.")
    page.clock.run_for(16_000)
    page.get_by_text("Something quite new.").wait_for()
    assert page.get_by_role("status").filter(has_text="1 new reply, from #3.").count() == 1
    assert page.evaluate("document.activeElement.name") == "body"
    assert page.get_by_label("Your reply").input_value() == "half a sent"
    assert abs(page.get_by_label("Your reply").bounding_box()["y"] - before) <= 1
    assert Axe().run(page).response["violations"] == []

    page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    count = len(asked)
    page.clock.run_for(60_000)
    assert len(asked) == count, "a page that nobody looks at asks nothing"
    said(cast, "While it was hidden.")
    page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_text("While it was hidden.").wait_for()

    cast.client("owner").post(f"/cases/{cast.ids['case']}/share/nothing/")
    page.clock.run_for(16_000)
    page.get_by_text("Something quite new.").wait_for(state="detached")
    assert "a-reply-of-hers" not in page.content()
    assert [said for said in page.said if "404" not in said] == []


def state(page: str) -> str:
    """Return the address that an open page asks next."""
    found = re.search(r'hx-get="([^"]+)"', page)
    assert found
    return html.unescape(found[1])


def test_edits_decisions_and_what_is_gone_come_once_and_cost_little_where_nothing_did(cast: Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from evengait.storage.records.replies import change_reply, delete_reply, hide_reply

    reply, author = UUID(cast.ids["reply"]), cast.accounts["participant"].pk
    coach = cast.client("coach")
    at = state(coach.get(f"/cases/{cast.ids['case']}/").content.decode())

    def comes() -> str:
        nonlocal at
        answer = coach.get(at)
        assert answer.status_code == 200
        at = state(answer.content.decode())
        with CaptureQueriesContext(connection) as asked:
            assert coach.get(at).status_code == 204
        assert len(asked) <= 8
        return answer.content.decode()

    assert coach.get(at).status_code == 204
    change_reply(author, reply, "What about <i>both</i> shoes?")
    page = comes()
    assert "What about &lt;i&gt;both&lt;/i&gt; shoes?" in page
    assert 'id="reply-2" hx-swap-oob="true"' in page
    assert "a-reply-of-hers" not in page
    cast.client("owner").post(f"/cases/proposal/{cast.ids['proposal']}/decline/")
    assert ">declined<" in comes()
    hide_reply(reply, hidden=True)
    page = comes()
    assert "The moderators have hidden this reply." in page
    assert "shoes" not in page
    change_reply_of_hidden(reply)
    assert coach.get(at).status_code == 204, "nobody learns that hidden words changed"
    hide_reply(reply, hidden=False)
    assert "still hidden" in comes()
    delete_reply(author, reply)
    page = comes()
    assert "This reply was deleted." in page
    assert "still hidden" not in page


def change_reply_of_hidden(reply: UUID) -> None:
    from evengait.storage.records.models import CaseReply

    CaseReply.objects.filter(pk=reply).update(body="still hidden")


def test_an_earlier_page_hears_of_its_own_replies_and_that_there_are_more(cast: Cast) -> None:
    from evengait.storage.records.models import CaseReply
    from evengait.storage.records.replies import change_reply

    case = UUID(cast.ids["case"])
    for number in range(3, 42):
        CaseReply.objects.create(case_id=case, number=number, body=f"Number {number}.")
    from evengait.storage.records.models import Case

    Case.objects.filter(pk=case).update(last_number=41)
    coach = cast.client("coach")
    at = state(coach.get(f"/cases/{case}/?page=1").content.decode())
    assert coach.get(at).status_code == 204
    said(cast, "The newest.")
    page = coach.get(at).content.decode()
    assert "The newest." not in page
    assert '<a href="?page=3"><span>1 more on page 3</span></a>' in page
    at = state(page)
    assert coach.get(at).status_code == 204
    change_reply(cast.accounts["participant"].pk, UUID(cast.ids["reply"]), "Changed on page one.")
    page = coach.get(at).content.decode()
    assert "Changed on page one." in page
    assert "Number 21." not in page


def test_marks_that_make_no_sense_do_no_harm(cast: Cast) -> None:
    client, at = cast.client("coach"), f"/cases/{cast.ids['case']}/new/"
    for marks in ("zz", "a" * 5000, "%00", "12345678" * 3):
        answer = client.get(f"{at}?after=2&page=1&marks={marks}")
        assert answer.status_code == 200
    assert client.get(f"{at}?after=999999&page=999999&known=1&told=x&marks=").status_code == 204
    assert cast.client("outsider").get(f"{at}?after=2&page=1&marks=zz").status_code == 404


@pytest.mark.browser
def test_two_browsers_see_each_others_edits_and_decisions_and_lose_no_words(tab: Any, cast: Cast) -> None:
    at = f"/cases/{cast.ids['case']}/"
    hers, theirs = tab("/"), tab("/", "participant")
    for page in (hers, theirs):
        page.clock.install()
        page.goto(at)
    answer = hers.get_by_label("Your answer, as the next reply")
    answer.fill("It feels li")
    answer.focus()
    answer.evaluate("one => one.setSelectionRange(3, 3)")
    top = answer.bounding_box()["y"]

    theirs.get_by_role("link", name="Change reply 2").click()
    theirs.get_by_label("Your reply").fill("What about the shoes?\n\nAnd the hill?\n\nAnd the ground?")
    theirs.get_by_role("button", name="Keep").click()
    theirs.wait_for_url("**reply-2")
    hers.clock.run_for(16_000)
    hers.get_by_text("And the hill?").wait_for()
    assert hers.get_by_role("status").filter(has_text="Changed: #2.").count() == 1
    assert answer.input_value() == "It feels li"
    hers.wait_for_function(
        "id => document.activeElement.id === id && document.activeElement.selectionStart === 3",
        arg=f"answer-{cast.ids['proposal']}",
    )
    hers.wait_for_timeout(100)
    assert abs(answer.bounding_box()["y"] - top) <= 1

    other = tab(at)
    other.get_by_role("button", name="Decline").click()
    theirs.clock.run_for(16_000)
    theirs.get_by_text("declined").wait_for()
    hers.clock.run_for(16_000)
    answer.wait_for(state="detached")
    hers.locator("#told q").wait_for()
    assert hers.get_by_label("Your reply").input_value() == "It feels li"
    assert "had begun to answer: It feels li" in hers.locator("#told").inner_text().replace('"', "").replace(
        "“", ""
    )

    theirs.get_by_label("Your reply").fill("half a sent")
    cast.client("owner").post(f"/cases/{cast.ids['case']}/reply/", {"body": "Then."})
    from evengait.storage.records.replies import hide_reply

    hide_reply(UUID(cast.ids["reply"]), hidden=True)
    hers.clock.run_for(16_000)
    hers.get_by_text("And the hill?").wait_for(state="detached")
    assert "And the hill?" not in hers.content()
    theirs.clock.run_for(16_000)
    theirs.get_by_text("Only you see it.").wait_for()
    assert theirs.get_by_text("And the hill?").count() == 1
    assert theirs.get_by_label("Your reply").input_value() == "half a sent"
    assert [said for page in (hers, theirs, other) for said in page.said] == []


def test_a_case_that_is_renamed_or_closed_says_so_once_on_open_pages(cast: Cast) -> None:
    at = f"/cases/{cast.ids['case']}/"
    reader, owner = cast.client("coach"), cast.client("owner")
    asks = state(reader.get(at).content.decode())
    assert reader.get(asks).status_code == 204
    owner.post(f"{at}edit/", {"title": "Another <name>", "category": "injury"})
    page = reader.get(asks).content.decode()
    assert 'id="head" hx-swap-oob="true"' in page
    assert "Another &lt;name&gt;" in page
    assert "What stands above the replies has changed." in page
    assert reader.get(state(page)).status_code == 204
    owner.post(f"{at}end/", {"ending": "better", "ending_words": "Rest did it."})
    page = reader.get(state(page)).content.decode()
    assert "The case is closed now. It can be read, and not answered." in page
    assert "Rest did it." in page
    assert reader.get(state(page)).status_code == 204
    assert reader.get(f"{at}new/?after=2&page=1").status_code == 204, (
        "who does not say what it shows is not told"
    )
