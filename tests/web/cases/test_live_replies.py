"""Replies of others come in while somebody looks: announced, without a jump, and no more once access is taken back."""

from __future__ import annotations

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
    assert "hx-get" not in page


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
