"""Advice in German posts: for or against, never what is only told, asked, or meant for somebody else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from evengait.analysis.thread.advice import advice_in, advice_of
from evengait.core.thread import Post, Thread
from evengait.knowledge.advice_book import advice_book


def post(text: str, number: int = 2, *, opener: bool = False) -> Post:
    return Post(
        number=number, mark=None, author="Ben", role=None, written=None, when=None, text=text, quotes=(),
        opener=opener, cut=False,
    )  # fmt: skip


def said(text: str) -> set[tuple[str, str]]:
    return {(found.topic.id, found.stance) for found in advice_of(post(text), advice_book(), "de")}


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("Mach eine Woche Pause.", {("rest", "for")}),
        ("Pause würde ich nicht machen.", {("rest", "against")}),
        ("Geh zum Orthopäden.", {("see_professional", "for")}),
        ("Krafttraining hat mir geholfen.", {("strength_work", "for")}),
        ("Krafttraining hat bei mir gar nichts gebracht.", {("strength_work", "against")}),
        ("Ein ISG-Gurt hilft.", {("belt", "for")}),
        ("Wechsel mal die Laufschuhe.", {("shoes", "for")}),
        ("Bloß nicht dehnen!", {("stretching", "against")}),
        ("Dehnen rate ich dir, Blackroll hat nichts gebracht.", {("stretching", "for"), ("foam_rolling", "against")}),
        ("Finger weg von Spritzen.", {("injection", "against")}),
        ("Ibuprofen würde ich lassen.", {("medication", "against")}),
        ("Lass ein MRT machen.", {("imaging", "for")}),
        ("Akupunktur war für die Katz.", {("dry_needling", "against")}),
        ("Kompressionsstrümpfe? Placebo.", {("compression", "against")}),
        ("Hast du schon mal Einlagen probiert?", {("insoles", "for")}),
        ("Bei mir hat nur Pause geholfen, drei Wochen gar nicht laufen.", {("rest", "for"), ("stop_running", "for")}),
        ("Yoga!", {("yoga", "for")}),
    ],
)  # fmt: skip
def test_advice_is_read_for_or_against(text: str, advice: set[tuple[str, str]]) -> None:
    assert said(text) == advice


@pytest.mark.parametrize(
    "text",
    [
        "Meine Frau war beim Osteopathen.",
        "Ich hatte auch ein MRT.",
        "Ich habe das Gleiche und lese mal mit.",
        "Hast du Schmerzen beim Radfahren?",
        "Mein Bruder hat sich eine Spritze geben lassen.",
    ],
)
def test_what_is_told_asked_or_anothers_is_no_advice(text: str) -> None:
    assert not said(text)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("Ich würde eine Woche pausieren.", {("rest", "for")}),
        ("Nimm keine Schmerzmittel.", {("medication", "against")}),
        ("Schmerzmittel sind keine Lösung.", {("medication", "against")}),
        ("Von Spritzen halte ich nichts.", {("injection", "against")}),
        ("Stoßwelle hat bei mir Wunder gewirkt.", {("shockwave", "for")}),
        ("Dehnen und Blackroll haben mir sehr geholfen.", {("foam_rolling", "for"), ("stretching", "for")}),
        (
            "Einlagen, Tape, Stoßwelle: alles hat nichts gebracht.",
            {("insoles", "against"), ("shockwave", "against"), ("taping", "against")},
        ),
        ("Ohne Krafttraining wird das nichts.", {("strength_work", "for")}),
        ("Nicht ohne Aufwärmen loslaufen.", {("warm_up", "for")}),
        ("Vergiss das Dehnen.", {("stretching", "against")}),
        ("Dehnen kannst du dir sparen.", {("stretching", "against")}),
        ("Kühlen bringt meiner Meinung nach wenig.", {("ice", "against")}),
        ("Wärme statt Eis!", {("heat", "for"), ("ice", "against")}),
        ("Lieber Wadenheben als dehnen.", {("calf_raises", "for"), ("stretching", "against")}),
        ("Geh bitte zum Arzt und lass ein MRT machen.", {("imaging", "for"), ("see_professional", "for")}),
        ("Ein MRT ist nicht nötig.", {("imaging", "against")}),
        ("Ein Arztbesuch kann nicht schaden.", {("see_professional", "for")}),
        ("Auf keinen Fall weiterlaufen!", {("keep_running", "against")}),
        ("Weiterlaufen ist keine gute Idee.", {("keep_running", "against")}),
        (
            "Du musst nicht ganz pausieren, weniger Umfang reicht.",
            {("reduce_running", "for"), ("rest", "against")},
        ),
        ("Mach mal zwei Wochen Laufpause und geh schwimmen.", {("cross_training", "for"), ("rest", "for")}),
        ("Bei mir waren es die Schuhe.", {("shoes", "for")}),
        ("Ich habe auch Einlagen.", set()),
        ("Mein Orthopäde hat mir Einlagen verschrieben, die haben super geholfen.", {("insoles", "for")}),
        ("Meine Physiotherapeutin hat Dry Needling gemacht.", set()),
        ("Seit ich Krafttraining mache, habe ich Ruhe.", {("strength_work", "for")}),
        ("Gute Besserung!", set()),
        ("Was sagt dein Arzt?", set()),
        ("Warst du schon beim Arzt?", {("see_professional", "for")}),
        ("Welche Schuhe läufst du?", set()),
        ("Tempo raus, Umfang runter.", {("reduce_running", "for"), ("speed_work", "against")}),
        ("Kein Tempo, keine Berge, bis es weg ist.", {("hills", "against"), ("speed_work", "against")}),
        ("Trag mal eine Bandage.", {("brace", "for")}),
        ("Der Beckengurt hat leider gar nicht geholfen.", {("belt", "against")}),
        ("Ibuprofen hilft zwar, löst aber das Problem nicht.", {("medication", "against")}),
        ("Osteopathie ist Geldmacherei.", {("manual_therapy", "against")}),
        ("Probier es mit kürzeren Schritten.", {("step_rate", "for")}),
        ("Nicht auf Asphalt laufen.", {("surface", "for")}),
        ("Iss mehr Eiweiß.", {("nutrition", "for")}),
        (
            "Zum Physio gehen und Übungen machen, nicht auf eigene Faust dehnen.",
            {("see_professional", "for"), ("stretching", "against")},
        ),
        ("Auf die Blackroll schwöre ich.", {("foam_rolling", "for")}),
        ("Mit Yoga habe ich es in den Griff bekommen.", {("yoga", "for")}),
        ("Yoga hat es bei mir eher verschlimmert.", {("yoga", "against")}),
        ("Kortison würde ich auf keinen Fall machen.", {("injection", "against")}),
        ("Nach der Spritze war es sechs Wochen gut, dann kam es zurück.", {("injection", "against")}),
        ("Ein Freund hat sich mit Eigenblut behandeln lassen.", set()),
        ("Die Pause war bei mir das Einzige, was geholfen hat.", {("rest", "for")}),
        ("Komplettpause bringt nichts.", {("rest", "against")}),
        ("Nicht rollen, nicht dehnen, nur Kraft.", {("foam_rolling", "against"), ("stretching", "against")}),
    ],
)
def test_a_sentence_advises_this_or_nothing(text: str, advice: set[tuple[str, str]]) -> None:
    assert said(text) == advice


def test_a_short_post_is_read_in_the_threads_language_and_the_opener_advises_nothing() -> None:
    told = post("Mein Knie tut seit drei Wochen weh, ich mache Pause.", 1, opener=True)
    thread = Thread(
        None, "pasted", (told, post("Wadenheben!"), post("I did calf raises and they helped me.", 3))
    )
    assert [(one.post, one.topic.id) for one in advice_in(thread, advice_book())] == [
        (2, "calf_raises"),
        (3, "calf_raises"),
    ]


def test_every_topic_has_german_phrases() -> None:
    book = advice_book()
    assert set(book.words["de"].phrases) == set(book.topics)


def test_the_study_of_german_threads_holds() -> None:
    sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))
    from thread_study import ROWS, score

    for half, least in (("tuned", 0.9), ("kept", 0.6)):
        right, extra, missed = score(half, "de")
        assert right[ROWS[0]] >= 0.95 * (right[ROWS[0]] + missed[ROWS[0]])
        for row in ROWS[1:]:
            assert right[row] >= least * (right[row] + missed[row])
            assert right[row] >= (least + 0.05) * (right[row] + extra[row])
