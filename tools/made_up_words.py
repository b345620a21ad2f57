"""What the made-up people of the pictures say."""

from __future__ import annotations

from datetime import date
from typing import Any

STORY = (
    "I build up carefully, 70 to 80 miles a week, half pavement, half trails, a down week every fourth or fifth. Near "
    "the end of one run my lower left back began to hurt. Next day every landing on the left foot was sharp. I took "
    "three days off, with hip mobility and core work; when I tried again, after five minutes my gait was uneven and I "
    "walked home. I cannot point to a single moment when it started."
)
LIMPING: dict[str, Any] = {
    "age": "34", "sex": "female", "pain.rest": "0", "pain.walking": "2", "pain.running": "7", "pain.night": "0",
    "pain.worst": "7", "findings.limp": "yes", "findings.night_pain": "no", "findings.cannot_bear_weight": "no",
    "findings.insidious": "yes", "findings.saddle_numbness": "no", "findings.bladder_change": "no",
    "findings.bowel_change": "no", "rest_days": "3", "rest_helped": "no",
}  # fmt: skip
BETTER: dict[str, Any] = {
    "pain.walking": "0", "pain.running": "2", "pain.worst": "2", "findings.limp": "no", "findings.fever": "no",
    "findings.unwell": "no", "findings.bony_tenderness": "no",
    "findings.leg_weakness": "no", "findings.insidious": "no",
}  # fmt: skip
"""What changed after some days and a visit to the physio."""
BONE: dict[str, Any] = {"findings.bony_tenderness": "yes", "pain.walking": "4", "findings.night_pain": "yes"}

ASKED = {
    "title": "Left SI joint pain that came with no single moment",
    "category": "injury",
    "body": (
        "Sharp on every landing on the left since the day after a long run. Three days off did not settle it, and "
        "after five minutes of running my gait was uneven.\n\nI cannot point to a moment. "
        "**What would you look at first?**"
    ),
}
REPLIES: list[tuple[date, int, str, dict[str, Any]]] = [
    (date(2026, 11, 17), 21, "participant", {"body": (
        "Had the same in 2024. Look at your shoe miles first, then strength: bird dog, dead bug, side plank for six "
        "weeks. An SI belt at work helped me, and I'd try that before anything else."
    )}),
    (date(2026, 11, 18), 14, "coach", {"body": (
        "Your volume is nothing new for you: same weeks, same down weeks. What *is* new is the ground. Every run of "
        "the last three weeks was on pavement; half of it usually is not.\n\nDo not run on this until somebody has "
        "looked at it."
    )}),
    (date(2026, 11, 19), 10, "owner", {"body": (
        "#3 They closed the trails for logging on the 18th, so yes, all road since. I had not thought of it. Seeing "
        "Iris tomorrow."
    )}),
    (date(2026, 11, 20), 17, "clinician", {
        "body": (
            "Seen today. Walking is free of pain, hopping is not sore, no tenderness over bone. I asked what must be "
            "asked and nothing there calls for a scan today; if it wakes you at night or you limp again, come back at "
            "once.\n\n"
            "Then the ladder, on soft ground first."
        ),
        "p-kind": "one_sided_exercise", "p-text": "Bridge on the left leg, three sets of eight",
        "p-side": "left", "p-every_days": "2",
    }),
    (date(2026, 11, 20), 18, "participant", {
        "body": "Glad it is not worse. If you try the belt, try it properly: some days with, some without.",
        "p-kind": "trial", "p-text": "An SI belt in everyday life", "p-treatment": "si belt", "p-treatment_kind": "aid",
    }),
    (date(2026, 11, 25), 9, "coach", {
        "body": "Good first steps. I would keep the first two weeks on the grass loop.",
        "p-kind": "plan_change", "p-text": "Runs of the first two weeks on grass", "p-every_days": "",
    }),
    (date(2026, 12, 16), 22, "owner", {"body": (
        "Four weeks on: nothing above 2, no limp, and the last three runs were without walking. The belt I use on the "
        "days the draw says. **May the Sunday run go back onto the trail?**"
    )}),
]  # fmt: skip
JUDGED = [
    {"outcome": "no_change", "words": "All pairs are under 400 miles."},
    {"outcome": "helped", "words": "After two weeks I feel steadier."},
    {"outcome": "trying", "words": ""},
]
NOTES = {
    date(2026, 11, 24): "First steps. Strange to run for a minute, but even.",
    date(2026, 12, 5): "Cold, grass loop, no limp.",
    date(2026, 12, 12): "A little stiff after the gym, gone after five minutes.",
    date(2026, 12, 16): "Felt like running again.",
}

THREAD = """SI joint pain

  • Creator
  • #101

    About a week ago my lower left back began to hurt near the end of a run. What would you do?

Posted In: Injury & Rehab

  • Participant
    Robin Hale on #102

    Look at the miles in your shoes first. Then a six-week block of strength: bird dog, dead bug.

kay_trails on #103

    An SI belt helped me. And see a sports physio."""
