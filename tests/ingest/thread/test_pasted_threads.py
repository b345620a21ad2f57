"""Threads as people paste them: heads of posts in several layouts, quotes set apart, buttons and profiles left out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evengait.core.errors import IngestError
from evengait.core.thread import Quote, Thread
from evengait.ingest.thread import TEXT_BYTES, read_thread

if TYPE_CHECKING:
    from pathlib import Path

BBPRESS = """Sore SI joint
Author
Posts
March 5, 2021 at 3:12 pm #500
izzy_runs
Participant

Left side of my lower back hurts since Sunday.

What should I do?

March 6, 2021 at 9:00 am#501
Pat Quill, DPT
Moderator

Look at the miles in your shoes.
Then six weeks of strength.
Reply
2 years ago #502
belted
Participant

An SI belt helped me.
Viewing 3 posts - 1 through 3 (of 3 total)"""
PHPBB = """Sore SI joint
Post Reply
izzy_runs
Posts: 3
Joined: Mon Jan 04, 2021 8:00 pm
Sore SI joint
Quote
Post by izzy_runs » Fri Mar 05, 2021 3:12 pm

Left side of my lower back hurts since Sunday.

What should I do?
Top
Pat Quill, DPT
Posts: 1200
Joined: Mon Jan 04, 2010 8:00 pm
Location: Leeds
Re: Sore SI joint
Quote
Post by Pat Quill, DPT » Sat Mar 06, 2021 3:12 pm

izzy_runs wrote: ↑Fri Mar 05, 2021 3:12 pm
Left side of my lower back hurts since Sunday.
Look at the miles in your shoes.
Then six weeks of strength.
Top
belted
Posts: 7
Re: Sore SI joint
by belted » Sun Mar 07, 2021 3:12 pm

An SI belt helped me.
Top"""
DISCOURSE = """Sore SI joint
izzy_runs
Mar 5, 2021
Left side of my lower back hurts since Sunday.

What should I do?

1 Reply
3 Likes
Pat_Quill
Physio
Mar 6
Look at the miles in your shoes.
Then six weeks of strength.


2
belted
2d
An SI belt helped me.
Reply"""
DISCOURSE_PRINT = """Sore SI joint
izzy_runs March 5, 2021, 3:12pm 1
Left side of my lower back hurts since Sunday.

What should I do?

Pat_Quill (Pat Quill) March 6, 2021, 3:12pm 2
Look at the miles in your shoes.
Then six weeks of strength.

belted March 7, 2021, 3:12pm #3
An SI belt helped me."""
BY_HAND = """izzy_runs wrote:
Left side of my lower back hurts since Sunday.

What should I do?

Pat Quill, DPT wrote:
Look at the miles in your shoes.
Then six weeks of strength.

belted wrote:
An SI belt helped me."""
POSTED_BY = """Sore SI joint

Posted by izzy_runs on 5 March 2021
Left side of my lower back hurts since Sunday.

What should I do?

---
Posted by Pat Quill (physio) on 6 March 2021
Look at the miles in your shoes.
Then six weeks of strength.

---
Posted by belted, 2 days ago
An SI belt helped me."""
CHAT = """izzy: Left side of my lower back hurts since Sunday. What should I do?

Pat (physio): Look at the miles in your shoes. Then six weeks of strength.

