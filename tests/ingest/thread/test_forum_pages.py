"""Saved pages of three forums: the same posts come out of each; nothing else does; hostile pages are bounded."""

from __future__ import annotations

import time
from datetime import date
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evengait.core.errors import IngestError
from evengait.core.thread import Quote
from evengait.ingest.thread import _draft, read_thread
from evengait.ingest.thread._page import PAGE_BYTES
from forum_pages import FORUMS, POSTS, Said, discourse_crawled

KINDS = sorted(FORUMS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_posts_come_out_of_every_forum(kind: str) -> None:
    thread = read_thread(FORUMS[kind]().encode())
    assert (thread.kind, thread.title) == (kind, "Sore SI joint")
    assert [post.author for post in thread.posts] == [said.author for said in POSTS]
    assert [post.role for post in thread.posts] == [said.role for said in POSTS]
    assert [post.written for post in thread.posts] == [date(2021, 3, day) for day in (5, 6, 7)]
    assert [post.opener for post in thread.posts] == [True, False, False]
    assert thread.posts[0].text == "Left side of my lower back hurts since Sunday.\n\nWhat should I do?"
    assert thread.posts[1].text == "Look at the miles in your shoes.\nThen six weeks of strength."
    assert thread.posts[2].text == "An SI belt helped me & cost little:\n\n- day\n- night"
    assert [post.number for post in thread.posts] == [1, 2, 3]
    assert all(post.mark and post.mark.isdigit() for post in thread.posts)


@pytest.mark.parametrize("kind", KINDS)
def test_a_quote_is_set_apart_with_its_author(kind: str) -> None:
    post = read_thread(FORUMS[kind]().encode()).posts[2]
    assert post.quotes == (Quote("Pat Quill, DPT", "Look at the miles in your shoes."),)
    assert "shoes" not in post.text


@pytest.mark.parametrize("kind", KINDS)
def test_scripts_menus_signatures_and_buttons_are_no_words_of_anybody(kind: str) -> None:
    thread = read_thread(FORUMS[kind]().encode())
    words = " ".join(post.text for post in thread.posts)
    for not_said in ("stolen", "Home", "Thank", "likes", "My races", "Last edited", "Posts"):
        assert not_said not in words


def test_a_page_of_discourse_without_its_script_is_read() -> None:
    thread = read_thread(discourse_crawled().encode())
    assert [post.author for post in thread.posts] == [said.author for said in POSTS]
    assert [post.mark for post in thread.posts] == ["1", "2", "3"]
    assert thread.posts[2].written == date(2021, 3, 7)


def test_who_opened_the_thread_stays_its_opener() -> None:
    later = (*POSTS, Said("izzy_runs", "Participant", "<p>Thank you, I will try the belt.</p>"))
    assert [post.opener for post in read_thread(FORUMS["phpbb"](later).encode()).posts] == [
        True,
        False,
        False,
        True,
    ]


def test_an_overlong_tag_is_left_out_and_counted() -> None:
    assert read_thread(FORUMS["discourse"]().encode()).left_out == 1


def test_a_page_saved_as_one_file_is_read() -> None:
    whole = MIMEMultipart("related")
    whole.attach(MIMEText(FORUMS["bbpress"](), "html", "utf-8"))
    whole.attach(MIMEText("p {}", "css", "utf-8"))
    assert len(read_thread(whole.as_bytes()).posts) == 3
    empty = EmailMessage()
    empty["Content-Type"] = "multipart/related"
    with pytest.raises(IngestError, match="could not be read"):
        read_thread(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--\n")


def test_a_page_in_an_older_encoding_is_read() -> None:
    page = FORUMS["phpbb"]((Said("Jörg", "Läufer", "<p>Nach drei Tagen: zurück.</p>"),))
    for name in ("iso-8859-1", "windows-1252"):
        post = read_thread(page.replace("utf-8", name).encode(name)).posts[0]
        assert (post.author, post.role, post.text) == ("Jörg", "Läufer", "Nach drei Tagen: zurück.")
    assert read_thread(page.encode("utf-16")).posts[0].author == "Jörg"


@pytest.mark.parametrize("kind", KINDS)
def test_marks_that_turn_text_round_and_endless_names_are_cut(kind: str) -> None:
    said = Said("a\u202eb" + "x" * 500, "r" * 500, "<p>Rest\u202e and\x08 ice.</p>")
    post = read_thread(FORUMS[kind]((said,)).encode()).posts[0]
    assert post.author is not None
    assert post.author.startswith("abx")
    assert len(post.author) == 80
    assert post.text == "Rest and ice."


@pytest.mark.parametrize("kind", KINDS)
def test_a_broken_page_gives_what_is_there(kind: str) -> None:
    page = FORUMS[kind]()
    thread = read_thread(page[: page.index("Then six weeks")].encode())
    assert [post.author for post in thread.posts][:2] == ["izzy_runs", "Pat Quill, DPT"]


def test_a_page_of_something_else_says_so() -> None:
    with pytest.raises(IngestError, match="no forum that is known"):
        read_thread(b"<!doctype html><html><body><p>A recipe.</p></body></html>")
    with pytest.raises(IngestError, match="larger than 8 MB"):
        read_thread(b"<html>" + b" " * PAGE_BYTES)


@pytest.mark.parametrize(
    "inside",
    [
        "<div>" * 100_000,
        "<b>" * 100_000,
        "<blockquote>" * 50_000,
        "<!--" * 100_000,
        "<script>" * 100_000,
        "&" * 500_000,
        "<p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">",
        '<p x=="' + " ".join(f"a{i}" for i in range(100_000)) + '">',
        "<p a" + "/".join(f"a{i}" for i in range(100_000)) + ">",
        "<table><tr><td>" * 20_000,
        "<a href=x>" * 20_000 + "<p>" * 20_000,
    ],
    ids=range(11),
)
def test_hostile_markup_costs_little(inside: str) -> None:
    begun = time.process_time()
    page = FORUMS["bbpress"]((*POSTS, Said("mallory", "Guest", inside)))
    thread = read_thread(page.encode())
    assert [post.author for post in thread.posts][:3] == [said.author for said in POSTS]
    assert time.process_time() - begun < 4


def test_a_thread_of_a_thousand_posts_is_bounded_and_says_so() -> None:
    long = tuple(Said(f"n{i}", "Member", "<p>Rest.</p>") for i in range(_draft.POSTS + 7))
    thread = read_thread(FORUMS["bbpress"](long).encode())
    assert (len(thread.posts), thread.left_out) == (_draft.POSTS, 7)
    huge = Said("n", "Member", "<p>" + "word " * 10_000 + "</p>")
    thread = read_thread(FORUMS["bbpress"]((huge,) * 40).encode())
    assert thread.posts[0].cut
    assert sum(len(post.text) for post in thread.posts) <= _draft.ALL_CHARACTERS
    assert thread.left_out > 0


@settings(max_examples=60)
@given(st.binary(max_size=300), st.sampled_from([b"", b"<html>", b"<!doctype html>", b"\xff\xfe"]))
def test_any_bytes_are_a_thread_or_one_plain_sentence(data: bytes, head: bytes) -> None:
    try:
        thread = read_thread(head + data)
    except IngestError as error:
        assert str(error).endswith(".")  # noqa: PT017
    else:
        assert thread.posts
