"""A self-trial for people: the answer as a page and in the terminal, and the page to agree to before it starts."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from evengait.core import units as u
from evengait.core.language import Said, marked, say, say_many
from evengait.report import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

VERDICTS = Said(
    {
        "helped": "It helped",
        "no_reliable_change": "No reliable change",
        "worse": "It was worse with it",
        "not_enough_data": "Not enough days yet",
    }
)
BY_CHANCE = marked("Were it of no use, {p} of 100 ways to draw the blocks would still show as much or more.")


def headline(answer: Mapping[str, Any]) -> str:
    """Return the verdict in one sentence.

    Examples
    --------
    >>> headline({"verdict": "helped", "treatment": "belt", "effect": -2.4, "days_more": 0})
    'Pain was 2.4 points less with the belt: more than chance, and as much as counts.'
    >>> headline({"verdict": "not_enough_data", "treatment": "it", "effect": None, "days_more": 12})
    'Not enough days yet: about 12 more.'
    """
    name = named(answer["treatment"])
    if answer["verdict"] == "not_enough_data":
        more = answer["days_more"]
        return (
            say("Not enough days yet: about {more} more.", more=more)
            if more
            else say("These days cannot tell.")
        )
    if answer["verdict"] == "no_reliable_change":
        return say("No change with {name} that could be relied on.", name=name)
    n = abs(answer["effect"])
    size = say("{n:.1f} points less", n=n) if answer["effect"] < 0 else say("{n:.1f} points more", n=n)
    return say("Pain was {size} with {name}: more than chance, and as much as counts.", size=size, name=name)


KNOWN = (
    marked("belt"), marked("SI belt"), marked("tape"), marked("insole"), marked("insoles"), marked("brace"),
    marked("bird dog"), marked("dead bug"), marked("side plank"), marked("hip mobility"), marked("core exercises"),
    marked("strength work"), marked("calf raises"), marked("foam rolling"), marked("massage"), marked("stretching"),
    marked("heat"), marked("ice"), marked("rest"), marked("new shoes"), marked("physio"), marked("taping"),
)  # fmt: skip
"""What is tried most, for the catalogue; anything else is said as the runner named it."""


_CAPITALS = re.compile(r"\b(?:itb|kt|si|tens|it(?= band\b))\b")
_DIFFERENCE = Said({"change": "Change"}, context="what was found")
_UNNAMED = Said({"it": "it"}, context="what is tried, after with")


def named(treatment: str) -> str:
    """Return what is tried as it stands in a sentence.

    Examples
    --------
    >>> named("belt"), named("it"), named("si_belt"), named("si belt")
    ('the belt', 'it', 'the SI belt', 'the SI belt')
    """
    return _UNNAMED["it"] if treatment == "it" else say("the {name}", name=plainly(treatment))


def plainly(treatment: str) -> str:
    """Return what is tried without an article.

    Examples
    --------
    >>> plainly("si_belt"), plainly("bird_dog")
    ('SI belt', 'bird dog')
    """
    return say(spelled(treatment))


def spelled(treatment: str) -> str:
    """Return what is tried as English writes it, to be kept; whoever shows it says it.

    Examples
    --------
    >>> spelled("si_belt"), spelled("KT tape"), spelled("it_band_roller")
    ('SI belt', 'KT tape', 'IT band roller')
    """
    return _CAPITALS.sub(lambda word: word[0].upper(), " ".join(treatment.replace("_", " ").split()))


def figures(answer: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what was found as pairs of name and value; what could not be found is left out."""
    found = [
        (say("Days"), say("{days}, of which {usable} count", days=answer["days"], usable=answer["usable"]))
    ]
    if answer["missing_days"]:
        found.append((say("Days missing"), str(answer["missing_days"])))
    for key, name in (("untreated", say("Pain without it")), ("treated", say("Pain with it"))):
        level = answer["bands"][key][0] if key in answer["bands"] else answer["levels"][key]
        if level is not None:
            found.append((name, say("{n:.1f}", n=max(level, 0.0))))
    if answer["interval90"]:
        low, high = answer["interval90"]
        found += [
            (_DIFFERENCE["change"], say("{n:+.1f} points", n=answer["effect"]).replace("-", "−")),
            (say("90 % interval"), say("{low:+.1f} to {high:+.1f}", low=low, high=high).replace("-", "−")),
            (say("Counts as a change"), say("{n:.1f} points", n=answer["counts_as_change"])),
            (
                say("A day resembles the day before"),
                say("{n:.2f}", n=answer["autocorrelation"]).replace("-", "−"),
            ),
        ]
    if answer["detectable"] is not None:
        found.append(
            (
                say("These days would show"),
                say("{detectable:.1f} points, four times in five", detectable=answer["detectable"]),
            )
        )
    if answer["randomisation"]:
        test = answer["randomisation"]
        found.append(
            (
                say("Randomisation test"),
                say("p = {p:.2f}, {orders:,} orders", p=test["p"], orders=test["orders"]),
            )
        )
    return found


