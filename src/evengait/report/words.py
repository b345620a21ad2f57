"""Every sentence of the report that is not in the explanation itself.

The words are those of a training log: *pattern*, *compare*, *ask about*. A sentence here never names a disease, gives
a chance of getting hurt, or clears anybody to run; a test holds all of them to that.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from evengait.core import units as u
from evengait.core.language import Said, figures, listed, marked, say

if TYPE_CHECKING:
    from collections.abc import Mapping

NOT_A_DIAGNOSIS = marked(
    "This is not a diagnosis and not a prediction. It describes your own training log; only a person who "
    "examines you can tell what hurts and why."
)
METHOD = (
    (
        marked(
            "Each factor is compared with this runner’s own earlier windows of the same length and kind of day that "
            "were free of pain; its place among them is (1 + windows at least as extreme) / (windows + 1)."
        )
    ),
    (
        marked(
            "The whole search is then repeated on the runner’s own pain-free dates, and something is said to stand "
            "out only if hardly any of them, about 1 in 20 at most, turns up anything as unusual."
        )
    ),
)
ONE_ONSET = marked(
    "These differences came before the pain. With one person and one onset they cannot show what caused it."
)
GRADES = Said(
    {
        "A": "several trials that agree",
        "B": "one good trial or a large cohort",
        "C": "small, indirect or consensus",
        "D": "opinion, mechanism or our own choice",
    }
)
LEVELS = Said(
    {
        "V": "number read in the source",
        "V2": "not verified: read in a secondary source only",
        "U": "not verified: not found in any source yet",
    }
)
SITES = Said({
    "lower_back": "lower back", "sacroiliac": "sacroiliac region", "buttock": "buttock", "hip_groin": "hip or groin",
    "thigh_front": "front of the thigh", "hamstring": "back of the thigh", "knee": "knee", "shin": "shin",
    "calf": "calf", "achilles": "Achilles tendon", "ankle": "ankle", "foot": "foot", "other": "",
})  # fmt: skip
STATES = Said(
    {
        "stands_out": "Something stood out",
        "nothing_unusual": "Nothing stood out",
        "cannot_tell": "Cannot tell yet",
    }
)
FEWEST_CONTROLS = 20
"""Earlier windows below which a factor cannot be judged."""


def where(site: str | None, side: str | None) -> str:
    """Return the place of the pain in words, empty where none was given.

    Examples
    --------
    >>> where("sacroiliac", "left"), where(None, None), where("knee", None)
    ('left sacroiliac region', '', 'knee')
    """
    name = SITES.get(site or "", (site or "").replace("_", " "))
    return say(f"{side} {{place}}", place=name) if side and name else name


SIDED = (marked("left {place}"), marked("right {place}"), marked("both {place}"))
"""Places with their side; another language may put it behind."""


def how_sure(explanation: Mapping[str, Any]) -> str:
    """Return how sure the answer is, in counts of the runner's own dates.

    Examples
    --------
    >>> how_sure({"verdict": "stands_out", "by_chance": {"p_any": 3 / 77}, "coverage": {"dates": 76}})
    'At 2 of 76 of your own pain-free dates the same search found something at least as unusual.'
    >>> how_sure({"verdict": "stands_out", "by_chance": {"p_any": 0.03}, "coverage": {}})
    'At about 3 in 100 of your own pain-free dates the same search found something at least as unusual.'
    """
    p_any = explanation["by_chance"].get("p_any")
    if explanation["verdict"] == "cannot_tell" or p_any is None:
        have = explanation["coverage"].get("controls")
        if have is not None and have < FEWEST_CONTROLS:
            return say(
                "There are {have} of the {fewest_controls} comparable earlier windows it takes, so "
                "nothing can be said about how unusual these weeks were.",
                have=have,
                fewest_controls=FEWEST_CONTROLS,
            )
        return say(
            "There is too little to compare with, so nothing can be said about how unusual these weeks were."
        )
    counted = dates_as_unusual(explanation)
    count = (
        say("about {value} in 100", value=round(100 * p_any))
        if counted is None
        else say("{n} of {all}", n=counted[0] or say("none"), all=counted[1])
    )
    return say(
        "At {count} of your own pain-free dates the same search found something at least as unusual.",
        count=count,
    )


DESCRIBED = Said(
    {
        "acute_ewma_m": "load smoothed over 7 days",
        "chronic_ewma_m": "over 28 days",
        "acwr": "the week over the three before (ACWR, uncoupled)",
        "monotony": "monotony",
        "strain_m": "strain",
    }
)


def described(explanation: Mapping[str, Any], units: u.Units) -> str:
    """Return the load as it is often described, in one sentence; empty where nothing of it is known.

    Examples
    --------
    >>> described({"description": {"acwr": 1.19, "monotony": None}}, "km")
    'For the record, described and not judged: the week over the three before (ACWR, uncoupled) 1.19.'
    """
    known = {key: value for key, value in (explanation.get("description") or {}).items() if value is not None}
    told = []
    for key, name in DESCRIBED.items():
        if key in known:
            amount = u.distance(known[key], units) if key.endswith("_m") else figures(f"{known[key]:.2f}")
            told.append(
                say("{name} {amount} a day", name=name, amount=amount)
                if key.endswith("ewma_m")
                else f"{name} {amount}"
            )
    return say("For the record, described and not judged: {join}.", join=", ".join(told)) if told else ""


def dates_as_unusual(explanation: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return at how many of the pain-free dates the search found as much, and how many dates there are.

    ``p_any`` counts the onset in: (1 + dates as unusual) / (dates + 1).

    Examples
    --------
    >>> dates_as_unusual({"by_chance": {"p_any": 3 / 77}, "coverage": {"dates": 76}})
    (2, 76)
    """
    dates, p_any = explanation["coverage"].get("dates"), explanation["by_chance"].get("p_any")
    if not dates or p_any is None:
        return None
    return max(0, round(p_any * (dates + 1)) - 1), int(dates)


