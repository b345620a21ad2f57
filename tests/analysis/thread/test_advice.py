"""Advice in posts: what is advised and what is advised against; what is told, asked, quoted or another's is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evengait.actions.take_thread import take_thread
from evengait.analysis.thread.advice import advice_in, advice_of
from evengait.core.thread import Post, Quote, Thread
from evengait.knowledge.advice_book import advice_book

if TYPE_CHECKING:
    from pathlib import Path


def post(text: str, number: int = 2, *, opener: bool = False) -> Post:
    return Post(number, None, "Bo", None, None, None, text, (Quote("Ana", "Try a belt."),), opener)


def read(text: str) -> set[tuple[str, str]]:
    return {(found.topic.id, found.stance) for found in advice_of(post(text), advice_book())}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Try an SI belt.", "belt"),
        ("An SI belt helped me a lot.", "belt"),
        ("See a good sports physio.", "see_professional"),
        ("Have you had an MRI?", "imaging"),
        ("Ice.", "ice"),
        ("What about pool running?", "cross_training"),
        ("It comes down to strength.", "strength_work"),
        ("You can't go wrong with dead bugs.", "dead_bug"),
        ("Don't forget the foam rolling.", "foam_rolling"),
        ("Compression socks? They helped me.", "compression"),
        ("I had a cortisone shot and it fixed everything.", "injection"),
        ("Take a down week every fourth week.", "down_week"),
    ],
)
def test_what_is_told_to_do_or_helped_is_advice(text: str, topic: str) -> None:
    assert (topic, "for") in read(text)
    assert (topic, "against") not in read(text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Don't stretch it.", "stretching"),
        ("I would not bother with a belt.", "belt"),
        ("Bird dogs did nothing for me.", "bird_dog"),
        ("Foam rolling is a waste of time.", "foam_rolling"),
        ("No yoga, ice or massage for now.", "massage"),
        ("Stay away from injections.", "injection"),
        ("Kinesio tape? Placebo.", "taping"),
    ],
)
def test_what_is_told_not_to_do_or_did_nothing_is_advice_against(text: str, topic: str) -> None:
    assert (topic, "against") in read(text)
    assert (topic, "for") not in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "My wife went to an osteopath.",
        "I had an MRI last year.",
        "Is it the shoes?",
        "Some people swear by taping.",
        "You mentioned ice.",
        "Good luck, and let us know.",
        "",
    ],
)
def test_what_is_told_asked_or_anothers_is_none(text: str) -> None:
    assert not read(text)


def test_the_openers_own_words_and_quotes_are_no_advice() -> None:
    thread = Thread(None, "pasted", (post("Try ice.", 1, opener=True), post("Agreed.")))
    assert not advice_in(thread, advice_book())


def test_a_topic_counts_once_in_a_post_and_once_for_each_author() -> None:
    thread = Thread(None, "pasted", (post("Ice it. Ice helps. Really, ice."), post("Ice it.", 3)))
    assert [(found.post, found.topic.id) for found in advice_in(thread, advice_book())] == [
        (2, "ice"),
        (3, "ice"),
    ]


def test_every_piece_stands_in_its_own_words() -> None:
    said = post("Hello.\n\nI’d try “dead bugs” – they help.")
    [found] = advice_of(said, advice_book())
    assert said.text[found.start : found.end] == "dead bugs"
    assert found.words == "I’d try “dead bugs” – they help."


@settings(max_examples=40)
@given(st.text(max_size=300))
def test_any_text_is_read_without_harm(text: str) -> None:
    for found in advice_of(post(text), advice_book()):
        assert text[found.start : found.end]


def test_the_seed_thread_gives_at_least_ten_distinct_pieces(shared: Path) -> None:
    reading = take_thread((shared / "seed-thread.txt").read_bytes())
    assert len(reading.thread.posts) == 6
    said = {(found.post, found.topic.id) for found in reading.advice if found.stance == "for"}
    assert {
        (2, "shoes"), (2, "strength_work"), (2, "core_work"), (3, "belt"), (3, "root_cause"), (4, "core_work"),
        (4, "pilates"), (4, "bird_dog"), (4, "dead_bug"), (4, "glute_work"), (4, "corrective_exercise"),
        (5, "see_professional"), (5, "bird_dog"), (5, "childs_pose"), (5, "hip_strength"), (6, "named_programme"),
    } <= said  # fmt: skip
    assert len({found.topic.id for found in reading.advice}) >= 10
    assert not [found for found in reading.advice if found.stance == "against"]
    belt = next(found for found in reading.advice if found.topic.id == "belt")
    assert (belt.by, belt.topic.evidence, belt.topic.grade) == ("depeyster", ("sij-belt-rct",), "C")