def by_chance(answer: Mapping[str, Any]) -> str:
    """Return what the randomisation test says in a sentence; empty where the blocks were not drawn."""
    test = answer["randomisation"]
    return say(BY_CHANCE, p=round(100 * test["p"])) if test else ""


def review(answer: Mapping[str, Any]) -> str:
    """Return how far the rules were reviewed."""
    rules = answer["rules"]
    who = (
        say("Reviewed by {join}.", join=", ".join(rules["reviewed_by"]))
        if rules["reviewed_by"]
        else say("Not reviewed by a clinician.")
    )
    return say("Rules of {version}. {who}", version=rules["version"], who=who)


def pictures(answer: Mapping[str, Any]) -> dict[str, Markup]:
    """Return the diary's picture for a wide and for a narrow page."""
    from evengait.charts.trial import trial
    from evengait.report.pictures import framed

    levels = answer["levels"]
    words = {
        "treated": say("Pain with it: {mean:.1f} on average.", mean=levels["treated"] or 0.0),
        "untreated": say("Pain without it: {mean:.1f} on average.", mean=levels["untreated"] or 0.0),
    }
    said = say("A dot for each day on the scale from 0 to 10. ") + " ".join(
        words[key] for key in ("treated", "untreated") if levels[key] is not None
    )
    return {
        key: framed(
            trial(answer, compact=key == "narrow"), f"trial-{key}", say("Pain by day, with and without"), said
        )
        for key in ("wide", "narrow")
    }


def render_trial(answer: Mapping[str, Any], *, generated: date) -> str:
    """Return the answer as one self-contained page.

    Parameters
    ----------
    answer : mapping
        As ``trial analyse --json`` prints it.
    generated : date
        The day the page is made.
    """
    from evengait.report.page import render_page

    return render_page("trial.html", heading="h1", generated=u.plain_day(generated), **_shown(answer))


def render_trial_body(answer: Mapping[str, Any], *, heading: str = "h2") -> str:
    """Return the answer as sections to be put into another page, which has the stylesheet.

    Parameters
    ----------
    heading : str
        The element of the answer itself.
    """
    from evengait.report.page import page_template

    return page_template("trial_body.html").render(heading=heading, **_shown(answer))


def _shown(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "answer": answer,
        "headline": headline(answer),
        "state": VERDICTS[answer["verdict"]],
        "span": u.day_span(date.fromisoformat(answer["first"]), date.fromisoformat(answer["last"])),
        "figures": figures(answer),
        "by_chance": by_chance(answer),
        "picture": pictures(answer),
        "review": review(answer),
        "grades": words.GRADES,
        "not_a_diagnosis": say(words.NOT_A_DIAGNOSIS),
    }


def render_agreement(design: Mapping[str, Any], *, generated: date) -> str:
    """Return the plain page to read and to agree to before a trial starts.

    Parameters
    ----------
    design : mapping
        As ``trial design --json`` prints it.
    """
    from evengait.report.page import render_page

    return render_page(
        "trial_agreement.html",
        design=design,
        name=named(design["treatment"]),
        first=u.long_day(date.fromisoformat(design["start"])),
        last=u.long_day(date.fromisoformat(design["end"])),
        spans=spans(design),
        review=review(design),
        grades=words.GRADES,
        not_a_diagnosis=say(words.NOT_A_DIAGNOSIS),
        generated=u.plain_day(generated),
    )


def spans(design: Mapping[str, Any]) -> list[tuple[str, str, bool | None]]:
    """Return the blocks as dates, days and with, without, or None for the baseline."""
    found: list[tuple[str, str, bool | None]] = []
    if design["baseline_days"]:
        first = date.fromisoformat(design["start"])
        last = date.fromordinal(first.toordinal() + design["baseline_days"] - 1)
        found.append(
            (u.day_span(first, last), say_many("{n} day", "{n} days", design["baseline_days"]), None)
        )
    for block in design["blocks"]:
        first, last = date.fromisoformat(block["first"]), date.fromisoformat(block["last"])
        found.append(
            (
                u.day_span(first, last),
                say_many("{n} day", "{n} days", (last - first).days + 1),
                block["treated"],
            )
        )
    return found
