"""Heads of posts as German boards print them (SMF, phpBB, vBulletin), and whose a quote is."""

from __future__ import annotations

from datetime import date

import pytest

from evengait.ingest.thread import read_thread

SMF = """Anna77
Neuling

Beiträge: 4

Wade zwickt
« am: 12. März 2024, 17:02:11 »
Meine Wade zwickt seit drei Wochen.

Waldläufer
Laufjunkie
***
Offline
Beiträge: 312

Re: Wade zwickt
« Antwort #1 am: 12. März 2024, 18:04:11 »
Probier es mit Wadenheben.

Ben
Full Member
***
Beiträge: 20

Re: Wade zwickt
« Antwort #2 am: Gestern um 21:15:40 »
Zitat von: Waldläufer am 12. März 2024, 18:04:11
Probier es mit Wadenheben.

Oder schone sie eine Woche.

Anna77
Neuling

Beiträge: 5

Re: Wade zwickt
« Antwort #3 am: Heute um 07:44:02 »
Danke.
"""
PHPBB = """von Anna77 » Di 12. Mär 2024, 18:04

Mein Knie sticht beim Bergablaufen.

von Ben » Mi 13. Mär 2024, 07:10

Anna77 hat geschrieben: Di 12. Mär 2024, 18:04
Mein Knie sticht beim Bergablaufen.

Lauf flacher.

von Cora » Gestern, 21:00

Das meine ich auch.

von Anna77 » Heute, 06:30

Mache ich.
"""
VBULLETIN = """12.03.2024, 18:04 #1
Anna77
Neuer Benutzer
Registriert seit: 03.2024
Ort: Köln
Beiträge: 1

Mein Knie sticht beim Bergablaufen.

13.03.2024, 07:10 #2
Ben
Erfahrener Benutzer
Registriert seit: 10.2012
Ort: Bremen
Beiträge: 1.888

Zitat:
Zitat von Anna77 Beitrag anzeigen
Mein Knie sticht beim Bergablaufen.

Lauf flacher.

Gestern, 18:33 #3
Cora
Benutzer
Registriert seit: 11.2020
Beiträge: 64

Das meine ich auch.

Heute, 09:12 #4
Anna77
Neuer Benutzer
Registriert seit: 03.2024
Beiträge: 2

Mache ich.
"""
PRINTED = """Wade zwickt

Beitrag von: Anna77 am 12. März 2024, 17:02:11
Meine Wade zwickt seit drei Wochen.

Beitrag von: Ben am 12. März 2024, 18:04:11
Probier es mit Wadenheben.
"""


@pytest.mark.parametrize(
    ("text", "names", "marks", "days"),
    [
        (SMF, ["Anna77", "Waldläufer", "Ben", "Anna77"], [None, "1", "2", "3"], [date(2024, 3, 12)] * 2),
        (PHPBB, ["Anna77", "Ben", "Cora", "Anna77"], None, [date(2024, 3, 12), date(2024, 3, 13)]),
        (VBULLETIN, ["Anna77", "Ben", "Cora", "Anna77"], ["1", "2", "3", "4"], [date(2024, 3, 12), date(2024, 3, 13)]),
        (PRINTED, ["Anna77", "Ben"], None, [date(2024, 3, 12)] * 2),
    ],
)  # fmt: skip
def test_a_head_says_who_wrote_and_when(
    text: str, names: list[str], marks: list[str | None] | None, days: list[date]
) -> None:
    posts = read_thread(text.encode()).posts
    assert [post.author for post in posts] == names
    assert marks is None or [post.mark for post in posts] == marks
    assert [post.written for post in posts[:2]] == days
    assert all(post.written is None for post in posts[2:])  # yesterday of which day, nobody says
    assert all(post.opener == (post.author == "Anna77") for post in posts)


@pytest.mark.parametrize(
    ("text", "number", "own", "author"),
    [
        (SMF, 3, "Oder schone sie eine Woche.", "Waldläufer"),
        (PHPBB, 2, "Lauf flacher.", "Anna77"),
        (VBULLETIN, 2, "Lauf flacher.", "Anna77"),
    ],
)
def test_a_quote_belongs_to_its_author_and_the_profile_to_nobody(
    text: str, number: int, own: str, author: str
) -> None:
    post = read_thread(text.encode()).posts[number - 1]
    assert post.text == own
    assert [quote.author for quote in post.quotes] == [author]


def test_a_quote_nobody_said_before_is_still_its_authors() -> None:
    text = VBULLETIN.replace("Beitrag anzeigen\nMein Knie", "Beitrag anzeigen\nNimm Ibuprofen, mein Knie")
    post = read_thread(text.encode()).posts[1]
    assert post.text == "Lauf flacher."
    assert [(quote.author, quote.text[:14]) for quote in post.quotes] == [("Anna77", "Nimm Ibuprofen")]


def test_very_many_heads_are_read_in_no_time() -> None:
    text = "".join(f"von A{n} » Heute, 18:04\nNimm Pause {n}.\n" for n in range(8_000))
    thread = read_thread(text.encode())
    assert len(thread.posts) == 500
    assert thread.left_out == 7_500
