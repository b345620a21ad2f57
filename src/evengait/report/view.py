"""An explanation turned into what the page shows: every value already in words and in the runner's units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from evengait.core import units as u
from evengait.core.language import Said, say
from evengait.report import words

if TYPE_CHECKING:
    from collections.abc import Mapping

COVERED = Said(
    {
        "shoe": "Shoe named",
        "surface": "Ground known",
        "elevation": "Climb known",
        "balance": "Left/right measured",
    }
)
MOST_SQUARES = 400
FEW_SOURCES = 6
"""Sources that are printed all; of more, paper gets those behind what stood out."""


@dataclass(frozen=True)
class FactorView:
    """One judged factor, in words."""

    id: str
    label: str
    value: str
    usual: str
    window: str
    passed: str
    sentence: str
    stands_out: bool
    sources: tuple[int, ...]


@dataclass(frozen=True)
class SourceView:
    """One publication and the number used, with how good it is and how far it was checked.

    ``leading`` ones stand behind what stood out, or are few enough to be printed all.
    """

    number: int
    claim: str
    source: str
    doi: str | None
    grade: str
    level: str
    verified: bool
    leading: bool


@dataclass(frozen=True)
class Unjudged:
    """Factors that share the reason why they could not be judged."""

    reason: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Squares:
    """A count as squares: ``filled`` of ``total``; ``about`` where the true total is larger than can be drawn."""

    filled: int
    total: int
    about: bool
    label: str


def factor_views(explanation: Mapping[str, Any], units: u.Units) -> list[FactorView]:
    """Return the factors that could be judged, ranked as given."""
    numbers = {source["id"]: i for i, source in enumerate(_sources(explanation), start=1)}
    return [
        _factor(f, units, numbers)
        for f in explanation["factors"]
        if not f.get("missing") and f["value"] is not None
    ]


def _factor(factor: Mapping[str, Any], units: u.Units, numbers: Mapping[str, int]) -> FactorView:
    height = bool(factor.get("height"))
    low, high = factor.get("usual_range") or (None, None)
    window = ""
    if factor.get("window"):
        first, last = (date.fromisoformat(day) for day in factor["window"])
        window = u.day_span(first, last)
    return FactorView(
        id=factor["id"],
        label=label(factor),
        value=u.quantity(factor["value"], factor["unit"], units, height=height),
        usual=u.quantity_range(low, high, factor["unit"], units, height=height),
        window=window,
        passed=words.passed(factor),
        sentence=factor.get("sentence") or "",
        stands_out=bool(factor["stands_out"]),
        sources=tuple(numbers[key] for key in factor.get("evidence") or [] if key in numbers),
    )


def label(factor: Mapping[str, Any]) -> str:
    """Return a factor's name for people; from its id where it brings none.

    Examples
    --------
    >>> label({"id": "week_rise"})
    'Week rise'
    """
    return str(factor.get("label") or factor["id"].replace("_", " ").capitalize())


def unjudged(explanation: Mapping[str, Any]) -> list[Unjudged]:
    """Return what could not be judged, gathered by reason in the order met."""
    found: dict[str, list[str]] = {}
    for factor in explanation["factors"]:
        if factor.get("missing") or factor["value"] is None:
            reason = factor.get("missing") or say("No value is known for the window before the onset.")
            found.setdefault(reason, []).append(label(factor))
    every = len(explanation["factors"])
    if every > 1 and len(found) == 1 and len(next(iter(found.values()))) == every:
        return [Unjudged(next(iter(found)), (say("All {every} factors", every=every),))]
    return [Unjudged(reason, tuple(labels)) for reason, labels in found.items()]


def _sources(explanation: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    behind: dict[bool, set[str]] = {True: set(), False: set()}
    for factor in explanation["factors"]:
        behind[bool(factor.get("missing"))].update(factor.get("evidence") or [])
    unused = behind[True] - behind[False]
    return [source for source in explanation.get("sources") or [] if source["id"] not in unused]


def source_views(explanation: Mapping[str, Any]) -> list[SourceView]:
    """Return the sources of the factors that could be judged, in their own order, numbered from 1."""
    sources = _sources(explanation)
    behind = {key for f in explanation["factors"] if f["stands_out"] for key in f.get("evidence") or []}
    return [
        SourceView(
            number=i,
            claim=(source.get("says") or source["claim"]).rstrip("."),
            source=source["source"],
            doi=source.get("doi") or None,
            grade=source["grade"],
            level=words.LEVELS.get(source["level"], source["level"]),
            verified=bool(source["verified"]),
            leading=source["id"] in behind or len(sources) <= FEW_SOURCES,
        )
        for i, source in enumerate(sources, start=1)
    ]


def questions(explanation: Mapping[str, Any]) -> list[str]:
    """Return what to ask a clinician or coach about, most unusual factor first, each once."""
    out = (f for f in explanation["factors"] if f["stands_out"] and not f.get("missing"))
    asked = dict.fromkeys(f["question"] for f in out if f.get("question"))
    return [
        say("Ask {value}", value=text) if text.startswith(("whether", "about", "if ")) else text
        for text in asked
    ]


def squares(explanation: Mapping[str, Any]) -> Squares | None:
    """Return the count beside the answer: unusual dates among all, or windows there are among those needed.

    Examples
    --------
    >>> squares({"verdict": "stands_out", "by_chance": {"p_any": 0.03}, "coverage": {"controls": 84}})
    Squares(filled=3, total=100, about=True, label='about 3 in 100 pain-free dates')
    """
    if explanation["verdict"] == "cannot_tell":
        have = explanation["coverage"].get("controls") or 0
        if have >= words.FEWEST_CONTROLS:
            return None
        told = say(
            "{have} of the {fewest_controls} earlier windows it takes",
            have=have,
            fewest_controls=words.FEWEST_CONTROLS,
        )
        return Squares(have, words.FEWEST_CONTROLS, about=False, label=told)
    chance = explanation["by_chance"]
    if chance.get("p_any") is None:
        return None
    counted = words.dates_as_unusual(explanation)
    if counted is not None and counted[1] <= MOST_SQUARES:
        return Squares(
            *counted,
            about=False,
            label=say("{counted} of {counted2} pain-free dates", counted=counted[0], counted2=counted[1]),
        )
    filled = round(100 * chance["p_any"])
    return Squares(filled, 100, about=True, label=say("about {filled} in 100 pain-free dates", filled=filled))


def coverage(explanation: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what the archive holds, as pairs of name and value."""
    held = explanation["coverage"]
    pairs = []
    if held.get("first") and held.get("last"):
        first, last = (date.fromisoformat(held[key]) for key in ("first", "last"))
        pairs.append((say("Archive"), u.day_span(first, last)))
    pairs.append((say("Runs up to the pain"), u.number(held.get("sessions"), 6)))
    shares = held.get("share_with") or {}
    by = words.ground_by(held.get("surface_by"))
    pairs += [
        (name, say("{share} of runs", share=u.share(shares[key])) + (by if key == "surface" else ""))
        for key, name in COVERED.items()
        if shares.get(key) is not None
    ]
    return pairs
