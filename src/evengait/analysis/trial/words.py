"""A judgement in words: one sentence of verdict, why, and what the answer cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.language import figures, say, spoken

if TYPE_CHECKING:
    from evengait.analysis.trial.verdict import Judgement
    from evengait.core.trial import TrialRules

TOO_ALIKE = 0.8
"""Share of days kept to as drawn, below which it is said that the comparison is of what was drawn."""
LEADING = 0.5
"""Points by which the day before was worse, from which it is said that pain may have chosen the day."""


def points(value: float) -> str:
    """Return a number of points for people.

    Examples
    --------
    >>> points(1.0), points(2.34), points(-0.04)
    ('1 point', '2.3 points', '0 points')
    """
    said = f"{abs(value) if abs(value) < 0.05 else value:.1f}".removesuffix(".0")
    return say("{n} point", n=figures(said)) if said in {"1", "-1"} else say("{n} points", n=figures(said))


def change(value: float) -> str:
    """Return a change in words: less pain, more pain.

    Examples
    --------
    >>> change(-2.3), change(0.4), change(0.0)
    ('2.3 points less', '0.4 points more', '0 points less')
    """
    return (
        say("{points} more", points=points(abs(value)))
        if value >= 0.05
        else say("{points} less", points=points(abs(value)))
    )


def why(told: Judgement, rules: TrialRules, treatment: str = "it") -> str:
    """Return the verdict's reason in one or two sentences."""
    if told.fit is None or told.interval is None or told.bar is None:
        return _lack(told, rules)
    low, high = told.interval
    share = f"{rules.interval_share:.0%}".replace("%", " %")
    found = say(
        "Pain was {change} on days with {treatment} ({share} interval: {change2} to "
        "{change3}); {points} count as a real change.",
        change=change(told.fit.estimate),
        treatment=treatment,
        share=share,
        change2=change(low),
        change3=change(high),
        points=points(told.bar),
    )
    if told.verdict == "not_enough_data":
        begun = found[0].lower() + found[1:] if spoken() == "en" else found
        return say("{lack} So far: {found}", lack=_lack(told, rules), found=begun)
    if told.verdict == "no_reliable_change" and not low <= 0 <= high:
        word = say("less") if high < 0 else say("more")
        open_question = max(abs(low), abs(high)) >= told.bar
        if open_question:
            return say("{found} It is {word}, but perhaps not by what people notice.", found=found, word=word)
        return say("{found} It is {word}, but not by what people notice.", found=found, word=word)
    return found


def _lack(told: Judgement, rules: TrialRules) -> str:
    if told.lack == "missing":
        most = f"{rules.most_missing_share:.0%}".replace("%", " %")
        return say(
            "More than {most} of the days are missing: those that are left may be the odd ones.", most=most
        )
    if told.lack == "one_sided":
        return say("There are no usable days of one sort: nothing can be compared.")
    if told.lack == "short":
        return say(
            "It takes at least {fewest_days_each} usable days with and as many without.",
            fewest_days_each=rules.fewest_days_each,
        )
    return say("The pain swings too much by itself for so few days.")


def more(told: Judgement, rules: TrialRules) -> str:
    """Return what the days that are still to come would do; empty where the verdict stands."""
    if told.verdict != "not_enough_data":
        return ""
    if told.days_more is None:
        return say(
            "Even {most_days} days in all would hardly show a change that counts. A treatment "
            "with a larger effect, or a calmer spell, would.",
            most_days=rules.most_days,
        )
    return say(
        "About {days_more} days more, in turns with and without, should tell.", days_more=told.days_more
    )


def caveats(told: Judgement, rules: TrialRules, *, drawn: bool) -> list[str]:
    """Return what the answer cannot say, most serious first."""
    said = []
    if told.near_worst:
        said.append(
            say(
                "It began within {near_worst_days} days of the worst pain. Pain at its worst mostly "
                "eases by itself (regression to the mean), so part of the change may have come anyway.",
                near_worst_days=rules.near_worst_days,
            )
        )
    if not drawn:
        said += _chosen(told)
    if told.kept_to is not None and told.kept_to < TOO_ALIKE:
        said.append(
            say(
                "On {value:.0%} of days something else was done than was drawn. Days are compared as "
                "drawn, which makes a true effect look smaller.",
                value=1 - told.kept_to,
            ).replace("%", " %", 1)
        )
    untreated = told.levels.get("untreated")
    if told.bar is not None and untreated is not None and untreated < told.bar:
        said.append(
            say(
                "Pain without it is {points} on average: a change that counts has no room. Another "
                "question, such as how far you can run, would tell more.",
                points=points(untreated),
            )
        )
    if told.lack not in {"missing", "one_sided"} and told.fit and told.fit.autocorrelation > 0.3:
        said.append(
            say(
                "Each day resembles the day before, so many days tell less than their number; the interval "
                "counts that in."
            )
        )
    if told.fit and "load_day_before" not in told.terms:
        said.append(say("What was run is not known for most days, so it could not be taken into account."))
    said.append(
        say(
            "You knew when it was on. What one expects changes what one feels, and no diary can tell the two apart."
        )
    )
    return said


def _chosen(told: Judgement) -> list[str]:
    cost = say(
        "Nobody drew the days: whatever made you take it up or leave it may also have changed the pain"
    )
    mine, drawn = told.detectable, told.drawn_detectable
    if mine is not None and drawn is not None and mine > 1.1 * drawn:
        cost += say(
            "; and they lie so that only {points} would show, where as many days in drawn blocks "
            "show {points2}",
            points=points(mine),
            points2=points(drawn),
        )
    said = [say("{cost}. A trial in drawn blocks can tell.", cost=cost)]
    if told.leading_pain is not None and abs(told.leading_pain) >= LEADING:
        said.append(
            say(
                "The day before you took it up, pain was {change} than on other days without it: the "
                "pain seems to have chosen the days.",
                change=change(told.leading_pain),
            )
        )
    return said
