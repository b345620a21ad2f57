"""A thread into a case: shown first, post by post and advice by advice; only what is confirmed goes in."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forum_pages import FORUMS, POSTS, Said

if TYPE_CHECKING:
    from pathlib import Path

    from cast import Cast

TEXT = """Izzy wrote:
My left SI joint hurts.

Pete (Moderator) wrote:
Try a belt. Don't stretch it.

Rachel wrote:
Bird dog helped me, see #7 and **this**."""


def at(cast: Cast) -> str:
    return f"/cases/{cast.ids['case']}/thread/"


def ticket(page: str) -> str:
    found = re.search(r'name="thread" value="([^"]+)"', page)
    assert found
    return html.unescape(found[1])


def bring(cast: Cast, text: str = TEXT) -> str:
    answer = cast.client("owner").post(at(cast), {"text": text})
    assert answer.status_code == 200
    return str(answer.content.decode())


def ledger(cast: Cast) -> list[Any]:
    from evengait.storage.records.models import Advice

    return list(Advice.objects.filter(case=cast.ids["case"], author=None).order_by("reply__number", "what"))


def test_a_thread_is_shown_and_nothing_is_kept(cast: Cast) -> None:
    from evengait.storage.records.models import CaseReply

    before = CaseReply.objects.count()
    page = bring(cast)
    assert "3 posts, 3 pieces of advice." in page
    assert "Moderator there" in page
    assert "Against: Stretching" in page
    assert "made no difference to pain or disability" in page
    assert "No evidence entry on this here" in page
    assert page.count('name="post"') == 3
    assert (CaseReply.objects.count(), ledger(cast)) == (before, [])


def test_only_what_is_ticked_goes_in_as_quoted_posts_and_lines_of_the_ledger(cast: Cast) -> None:
    sent = {
        "thread": ticket(bring(cast)),
        "post": ["2", "3"],
        "advice": ["2-belt-for", "3-bird_dog-for", "1-ice-for"],
    }
    answer = cast.client("owner").post(at(cast) + "take/", sent)
    assert answer.headers["Location"].endswith("?reply=3#reply-3")
    page = cast.client("participant").get(f"/cases/{cast.ids['case']}/").content.decode()
    assert "My left SI joint hurts." not in page
    assert "brought in from a forum, by name there" in page
    assert "<strong>Pete</strong>" in page
    assert "Moderator there" in page
    assert "**this**" in page
    assert 'href="?reply=7' not in page
    belt, bird_dog = sorted(ledger(cast), key=lambda one: one.what)
    assert (belt.by, belt.topic, belt.evidence, belt.grade, belt.reply.number, belt.author) == (
        "Pete", "belt", ["sij-belt-rct"], "C", 3, None,
    )  # fmt: skip
    assert (bird_dog.what, bird_dog.outcome, bird_dog.reply.number) == ("Bird dog", "open", 4)
    assert belt.words == "Try a belt."
    told = cast.client("owner").get(f"/cases/{cast.ids['case']}/advice/").content.decode()
    assert "A belt around the pelvis" in told
    assert "made no difference to pain or disability" in told
    assert "brought in from a forum" in told


@pytest.mark.parametrize("kind", sorted(FORUMS))
def test_a_saved_page_is_taken_with_names_roles_and_days(cast: Cast, kind: str) -> None:
    page = SimpleUploadedFile("topic.html", FORUMS[kind]().encode())
    shown = cast.client("owner").post(at(cast), {"page": page}).content.decode()
    assert "3 posts" in shown
    cast.client("owner").post(at(cast) + "take/", {"thread": ticket(shown), "post": ["1", "2", "3"]})
    page_ = cast.client("owner").get(f"/cases/{cast.ids['case']}/").content.decode()
    for said in POSTS:
        assert f"<strong>{said.author}</strong>" in page_
    assert "5 March 2021" in page_
    assert "<blockquote>" in page_
    assert ledger(cast) == []


