"""Cases: opened from a problem, answered under numbers, paged, closed with how they ended."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cast import Cast


def show(cast: Cast, persona: str = "owner", query: str = "") -> str:
    answer = cast.client(persona).get(f"/cases/{cast.ids['case']}/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def fill(cast: Cast, count: int) -> None:
    """Bring the owner's case to so many replies."""
    from evengait.storage.records.replies import add_quoted

    posts = [(f"Reply number {n}", "Pete", "participant", None, f"#{n}") for n in range(3, count + 1)]
    add_quoted(cast.ids["case"], posts)  # type: ignore[arg-type] # Django takes the text of an id


def test_a_case_is_opened_from_what_hurts_and_nobody_else_sees_it(cast: Cast) -> None:
    client = cast.client("owner")
    assert (
        f"/cases/new/{cast.ids['problem']}/" in client.get(f"/hurts/{cast.ids['problem']}/").content.decode()
    )
    told = {"title": "Left SI joint?", "category": "injury", "body": "What would you *do*?"}
    answer = client.post(f"/cases/new/{cast.ids['problem']}/", told)
    at = answer.headers["Location"]
    page = client.get(at).content.decode()
    assert "Left SI joint?" in page
    assert "What would you <em>do</em>?" in page
    assert "Viewing 1 to 1 of 1" in page
    assert 'class="chosen" data-spot="sacroiliac:left"' in page
    assert page.count('class="chosen"') == 1
    for persona in ("participant", "coach", "clinician", "moderator", "admin", "outsider"):
        assert cast.client(persona).get(at).status_code == 404
        assert "Left SI joint?" not in cast.client(persona).get("/cases/").content.decode()


def test_roles_stand_beside_the_names(cast: Cast) -> None:
    from evengait.core.sharing import Grant
    from evengait.storage.records.grants import share

    share(
        cast.ids["runner"], cast.ids["case"], [Grant("case", role="clinician")], {}  # type: ignore[arg-type]
    )  # fmt: skip
    for persona in ("coach", "clinician"):
        cast.client(persona).post(f"/cases/{cast.ids['case']}/reply/", {"body": f"I am {persona}"})
    page = show(cast)
    replies = page.split('<article class="reply"')[1:]
    assert [">creator<" in r for r in replies] == [True, False, False, False]
    assert ">participant<" in replies[1]
    assert ">coach of this runner<" in replies[2]
    assert ">clinician, verified by this desk<" in replies[3]
    assert page.count(">coach of this runner<") == 1


def test_replies_are_paged_and_each_has_an_address_of_its_own(cast: Cast) -> None:
    fill(cast, 57)
    page = show(cast, "participant")
    assert "Viewing 1 to 20 of 57" in page
    assert 'id="reply-20"' in page
    assert 'id="reply-21"' not in page
    assert "Viewing 41 to 57 of 57" in show(cast, query="?page=3")
    assert "Viewing 41 to 57 of 57" in show(cast, query="?page=99")
    assert "Viewing 21 to 40 of 57" in show(cast, query="?reply=40")
    for nonsense in ("?page=-1", "?page=x", "?reply=٣", "?page=" + "9" * 400):
        assert "of 57" in show(cast, query=nonsense)