belted: An SI belt helped me."""
LAYOUTS = {
    "bbpress": BBPRESS, "phpbb": PHPBB, "discourse": DISCOURSE, "discourse print": DISCOURSE_PRINT,
    "by hand": BY_HAND, "posted by": POSTED_BY, "chat": CHAT,
}  # fmt: skip


def read(text: str) -> Thread:
    return read_thread(text.encode())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_three_posts_with_their_authors(layout: str) -> None:
    thread = read(LAYOUTS[layout])
    assert thread.kind == "pasted"
    assert [(post.author or "")[:3] for post in thread.posts] == ["izz", "Pat", "bel"]
    assert [post.opener for post in thread.posts] == [True, False, False]
    said = [" ".join(post.text.split()) for post in thread.posts]
    assert said == [
        "Left side of my lower back hurts since Sunday. What should I do?",
        "Look at the miles in your shoes. Then six weeks of strength.",
        "An SI belt helped me.",
    ]


def test_roles_marks_and_days_are_the_forums_own_words() -> None:
    thread = read(BBPRESS)
    assert thread.title == "Sore SI joint"
    assert [post.role for post in thread.posts] == ["Participant", "Moderator", "Participant"]
    assert [post.mark for post in thread.posts] == ["500", "501", "502"]
    assert [post.written for post in thread.posts] == [date(2021, 3, 5), date(2021, 3, 6), None]
    assert thread.posts[2].when == "2 years ago"
    assert [post.role for post in read(DISCOURSE).posts] == [None, "Physio", None]


def test_a_quote_in_pasted_text_ends_where_the_earlier_post_is_no_longer_repeated() -> None:
    post = read(PHPBB).posts[1]
    assert post.quotes == (Quote("izzy_runs", "Left side of my lower back hurts since Sunday."),)
    assert post.text.startswith("Look at")


def test_lines_behind_an_angle_are_a_quote_of_whoever_is_named_above() -> None:
    thread = read("Ana wrote:\nRest.\n\nBo wrote:\nAna said:\n> Rest.\n> Long.\nNo, walk.")
    assert thread.posts[1].quotes == (Quote("Ana", "Rest.\nLong."),)
    assert thread.posts[1].text == "No, walk."


def test_a_first_post_whose_head_was_not_copied_is_a_post_by_nobody() -> None:
    story = (
        "My left hip has hurt since the marathon and nothing I do at home seems to make any difference at all. "
        * 2
    )
    thread = read(f"Hip\n\n{story}\n\nBo on #12\n\nRest it.\n\nCy on #13\n\nIce it.")
    assert [post.author for post in thread.posts] == [None, "Bo", "Cy"]
    assert thread.title == "Hip"
    assert thread.posts[0].opener


def test_text_without_any_head_is_one_post_by_nobody() -> None:
    thread = read("My hip hurts: what now?\nIt began on Sunday.")
    assert [(post.author, post.text) for post in thread.posts] == [
        (None, "My hip hurts: what now?\nIt began on Sunday.")
    ]


@pytest.mark.parametrize("text", ["", "   \n", "12 34", "#12\n#13"])
def test_no_words_are_no_thread(text: str) -> None:
    with pytest.raises(IngestError, match="No posts were found"):
        read(text)


def test_bytes_that_are_no_text_and_endless_text_are_refused() -> None:
    for data, why in (
        (b"\x89PNG\xff\xfe\xfa", "neither"),
        (b"a\x00b", "neither"),
        (b"a " * TEXT_BYTES, "longer"),
    ):
        with pytest.raises(IngestError, match=why):
            read_thread(data)


@settings(max_examples=80)
@given(
    st.lists(
        st.sampled_from([*BBPRESS.split("\n"), *PHPBB.split("\n"), *DISCOURSE.split("\n"), "> x", ""]),
        max_size=25,
    )
)
def test_any_order_of_lines_is_read_without_harm(lines: list[str]) -> None:
    try:
        thread = read("\n".join(lines))
    except IngestError:
        return
    assert [post.number for post in thread.posts] == list(range(1, len(thread.posts) + 1))


def test_the_seed_thread_gives_six_posts(shared: Path) -> None:
    thread = read_thread((shared / "seed-thread.txt").read_bytes())
    assert thread.title == "SI Joint Pain"
    assert [post.author for post in thread.posts] == [
        None, "Pete Dickinson MS,PT", "depeyster", "Rachel", "JWTM", "dmk5n2",
    ]  # fmt: skip
    assert [post.mark for post in thread.posts] == ["40305", "40307", "40309", "40352", "40892", "43690"]
    assert [post.role for post in thread.posts][:2] == ["Creator", "Participant"]
    assert [post.opener for post in thread.posts] == [True, False, False, False, False, False]
    assert thread.posts[0].text.startswith("About a week ago")
    assert thread.posts[0].text.endswith("Thank you!")
    assert thread.posts[5].text.endswith("youtube.")
