"""Before a thread goes in its posts can be corrected, and one that is there already is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from test_threads import at, bring, ledger, ticket

if TYPE_CHECKING:
    from cast import Cast


def replies(cast: Cast) -> list[Any]:
    from evengait.storage.records.models import CaseReply

    return list(CaseReply.objects.filter(case=cast.ids["case"], author=None).order_by("number"))


def test_author_role_words_and_advice_are_corrected_before_they_go_in(cast: Cast) -> None:
    sent = {
        "thread": ticket(bring(cast)), "post": ["1", "2", "3"], "advice": ["2-belt-for", "2-stretching-against"],
        "author-1": "Izzy", "text-1": "My left SI joint hurts.\r\n", "author-2": "Peter", "role-2": "",
        "text-2": "Try a belt.", "topic-2-belt-for": "bird_dog", "stance-2-belt-for": "against",
        "topic-2-stretching-against": "no such topic",
    }  # fmt: skip
    assert cast.client("owner").post(at(cast) + "take/", sent).status_code == 302
    one, two, three = replies(cast)
    assert (one.quoted_author, one.edited_at) == ("Izzy", None)
    assert (two.quoted_author, two.quoted_role, two.body) == ("Peter", "", "Try a belt.")
    assert two.edited_at is not None
    assert three.edited_at is None
    changed, stretching = sorted(ledger(cast), key=lambda line: line.what)
    assert (changed.what, changed.topic, changed.by, changed.words) == (
        "Against: Bird dog", "bird_dog", "Peter", "Try a belt.",
    )  # fmt: skip
    assert (stretching.what, stretching.words) == ("Against: Stretching", "")  # its words were taken out
    page = cast.client("participant").get(f"/cases/{cast.ids['case']}/").content.decode()
    assert page.count(", changed ") == 1


def test_a_thread_that_is_there_already_is_told_and_not_ticked(cast: Cast) -> None:
    sent = {"thread": ticket(bring(cast)), "post": ["1", "3"]}
    cast.client("owner").post(at(cast) + "take/", sent)
    page = bring(cast)
    assert re.search(r"2 of these posts stand in <a[^>]+>a-case-that-is-hers</a> already", page)
    ticked = re.findall(r'name="post" value="(\d)" checked', page)
    assert ticked == ["2"]
    assert "already" not in bring(cast, "Zoe wrote:\nSomething else hurts here.\n\nBo wrote:\nRest.")


def test_another_runners_thread_tells_nothing(cast: Cast) -> None:
    from datetime import date

    from evengait.core.health_problem import HealthProblem
    from evengait.storage.records.cases import open_case
    from evengait.storage.records.problems import keep_problem
    from evengait.storage.records.runners import runner_of

    sent = {"thread": ticket(bring(cast)), "post": ["1", "2", "3"]}
    cast.client("owner").post(at(cast) + "take/", sent)
    other = runner_of(cast.accounts["outsider"].pk)
    assert other is not None
    problem = keep_problem(other.id, HealthProblem(date(2026, 11, 1), "knee", "left", "gradual"))
    case = open_case(other.id, problem.id or other.id, "Mine", "injury", opened_by=other.account)
    from test_threads import TEXT

    page = cast.client("outsider").post(f"/cases/{case.id}/thread/", {"text": TEXT}).content.decode()
    assert "already" not in page


@pytest.mark.browser
def test_a_post_is_corrected_in_a_browser_on_a_phone(tab: Any, cast: Cast) -> None:
    from axe_playwright_python.sync_playwright import Axe
    from test_threads import TEXT

    page = tab(at(cast), scheme="dark", width=360)
    page.get_by_label("Paste the thread").fill(TEXT)
    page.get_by_role("button", name="Read it").click()
    page.get_by_text("Correct it: post 2").click()
    page.locator("#author-2").fill("Peter the physio")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    found = Axe().run(page)
    assert found.response["violations"] == [], found.generate_report()
    page.get_by_role("button", name="Bring in what is ticked").click()
    page.get_by_text("Peter the physio").first.wait_for()
    assert page.said == []