GROUND_BY = Said(
    {
        "label": "your own word",
        "map": "a map",
        "dirt_distance": "Strava’s dirt distance",
        "sub_sport": "the watch’s profile",
    }
)


def ground_by(counts: Mapping[str, int] | None) -> str:
    """Return who told the ground of the runs, most runs first; empty where nobody did.

    Examples
    --------
    >>> ground_by({"map": 90, "label": 4}), ground_by({}), ground_by(None)
    (', by a map (90) and your own word (4)', '', '')
    """
    told = [f"{GROUND_BY.get(key, key)} ({count:,})" for key, count in (counts or {}).items()]
    if not told:
        return ""
    return say(", by {witnesses}", witnesses=listed(told))


def in_short(verdict: str) -> str:
    """Return what that count means, in one sentence."""
    return {
        "stands_out": say("That is rare in your own running, though chance alone does it now and then."),
        "nothing_unusual": say("What came before this pain is ordinary in your own running."),
        "cannot_tell": say("That is an honest gap, not an all-clear."),
    }[verdict]


def by_chance(explanation: Mapping[str, Any]) -> str:
    """Return how many factors were looked at, and how many chance alone would put forward."""
    chance = explanation["by_chance"]
    if not chance.get("looked_at") or chance.get("expected") is None:
        return ""
    looked, found = chance["looked_at"], chance["found"]
    return say(
        "Taken one by one, {found} of {looked} factors lay beyond 19 in 20 of their own earlier windows; "
        "chance alone would give about {expected}.",
        found=found or say("none"), looked=looked, expected=u.number(chance["expected"], 2),
    )  # fmt: skip


def passed(factor: Mapping[str, Any]) -> str:
    """Return how often a factor was at least as extreme without pain, as a count.

    Examples
    --------
    >>> passed({"as_extreme_before": 0, "controls": 84}), passed({"as_extreme_before": None, "controls": 3})
    ('0 of 84', 'not known')
    """
    if factor.get("as_extreme_before") is None:
        return u.not_known()
    return say(
        "{as_extreme_before} of {controls}",
        as_extreme_before=factor["as_extreme_before"],
        controls=factor["controls"],
    )


def gait(explanation: Mapping[str, Any]) -> str:
    """Return what left/right balance did, as a change from the runner's own usual and never as a cause."""
    found = explanation["gait"]
    if found.get("sentence"):
        return str(found["sentence"])
    least = (
        say("{n} points", n=u.number(found["detectable"], 2))
        if found.get("detectable") is not None
        else say("your own noise")
    )
    if not found.get("changed_on"):
        return say(
            "Up to the onset, no lasting change of your left/right balance larger than your own "
            "day-to-day noise ({least}) was found. What came after the pain is not looked at here.",
            least=least,
        )
    changed = date.fromisoformat(found["changed_on"])
    within = ""
    if found.get("interval"):
        first, last = (date.fromisoformat(day) for day in found["interval"])
        within = say(
            " (nine chances in ten: from {short_day} to {short_day2})",
            short_day=u.short_day(first),
            short_day2=u.short_day(last),
        )
    return say(
        "Since {plain_day}{within} your {side} foot has carried less of the ground contact "
        "than is usual for you, by {number} points of a hundred. A lasting change of {least} "
        "can be told from your own day-to-day noise.",
        plain_day=u.plain_day(changed),
        within=within,
        side=say(found["side"]),
        number=u.number(found["size"], 2),
        least=least,
    )


GAIT_LIMIT = marked(
    "Compared at your usual speed on level ground, within one sensor. A change is not a cause: among 836 "
    "runners, left/right differences did not come before more injuries (Malisoux et al. 2024, grade B)."
)


def answer(explanation: Mapping[str, Any]) -> str:
    """Return the sentence that answers, no date broken over a line; a plain one where the explanation brings none."""
    if explanation.get("answer"):
        months = "|".join(say(month) for month in u.MONTHS)
        return re.sub(rf"\b(\d\d?\.?) ({months})\b", rf"\1{u.NBSP}\2", str(explanation["answer"]))
    onset = u.plain_day(date.fromisoformat(explanation["onset"]), year=False)
    return {
        "stands_out": say("Something in your training before {onset} was unusual for you.", onset=onset),
        "nothing_unusual": say("Nothing in your training before {onset} was unusual for you.", onset=onset),
        "cannot_tell": say(
            "It cannot be told whether anything before {onset} was unusual for you.", onset=onset
        ),
    }[explanation["verdict"]]


def next_steps(verdict: str) -> tuple[str, ...]:
    """Return what to do with the answer."""
    first = {
        "stands_out": say("Take the finding to a clinician or coach as a question, not as the cause."),
        "nothing_unusual": say(
            "Do not go looking for a culprit in the log: ask a clinician about the pain itself."
        ),
        "cannot_tell": say(
            "Import older recordings if there are any (another watch, another account), and ask again."
        ),
    }[verdict]
    return (first, say("Read the signs that cannot wait; they count whatever this page found."))
