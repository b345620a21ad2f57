"""German stories: what is said is read with its words; what is denied, another's, long past or feared is no finding."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evengait.actions.take_story import take_story
from evengait.analysis.story.reader import read_story
from evengait.knowledge.story_lexicon import lexicon

TOLD = date(2026, 11, 26)
NAMED = {
    "findings.fever": "Fieber",
    "findings.saddle_numbness": "Taubheit zwischen den Beinen",
    "findings.leg_numbness": "Kribbeln im Fuß",
    "findings.night_pain": "Nachtschmerzen",
    "findings.calf_swelling": "Schwellung an der Wade",
    "findings.chest_pain": "Brustschmerzen",
    "findings.breathless": "Atemnot",
    "history.cancer": "Brustkrebs",
    "history.bone_stress_injury": "eine Stressfraktur",
    "history.osteoporosis": "Osteoporose",
    "history.psoriasis_uveitis_ibd": "Schuppenflechte",
}
OTHERS = ("Meine Mutter hatte {}.", "Mein Trainingspartner hat auch {}.", "Eine Freundin von mir hatte {}.")
FEARED = ("Ich habe Angst vor {}.", "Könnte das {} sein?", "Vielleicht habe ich {}?")
DENIED = ("Ich habe kein {}.", "Kein Husten, kein Ausschlag, keine {}.", "Ohne {}.", "{} habe ich nicht.")
PAST = ("Als Kind hatte ich {}.", "Vor zehn Jahren hatte ich {}.", "Früher hatte ich {}.")


def value_of(story: str, field: str) -> Any:
    reading = read_story(story, lexicon("de"), told=TOLD)
    return next((mark.value for mark in reading.marks if mark.field == field), None)


@pytest.mark.parametrize("field", NAMED)
def test_what_is_said_is_read(field: str) -> None:
    assert value_of(f"Ich habe {NAMED[field]}.", field) is True


@pytest.mark.parametrize("field", NAMED)
def test_what_is_anothers_or_feared_is_nothing(field: str) -> None:
    for frame in (*OTHERS, *FEARED):
        assert value_of(frame.format(NAMED[field]), field) is None, frame


@pytest.mark.parametrize("field", NAMED)
def test_what_is_denied_is_no(field: str) -> None:
    for frame in DENIED:
        assert value_of(frame.format(NAMED[field].removeprefix("eine ")), field) is False, frame


@pytest.mark.parametrize("field", [name for name in NAMED if name.startswith("findings.")])
def test_what_is_long_past_is_no_finding(field: str) -> None:
    for frame in PAST:
        assert value_of(frame.format(NAMED[field]), field) is None, frame


@pytest.mark.parametrize(
    ("story", "field", "value"),
    [
        ("Mein linkes ISG tut weh.", "site", "sacroiliac"),
        ("Mein linkes ISG tut weh.", "side", "left"),
        ("Die rechte Achillessehne ist morgens steif und schmerzt.", "site", "achilles"),
        ("Die rechte Achillessehne ist morgens steif und schmerzt.", "side", "right"),
        ("Rechts unten im Rücken zieht es.", "site", "lower_back"),
        ("Ich habe Schmerzen an der Oberschenkelrückseite.", "site", "hamstring"),
        ("Das Knie schmerzt, der Fuß ist in Ordnung.", "site", "knee"),
        ("Seit drei Wochen tut das Knie weh.", "duration_days", 21),
        ("Das Knie schmerzt seit etwa anderthalb Monaten.", "duration_days", 45),
        ("Vor 10 Tagen fing das Knie an zu schmerzen.", "onset.date", "2026-11-16"),
        ("Das Knie schmerzt seit gestern.", "onset.date", "2026-11-25"),
        ("Seit letztem Montag schmerzt die Wade.", "onset.date", "2026-11-23"),
        ("Am 8. November begann der Schmerz im Knie.", "onset.date", "2026-11-08"),
        ("Der Schmerz begann am 08.11.2026.", "onset.date", "2026-11-08"),
        ("Seit fünf Jahren laufe ich, das Knie schmerzt.", "onset.date", None),
        ("Beim Laufen 7 von 10, in Ruhe 0/10.", "pain.running", 7),
        ("Beim Laufen 7 von 10, in Ruhe 0/10.", "pain.rest", 0),
        ("Beim Gehen 2,5/10.", "pain.walking", 2.5),
        ("Ich laufe 60-70 km pro Woche.", "training.km_per_week", [60, 70]),
        ("Mein Wochenumfang liegt bei 80 Kilometern.", "training.km_per_week", [80, 80]),
        ("Früher 100 km pro Woche.", "training.km_per_week", None),
        ("Ich bin 34, weiblich.", "age", 34),
        ("Ich bin Läuferin.", "sex", "female"),
        ("Morgens ist die Sehne 20 Minuten steif.", "findings.morning_stiffness_min", 20),
        ("Es tut weh, wenn ich lande.", "worse_with", "landing"),
        ("Mit Ruhe wird es besser.", "better_with", "rest"),
        ("Der Schmerz ist stechend.", "quality", "sharp"),
        ("Es kam schleichend.", "onset.mode", "gradual"),
        ("Plötzlich stach es in der Wade.", "onset.mode", "sudden"),
        ("Ich bin umgeknickt.", "onset.mode", "trauma"),
        ("Ich kann nicht auftreten.", "findings.cannot_bear_weight", True),
        ("Ich kann normal auftreten.", "findings.cannot_bear_weight", False),
        ("Ich humple.", "findings.limp", True),
        ("Die Kraft ist nicht normal.", "findings.leg_weakness", None),
        ("Der Schmerz weckt mich nachts auf.", "findings.night_pain", True),
        ("Nachts schlafe ich gut.", "findings.night_pain", False),
        ("Vor fünf Jahren hatte ich eine Stressfraktur.", "history.bone_stress_injury", True),
        ("Fieber? Nein.", "findings.fever", False),
        ("Laeuferknie links, es sticht.", "site", "knee"),
        ("Am re. Knie zieht es beim Laufen.", "side", "right"),
        ("Die li. Wade ist hart.", "side", "left"),
        ("Schmerzen im Mittelfuß re oben.", "side", "right"),
        ("Zehen kribbeln. Beide Beine kribbeln.", "side", None),
        ("80 WKM, nur Asphalt.", "training.km_per_week", [80, 80]),
        ("80 WKM, nur Asphalt.", "training.surfaces", {"pavement": 1.0}),
        ("60% Straße, 40 % Trail.", "training.surfaces", {"pavement": 0.6, "trail": 0.4}),
        ("3 x 5 km in der Woche.", "training.km_per_week", None),
        ("Ich habe von 25 auf 45 km/Woche gesteigert.", "training.km_per_week", None),
        ("Ich laufe 3x die Woche, insgesamt 30 km.", "training.km_per_week", [30, 30]),
        (
            "Alle 4 Wochen eine ruhigere Woche, alle 4 Wochen locker.",
            "training.down_week_every_weeks",
            [4, 4],
        ),
        ("Knieschmerzen, m/38.", "age", 38),
        ("M52, nehme Marcumar.", "sex", "male"),
        ("Vegan, 24, Knie tut weh.", "age", 24),
        ("Bin 55 und Verkäuferin.", "sex", "female"),
        ("HM in 1:45, Knie tut weh.", "age", None),
        ("Knie links. Seit drei Wochen.", "duration_days", 21),
        ("Die Achillessehne schmerzt seit Mitte März.", "duration_days", None),
        ("Seit 12.11. schmerzt das Knie.", "onset.date", "2026-11-12"),
        (
            "Vor 5 Wochen habe ich die Schuhe gewechselt, seit 2 Wochen Schmerzen im Knie.",
            "duration_days",
            14,
        ),
        ("Kein Knall, Wade nicht geschwollen.", "findings.calf_swelling", False),
        ("Sprinten geht gar nicht, Spazieren tut gut.", "findings.improves_with_exercise", True),
        ("Ich hatte Druck auf der Brust.", "findings.chest_pain", True),
        ("Ich bin ohnmächtig geworden.", "findings.fainted", True),
        ("Zwischen den Beinen ist es taub.", "findings.saddle_numbness", True),
        ("Ich merke nicht mehr, wenn ich Wasser lasse.", "findings.bladder_change", True),
        ("Diffuse Schmerzen im Rücken.", "findings.bony_tenderness", None),
        ("Nix taub.", "findings.leg_numbness", False),
        ("Beim Laufen 3/10. Früher hatte ich Rückenschmerzen.", "pain.running", 3),
    ],
)
def test_a_sentence_is_read_as_meant(story: str, field: str, value: object) -> None:
    assert value_of(story, field) == value


def test_the_made_up_runners_story_reads_alike_in_both_languages() -> None:
    from evengait.actions.work_demo import STORY
    from evengait.core.language import say, speaking

    english = take_story(STORY.encode(), told=TOLD).intake
    with speaking("de"):
        german = take_story(say(STORY).encode(), told=TOLD).intake
    assert (german.get("site"), german.get("side")) == ("lower_back", "left")
    assert (english.get("site"), english.get("side")) == ("lower_back", "left")
    for path in ("findings.limp", "findings.insidious"):
        assert german.get(path) is english.get(path) is True, path
    assert german.get("training.km_per_week") == english.get("training.km_per_week")


def test_a_story_is_read_in_the_language_it_is_told_in() -> None:
    german = take_story(b"Seit drei Wochen tut mein linkes ISG weh, drei Tage Pause halfen nicht.", told=TOLD)
    told = {mark.field: mark.value for mark in german.marks}
    assert (told["site"], told["side"], told["duration_days"]) == ("sacroiliac", "left", 21)
    assert told["tried"] == {"what": "rest", "days": 3, "helped": False}
    english = take_story(b"My left SI joint has hurt for three weeks.", told=TOLD)
    assert {mark.field for mark in english.marks} >= {"site", "side", "duration_days"}


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="aäeinß .,!?0123456789\nseitvorkmwd", max_size=80))
def test_any_text_is_read_without_an_error_and_marks_lie_in_it(story: str) -> None:
    for mark in read_story(story, lexicon("de"), told=TOLD).marks:
        assert story[mark.start : mark.end] == mark.words
