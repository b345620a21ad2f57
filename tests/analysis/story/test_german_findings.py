"""Findings in German as runners put them: said, denied in front and behind, and nothing where it cannot be told."""

from __future__ import annotations

from datetime import date

import pytest

from evengait.analysis.story.reader import read_story
from evengait.knowledge.story_lexicon import lexicon

TOLD = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("story", "field", "value"),
    [
        ("Ich habe Fieber, aber keine Schmerzen beim Gehen.", "findings.fever", True),
        ("Fieber hatte ich letzte Woche nicht.", "findings.fever", False),
        ("Ich hab kein Fieber gemessen, fühle mich aber krank.", "findings.unwell", True),
        ("Keine Ahnung ob ich Fieber habe.", "findings.fever", None),
        ("Ich dachte erst an Fieber.", "findings.fever", None),
        ("Seit gestern Schüttelfrost und 39 Grad.", "findings.fever", True),
        ("Nachts keine Schmerzen.", "findings.night_pain", False),
        ("Nachts wache ich nicht auf.", "findings.night_pain", False),
        ("Nicht nachts.", "findings.night_pain", None),
        ("Die Schmerzen sind auch nachts da.", "findings.night_pain", True),
        ("Nachts tut es nicht weh.", "findings.night_pain", False),
        ("Ich schlafe schlecht wegen der Schmerzen.", "findings.night_pain", True),
        ("Ich kann nachts nicht gut schlafen.", "findings.night_pain", None),
        ("Ich kann auftreten, aber nur unter Schmerzen.", "findings.cannot_bear_weight", False),
        ("Ich kann kaum auftreten.", "findings.cannot_bear_weight", None),
        ("Auftreten geht gar nicht.", "findings.cannot_bear_weight", True),
        ("Ich kann das Bein nicht belasten.", "findings.cannot_bear_weight", True),
        ("Gehen ist unmöglich.", "findings.cannot_bear_weight", True),
        ("Gehen geht nicht.", "findings.cannot_bear_weight", True),
        ("Gehen geht nur noch mit Krücken.", "findings.cannot_bear_weight", None),
        ("Ich kann nicht normal gehen.", "findings.cannot_bear_weight", None),
        ("Die Wade ist nicht dick, nicht rot und nicht warm.", "findings.calf_swelling", False),
        ("Die Wade ist dick.", "findings.calf_swelling", True),
        ("Das Knie ist nicht geschwollen.", "findings.calf_swelling", None),
        ("Nichts taub, nichts kribbelt.", "findings.leg_numbness", False),
        ("Taubheitsgefühl im Fuß.", "findings.leg_numbness", True),
        ("kein Taubheitsgefühl im Fuß", "findings.leg_numbness", False),
        ("Der Fuß schläft ein.", "findings.leg_numbness", True),
        ("Blase und Darm funktionieren nicht normal.", "findings.bladder_change", None),
        ("Blase funktioniert nicht mehr richtig.", "findings.bladder_change", None),
        ("Kann das Wasser nicht mehr halten.", "findings.bladder_change", True),
        ("Wasserlassen ist normal.", "findings.bladder_change", False),
        ("Wasserlassen ist nicht mehr normal.", "findings.bladder_change", None),
        ("Keine Probleme mit Blase oder Darm.", "findings.bladder_change", False),
        ("Keine Probleme mit Blase oder Darm.", "findings.bowel_change", False),
        ("Kein Taubheitsgefühl im Intimbereich.", "findings.saddle_numbness", False),
        ("Im Schritt ist es taub.", "findings.saddle_numbness", True),
        ("Brustschmerzen habe ich keine.", "findings.chest_pain", False),
        ("Beim Laufen Stechen in der Brust.", "findings.chest_pain", True),
        ("Keine Luftnot, kein Herzrasen.", "findings.breathless", False),
        ("Keine Luftnot, kein Herzrasen.", "findings.fainted", False),
        ("Ich bin nicht umgekippt.", "findings.fainted", False),
        ("Mein Rad ist umgekippt.", "findings.fainted", None),
        ("Ich bin mit dem Rad gestürzt.", "findings.major_trauma", True),
        ("Ich bin nicht gestürzt.", "findings.minor_trauma", False),
        ("Kein Umknicken, kein Sturz.", "findings.minor_trauma", False),
        ("Die Kraft im Bein ist weg.", "findings.leg_weakness", True),
        ("Keine Schwäche im Bein.", "findings.leg_weakness", False),
        ("Mein Fuß wird jeden Tag schwächer.", "findings.progressive_weakness", True),
        ("Der Schmerz geht nie weg, Tag und Nacht.", "findings.unremitting", True),
        ("Der Schmerz ist nicht ständig da.", "findings.unremitting", False),
        ("Trainiere Tag und Nacht für den Marathon.", "findings.unremitting", None),
        ("Hatte 2015 Krebs.", "history.cancer", True),
        ("Kein Krebs in der Familie.", "history.cancer", None),
        ("Meine Oma hatte Osteoporose.", "history.osteoporosis", None),
        ("Ich nehme keine Blutverdünner.", "history.anticoagulants", False),
        ("Nehme Xarelto.", "history.anticoagulants", True),
        ("Ich bin nicht schwanger.", "history.pregnant", False),
        ("Meine Frau ist schwanger, deshalb laufe ich weniger.", "history.pregnant", None),
        ("Urin wie Cola.", "findings.dark_urine", True),
        ("Das Knie ist rot und heiß und dick.", "findings.hot_swollen_joint", True),
        ("Knie nicht heiß, nicht rot.", "findings.hot_swollen_joint", False),
        ("Kann das Knie nicht ganz strecken.", "findings.joint_locked", True),
        ("Wade hart wie Stein.", "findings.tense_swelling", True),
        ("Die Wade ist steinhart verspannt nach dem Lauf.", "findings.tense_swelling", True),
        ("Habe ungewollt 6 kg abgenommen.", "findings.weight_loss", True),
        ("Habe nicht abgenommen.", "findings.weight_loss", False),
        ("Habe mit Absicht abgenommen.", "findings.weight_loss", None),
        ("Ein Punkt am Schienbein ist druckempfindlich.", "findings.bony_tenderness", True),
        ("Ich humple nicht.", "findings.limp", False),
        ("Ohne zu humpeln.", "findings.limp", False),
        ("Pause hilft.", "findings.not_improved_by_rest", False),
        ("Pause hilft nicht.", "findings.not_improved_by_rest", True),
        ("Trotz Pause keine Besserung.", "findings.not_improved_by_rest", True),
        ("Zehenstand geht nicht.", "findings.cannot_rise_on_toes", True),
        ("Zehenstand geht.", "findings.cannot_rise_on_toes", False),
        ("Auf die Zehenspitzen komme ich nicht.", "findings.cannot_rise_on_toes", True),
        ("Kein Knall zu hören.", "findings.pop_felt", False),
        ("Meine Periode kommt regelmäßig.", "history.missed_periods", False),
        ("Seit Monaten keine Periode.", "history.missed_periods", True),
        ("Zyklus nicht regelmäßig.", "history.missed_periods", None),
        ("Morgens 45 Minuten steif.", "findings.morning_stiffness_min", 45),
        ("Bewegung macht es nicht besser.", "findings.improves_with_exercise", False),
        ("Besser wird es durch Bewegung.", "findings.improves_with_exercise", True),
        ("Beim Laufen wird es nicht besser.", "findings.improves_with_exercise", None),
    ],
)
def test_a_finding_is_read_as_it_is_said_or_not_at_all(story: str, field: str, value: object) -> None:
    marks = read_story(story, lexicon("de"), told=TOLD).marks
    assert next((mark.value for mark in marks if mark.field == field), None) == value


@pytest.mark.parametrize(
    ("story", "field", "wrong"),
    [
        ("Keine Schwellung, aber die Wade ist warm.", "findings.calf_swelling", False),
        ("Der Fuß ist nicht taub, kribbelt aber.", "findings.leg_numbness", False),
        ("Der Schmerz ist nicht punktuell.", "findings.bony_tenderness", True),
        ("Ich kann gar nicht auftreten, das Knie sieht verschoben aus.", "findings.deformity", False),
        ("Ich kann nicht laufen, die Wade ist dick.", "findings.calf_swelling", False),
        ("Nachts zieht es, ich denke nachts alles durch.", "findings.night_pain", False),
        ("Wegen der Atemnot laufe ich nicht.", "findings.breathless", False),
        ("Mit der Taubheit im Fuß laufe ich nicht mehr.", "findings.leg_numbness", False),
    ],
)
def test_where_it_cannot_be_told_it_is_not_read_the_wrong_way(story: str, field: str, wrong: bool) -> None:
    marks = read_story(story, lexicon("de"), told=TOLD).marks
    assert next((mark.value for mark in marks if mark.field == field), None) is not wrong