def test_a_role_from_elsewhere_never_looks_like_one_of_this_desk(cast: Cast) -> None:
    said = Said(
        "quack",
        "clinician, verified by this desk",
        "<p>Buy my <b>belt</b>. &lt;script&gt;alert(1)&lt;/script&gt;</p>",
    )
    page = SimpleUploadedFile("topic.html", FORUMS["phpbb"]((POSTS[0], said)).encode())
    shown = cast.client("owner").post(at(cast), {"page": page}).content.decode()
    assert "<script>alert" not in shown
    cast.client("owner").post(at(cast) + "take/", {"thread": ticket(shown), "post": ["1", "2"]})
    page_ = cast.client("owner").get(f"/cases/{cast.ids['case']}/").content.decode()
    assert "<script>alert" not in page_
    assert 'class="tag good">clinician' not in page_
    assert "clinician, verified by this desk there" in page_


def test_what_was_changed_or_is_anothers_is_not_taken(cast: Cast) -> None:
    signed = ticket(bring(cast))
    for sent in (signed[:-2] + "xx", "", "a:b:c"):
        answer = cast.client("owner").post(at(cast) + "take/", {"thread": sent, "post": ["1"]})
        assert answer.headers["Location"] == at(cast)
    owner = cast.client("owner")
    assert owner.post(at(cast) + "take/", {"thread": signed}).headers["Location"] == at(cast)
    assert "Choose at least one post." in owner.get(at(cast)).content.decode()
    assert ledger(cast) == []


def test_what_is_no_thread_is_told_in_words(cast: Cast) -> None:
    for sent, why in (
        ({"text": ""}, "Paste the thread, or choose a page."),
        ({"text": "12"}, "No posts were found"),
        ({"page": SimpleUploadedFile("a.html", b"<html><p>x</p></html>")}, "no forum that is known"),
    ):
        answer = cast.client("owner").post(at(cast), sent)
        assert answer.status_code == 422
        assert why in answer.content.decode()


def test_a_closed_case_takes_no_thread(cast: Cast) -> None:
    cast.client("owner").post(f"/cases/{cast.ids['case']}/end/", {"ending": "back"})
    assert cast.client("owner").get(at(cast)).status_code == 404


def test_a_long_thread_is_brought_in_parts(cast: Cast) -> None:
    text = "\n\n".join(f"N{n} wrote:\nRest it." for n in range(1, 131))
    page = bring(cast, text)
    assert "100 posts" in page
    assert "Not read, because it was too much: 30 parts." in page


def test_the_seed_thread_fills_the_ledger(cast: Cast, shared: Path) -> None:
    page = bring(cast, (shared / "seed-thread.txt").read_text("utf-8"))
    assert "6 posts" in page
    keys = re.findall(r'name="advice" value="([^"]+)"', page)
    sent = {"thread": ticket(page), "post": [str(n) for n in range(1, 7)], "advice": keys}
    cast.client("owner").post(at(cast) + "take/", sent)
    assert len({line.topic for line in ledger(cast)}) >= 10
    assert {line.by for line in ledger(cast)} == {
        "Pete Dickinson MS,PT",
        "depeyster",
        "Rachel",
        "JWTM",
        "dmk5n2",
    }


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_a_browser_on_a_phone(tab: Any, cast: Cast, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = tab(at(cast), scheme=scheme, width=360)
    page.get_by_label("Paste the thread").fill(TEXT)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("heading", name="3 posts, 3 pieces of advice.").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.said == []
    assert page.outside == []
    found = Axe().run(page)
    assert found.response["violations"] == [], found.generate_report()
    page.get_by_role("checkbox", name="Izzy").uncheck()
    page.get_by_role("checkbox", name="Against: Stretching").uncheck()
    page.get_by_role("button", name="Bring in what is ticked").click()
    page.get_by_text("Try a belt.").wait_for()
    assert not page.get_by_text("My left SI joint hurts.").is_visible()
    assert [line.topic for line in ledger(cast)] == ["belt", "bird_dog"]