def test_a_page_of_a_long_case_asks_the_database_no_more_than_a_short_one(cast: Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = cast.client("participant"), []
    for size in (20, 500):
        fill_to = size
        fill(cast, fill_to) if size == 20 else _more(cast, 500)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(f"/cases/{cast.ids['case']}/").status_code == 200
        counts.append(len(asked))
    assert counts[1] <= counts[0]
    assert counts[0] < 25


def _more(cast: Cast, count: int) -> None:
    from evengait.storage.records.replies import add_quoted

    posts = [(f"Reply number {n}", "Pete", "participant", None, f"#{n}") for n in range(21, count + 1)]
    add_quoted(cast.ids["case"], posts)  # type: ignore[arg-type]


def test_one_changes_and_deletes_ones_own_reply_and_the_number_stays(cast: Cast) -> None:
    mine = cast.client("participant")
    at = f"/cases/reply/{cast.ids['reply']}/"
    assert mine.post(at + "edit/", {"body": "What about the **belt**?"}).status_code == 302
    page = show(cast)
    assert "<strong>belt</strong>" in page
    assert ", changed " in page
    assert cast.client("owner").post(at + "edit/", {"body": "no"}).status_code == 404
    assert mine.post(at + "delete/").status_code == 302
    page = show(cast)
    assert "belt" not in page
    assert "This reply was deleted." in page
    assert "Viewing 1 to 2 of 2" in page
    mine.post(f"/cases/{cast.ids['case']}/reply/", {"body": "Third"})
    assert 'id="reply-3"' in show(cast)
    assert mine.get(at + "edit/").status_code == 404


def test_a_closed_case_says_how_it_ended_and_takes_no_replies(cast: Cast) -> None:
    owner, at = cast.client("owner"), f"/cases/{cast.ids['case']}/"
    owner.post(at + "end/", {"ending": "back", "ending_words": "Six weeks of squats."})
    page = show(cast, "participant")
    assert "Closed: Running as before." in page
    assert "Six weeks of squats." in page
    assert "<textarea" not in page
    answer = cast.client("participant").post(at + "reply/", {"body": "Too late"})
    assert answer.status_code == 422
    assert "Too late" not in show(cast)
    owner.post(at + "reopen/")
    assert "<textarea" in show(cast, "participant")


def test_what_cannot_be_kept_stays_in_the_form(cast: Cast) -> None:
    from evengait.storage.records.replies import MOST_IN_TEN_MINUTES

    client, at = cast.client("coach"), f"/cases/{cast.ids['case']}/reply/"
    assert client.post(at, {"body": "   "}).status_code == 422
    for n in range(MOST_IN_TEN_MINUTES):
        assert client.post(at, {"body": f"{n}"}).status_code == 302
    answer = client.post(at, {"body": "one too many"})
    assert answer.status_code == 422
    assert "Wait a few minutes" in answer.content.decode()
    assert "one too many</textarea>" in answer.content.decode()
    for link in set(
        re.findall(r'href="(\?[^"]+)"', answer.content.decode())
    ):  # as a browser reads them there
        assert client.get(at + html.unescape(link), follow=True).status_code == 200, link


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://tracker.example.org/a.png)",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "<javascript:alert(1)>",
    "[x](  java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    '[x](https://example.org "on\\"mouseover=alert(1)")',
    "<svg/onload=alert(1)>",
    "<iframe src=//example.org>",
    '<a href="#" style="position:fixed" onclick=x>x</a>',
    "<style>*{display:none}</style>",
    "`<b onmouseover=alert(1)>`",
    "```html\n<script>x</script>\n```",
    "[a]: javascript:alert(1)\n[a]",
    "# A heading\n\nSetext\n======",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "</article></main><form action=//example.org>",
    "\u202e[x](https://example.org)\u0000",
    "> " * 3000 + "deep",
    "[" * 3000,
    "*" * 5000 + "a",
    "#1 #99999 #1a a#1 [#1](https://example.org/#1)",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_do_nothing(text: str) -> None:
    import time
    from html.parser import HTMLParser

    from evengait.web.cases.markup import as_html

    class Reader(HTMLParser):
        found: list[tuple[str, dict[str, Any]]]

        def handle_starttag(self, tag: str, attrs: Any) -> None:
            self.found.append((tag, dict(attrs)))

    reader = Reader()
    reader.found = []
    began = time.monotonic()
    reader.feed(as_html(text))
    assert time.monotonic() - began < 5
    for tag, attributes in reader.found:
        assert tag in {"p", "br", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"}
        assert set(attributes) <= {"href", "rel"}
        if tag == "a":
            assert re.match(r"https?://|mailto:|\?reply=\d+#reply-\d+$", attributes["href"])


def test_a_number_in_a_reply_leads_to_that_reply() -> None:
    from evengait.web.cases.markup import as_html

    html = as_html("as #7 says, not a#8, not `#9`, not [see #10](https://example.org)")
    assert html.count("?reply=") == 1
    assert '<a href="?reply=7#reply-7"' in html


def test_deleting_a_case_or_an_account_leaves_no_word_in_the_database(cast: Cast) -> None:
    from django.db import connection

    cast.client("owner").post(f"/cases/{cast.ids['case']}/delete/")
    cast.client("owner").post("/you/delete/", {"word": "delete"})
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own tables
            rows = str(cursor.fetchall())
            for word in ("a-case-that-is-hers", "a-reply-of-hers", "a-story-that-is-hers", "about the shoes"):
                assert word not in rows, table


@pytest.mark.browser
def test_two_browsers_write_at_once_and_both_replies_are_there(tab: Any, cast: Cast) -> None:
    at = f"/cases/{cast.ids['case']}/"
    hers, theirs = tab(at, "owner"), tab(at, "participant", width=360)
    for page, words in ((hers, "I rest"), (theirs, "Try a belt")):
        page.get_by_label("Your reply").fill(words)
    hers.get_by_role("button", name="Send").click(no_wait_after=True)
    theirs.get_by_role("button", name="Send").click()
    theirs.wait_for_url("**reply=*")
    hers.wait_for_url("**reply=*")
    hers.goto(at)
    assert hers.get_by_text("Viewing 1 to 4 of 4").count() == 2
    assert {hers.get_by_text(words, exact=True).count() for words in ("I rest", "Try a belt")} == {1}
    room = theirs.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert room <= 0
