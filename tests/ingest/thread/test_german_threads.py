"""German threads, as people copy them: who wrote, when, and what they quote."""

from __future__ import annotations

from datetime import date

import pytest

from evengait.ingest.thread import read_thread

PHPBB = """Schmerzen im ISG

Beitrag von Läuferin77 » Fr 5. Mär 2021, 15:12

Seit drei Wochen tut mein linkes ISG weh, vor allem beim Landen.

Re: Schmerzen im ISG

Beitrag von Waldläufer » Sa 6. Mär 2021, 08:01

Läuferin77 hat geschrieben:
Seit drei Wochen tut mein linkes ISG weh, vor allem beim Landen.

Probier einen Beckengurt, und lass es ansehen.
Beiträge: 312
Registriert: Mo 1. Jan 2018, 10:00
"""
DISCOURSE = """Achillessehne morgens steif

anna_laeuft
5. März 2021

Die rechte Achillessehne ist morgens steif. Was hat euch geholfen?

Antworten

ben
vor 3 Tagen

Bei mir hat Wadenheben geholfen.

Gefällt mir
"""
BBPRESS = """5. März 2021 um 15:12 #1201
Anna
Teilnehmerin
Mein Knie schmerzt beim Bergablaufen.

6. März 2021 um 9:30 #1207
Ben
Moderator
Lauf weniger bergab und lass es prüfen.
"""
BY_HAND = """Anna schrieb:
Mein Rücken schmerzt nach langen Läufen.

Ben schrieb am 06.03.2021:
Versuch es mit mehr Pausen.
"""
BY_NAME = """Verfasst von Anna am 5. März 2021
Mein Rücken schmerzt.

Verfasst von Ben am 06.03.2021
Versuch es mit Wärme.
"""


@pytest.mark.parametrize(
    ("text", "names", "days"),
    [
        (PHPBB, ["Läuferin77", "Waldläufer"], [date(2021, 3, 5), date(2021, 3, 6)]),
        (DISCOURSE, ["anna_laeuft", "ben"], [date(2021, 3, 5), None]),
        (BBPRESS, ["Anna", "Ben"], [date(2021, 3, 5), date(2021, 3, 6)]),
        (BY_HAND, ["Anna", "Ben"], None),
        (BY_NAME, ["Anna", "Ben"], [date(2021, 3, 5), date(2021, 3, 6)]),
    ],
)
def test_who_wrote_and_when_is_read(text: str, names: list[str], days: list[date | None] | None) -> None:
    thread = read_thread(text.encode())
    assert [post.author for post in thread.posts] == names
    assert days is None or [post.written for post in thread.posts] == days


def test_what_is_quoted_and_the_profile_below_are_not_the_writers_words() -> None:
    post = read_thread(PHPBB.encode()).posts[1]
    assert post.text == "Probier einen Beckengurt, und lass es ansehen."
    assert [quote.author for quote in post.quotes] == ["Läuferin77"]


def test_buttons_are_no_words_of_a_post() -> None:
    assert [post.text for post in read_thread(DISCOURSE.encode()).posts] == [
        "Die rechte Achillessehne ist morgens steif. Was hat euch geholfen?",
        "Bei mir hat Wadenheben geholfen.",
    ]
