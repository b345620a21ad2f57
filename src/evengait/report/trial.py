"""A self-trial for people: the answer as a page and in the terminal, and the page to agree to before it starts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from evengait.core import units as u
from evengait.report import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

VERDICTS = {
    "helped": "It helped",
    "no_reliable_change": "No reliable change",
    "worse": "It was worse with it",
    "not_enough_data": "Not enough days yet",
}
BY_CHANCE = "Were it of no use, {p} of 100 ways to draw the blocks would still show as much or more."


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
        return f"Not enough days yet: about {more} more." if more else "These days cannot tell."
    if answer["verdict"] == "no_reliable_change":
        return f"No change with {name} that could be relied on."
    size = f"{abs(answer['effect']):.1f} points {'less' if answer['effect'] < 0 else 'more'}"
    return f"Pain was {size} with {name}: more than chance, and as much as counts."


def named(treatment: str) -> str:
    """Return what is tried as it stands in a sentence.

    Examples
    --------
    >>> named("belt"), named("it"), named("si_belt")
    ('the belt', 'it', 'the SI belt')
    """
    words = ("SI" if word == "si" else word for word in treatment.split("_"))
    return treatment if treatment == "it" else f"the {' '.join(words)}"


def figures(answer: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what was found as pairs of name and value; what could not be found is left out."""
    found = [("Days", f"{answer['days']}, of which {answer['usable']} count")]
    if answer["missing_days"]:
        found.append(("Days missing", str(answer["missing_days"])))
    for key, name in (("untreated", "Pain without it"), ("treated", "Pain with it")):
        level = answer["bands"][key][0] if key in answer["bands"] else answer["levels"][key]
        if level is not None:
            found.append((name, f"{max(level, 0.0):.1f}"))
    if answer["interval90"]:
        low, high = answer["interval90"]
        found += [
            ("Change", f"{answer['effect']:+.1f} points".replace("-", "−")),
            ("90 % interval", f"{low:+.1f} to {high:+.1f}".replace("-", "−")),
            ("Counts as a change", f"{answer['counts_as_change']:.1f} points"),
            ("A day resembles the day before", f"{answer['autocorrelation']:.2f}".replace("-", "−")),
        ]
    if answer["detectable"] is not None:
        found.append(("These days would show", f"{answer['detectable']:.1f} points, four times in five"))
    if answer["randomisation"]:
        test = answer["randomisation"]
        found.append(("Randomisation test", f"p = {test['p']:.2f}, {test['orders']:,} orders"))
    return found


def by_chance(answer: Mapping[str, Any]) -> str:
    """Return what the randomisation test says in a sentence; empty where the blocks were not drawn."""
    test = answer["randomisation"]
    return BY_CHANCE.format(p=round(100 * test["p"])) if test else ""


def review(answer: Mapping[str, Any]) -> str:
    """Return how far the rules were reviewed."""
    rules = answer["rules"]
    who = (
        f"Reviewed by {', '.join(rules['reviewed_by'])}."
        if rules["reviewed_by"]
        else "Not reviewed by a clinician."
    )
    return f"Rules of {rules['version']}. {who}"


def pictures(answer: Mapping[str, Any]) -> dict[str, Markup]:
    """Return the diary's picture for a wide and for a narrow page."""
    from evengait.charts.trial import trial
    from evengait.report.pictures import framed

    levels = answer["levels"]
    said = "A dot for each day on the scale from 0 to 10. " + " ".join(
        f"Pain {word} it: {levels[key]:.1f} on average."
        for key, word in (("treated", "with"), ("untreated", "without"))
        if levels[key] is not None
    )
    return {
        key: framed(
            trial(answer, compact=key == "narrow"), f"trial-{key}", "Pain by day, with and without", said
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
        "not_a_diagnosis": words.NOT_A_DIAGNOSIS,
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
        not_a_diagnosis=words.NOT_A_DIAGNOSIS,
        generated=u.plain_day(generated),
    )


def spans(design: Mapping[str, Any]) -> list[tuple[str, str, bool | None]]:
    """Return the blocks as dates, days and with, without, or None for the baseline."""
    found: list[tuple[str, str, bool | None]] = []
    if design["baseline_days"]:
        first = date.fromisoformat(design["start"])
        last = date.fromordinal(first.toordinal() + design["baseline_days"] - 1)
        found.append((u.day_span(first, last), f"{design['baseline_days']} days", None))
    for block in design["blocks"]:
        first, last = date.fromisoformat(block["first"]), date.fromisoformat(block["last"])
        found.append((u.day_span(first, last), f"{(last - first).days + 1} days", block["treated"]))
    return found
