"""A cohort's answer as plain text: the document stays English, its sentences are said here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evengait.core.language import Said, figures, marked, say
from evengait.core.reasons import reason_in_words
from evengait.core.spike import STATE_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TITLES = Said({
    "session_spike": "This session against the longest of the 30 days before",
    "week_ratio": "Seven days against the seven before (description)",
    "acwr": "Seven days against the weekly mean of the 21 before (description)",
})  # fmt: skip
MEASURES = Said({"incidence": "incidence", "burden": "burden", "prevalence": "prevalence"})
FILES = Said({"day": "day", "week": "week"}, context="cohort file")
NAMES = Said({
    "published_trees": "published trees", "ridge": "ridge", "boosted": "boosted",
    "ridge_and_boosted": "ridge and boosted", "exertion_yesterday": "exertion yesterday", "total_km": "total km",
    "previous_injury": "previous injury", "exertion": "exertion", "km": "km",
}, context="cohort model")  # fmt: skip
"""Models, baselines and exposures of the prediction table."""
NO_BURDEN = marked("the end is known of fewer than five runners' injuries")
REST = "rest"


def spikes_lines(answer: Mapping[str, Any]) -> Iterator[str]:
    """Return the lines of ``cohort spikes``."""
    yield say(
        "{runners:,} runners, {sessions:,} sessions, {injured} injured.",
        runners=answer["runners"], sessions=answer["sessions"], injured=count(answer["injured"]),
    )  # fmt: skip
    for factor, states in answer["factors"].items():
        yield ""
        yield TITLES[factor]
        for one in states:
            told = say(
                "{sessions:>9} sessions {injuries:>6} injured",
                sessions=count(one["sessions"]), injuries=count(one["injuries"]),
            )  # fmt: skip
            yield f"  {state(one['state']):<12} {told}   {ratio(one)}"
    if answer["cumulative_incidence"]:
        yield ""
        yield say("Injured by day, had nobody left early")
    for one in answer["cumulative_incidence"]:
        low, high = one["interval"]
        told = say(
            "{share:>5.1f}% ({low:.1f}% to {high:.1f}%)",
            share=100 * one["share"],
            low=100 * low,
            high=100 * high,
        )
        yield f"  {one['days']:>4} {told}"
    yield ""
    yield from caveats(answer)


def count(number: int | None) -> str:
    """Return a count in words; one that is not shown is said to be so."""
    return say("hidden") if number is None else figures(f"{number:,}")


def state(name: str) -> str:
    """Return a factor's state in words."""
    return STATE_WORDS.get(name, name)


def ratio(one: Mapping[str, Any]) -> str:
    """Return a state's hazard ratio with its interval, or why there is none."""
    if one["hazard_ratio"] is None or one["interval"] is None:
        return cell(one)
    return say("hazard ratio {value}", value=cell(one))


def cell(one: Mapping[str, Any]) -> str:
    """Return the same where a heading says already that it is a hazard ratio."""
    if one["hazard_ratio"] is None:
        return reason_in_words(str(one["why"]))
    if one["interval"] is None:
        return say("compared with")
    low, high = one["interval"]
    return say("{value:.2f} ({low:.2f} to {high:.2f})", value=one["hazard_ratio"], low=low, high=high)


def caveats(answer: Mapping[str, Any]) -> list[str]:
    """Return what the answer cannot say."""
    return [reason_in_words(one) for one in answer["caveats"]]


def table_lines(answer: Mapping[str, Any]) -> Iterator[str]:
    """Return the lines of ``cohort reproduce``."""
    for approach, one in answer["approaches"].items():
        yield say(
            "The {approach} file: {athletes} athletes, {rows:,} rows, {injuries} injuries",
            approach=FILES[approach], athletes=one["athletes"], rows=one["rows"], injuries=one["injuries"],
        )  # fmt: skip
        again = one["as_published"]
        yield "  " + say(
            "as published: area under the curve {auc:.3f} (the paper: {paper:.3f}), sensitivity {sensitivity:.2f}, "
            "specificity {specificity:.2f}",
            auc=again["auc"], paper=again["auc_in_the_paper"],
            sensitivity=again["sensitivity"], specificity=again["specificity"],
        )  # fmt: skip
        yield "  " + say(
            "honestly, with 95 % intervals: area under the curve, average precision, calibration slope"
        )
        for name, measures in one["honest"].items():
            yield f"    {named(name):<20} " + "   ".join(map(exact, measures.values()))
        yield from _crossover_lines(one["case_crossover"])
        yield ""
    yield from caveats(answer)


def named(name: str) -> str:
    """Return a model, a baseline or an exposure in words."""
    return NAMES.get(name, name.replace("_", " "))


def exact(one: Mapping[str, Any]) -> str:
    """Return a measure with its 95 % interval, to three places."""
    low, high = one["interval"]
    return say("{value:.3f} ({low:.3f} to {high:.3f})", value=one["value"], low=low, high=high)


def _crossover_lines(one: Mapping[str, Any]) -> Iterator[str]:
    yield "  " + say(
        "case-crossover: {cases} injuries, {referents:,} of the athletes' own days beside them",
        cases=one["cases"], referents=one["referents"],
    )  # fmt: skip
    if "why" in one:
        yield "    " + say("no odds ratios: {why}", why=reason_in_words(one["why"]))
    for name, value in one["odds_ratios"].items():
        told = say(
            "{name}, for each own standard deviation: odds ratio {value}",
            name=named(name),
            value=exact(value),
        )
        yield f"    {told}"


def burden_lines(answer: Mapping[str, Any]) -> Iterator[str]:
    """Return the lines of ``cohort report``."""
    yield from _burden(answer)
    if answer["spikes"]:
        yield ""
        yield from spikes_lines(answer["spikes"])
    elif answer["no_spikes_why"]:
        yield say("No session spikes: {why}.", why=reason_in_words(answer["no_spikes_why"]))


def _burden(answer: Mapping[str, Any]) -> Iterator[str]:
    yield say(
        "{runners:,} runners, {hours:,} hours of running, {injuries} injuries.",
        runners=answer["runners"], hours=answer["hours"], injuries=count(answer["injuries"]),
    )  # fmt: skip
    if answer["measures"] is None:
        yield say("Fewer than five runners with an injury: no measure is shown.")
    wide = max(11, *map(len, MEASURES.values()))
    for name, one in (answer["measures"] or {}).items():
        yield f"  {MEASURES[name]:<{wide}} {measured(one)} {unit(one)}"
    if answer["measures"] and "burden" not in answer["measures"]:
        yield f"  {MEASURES['burden']:<{wide}} " + say("cannot tell, because {why}", why=say(NO_BURDEN))
    wide = max([14, *(len(site(one["site"])) for one in answer["sites"])])
    for one in answer["sites"]:
        yield f"  {site(one['site']):<{wide}} {count(one['injuries']):>7}"
    yield ""
    yield from caveats(answer)


def site(name: str) -> str:
    """Return a site in words."""
    return say("all others") if name == REST else say(name.replace("_", " "))


def measured(one: Mapping[str, Any]) -> str:
    """Return a measure with its 95 % interval."""
    low, high = one["interval"]
    return say("{value:.1f} ({low:.1f} to {high:.1f})", value=one["value"], low=low, high=high)


def unit(one: Mapping[str, Any]) -> str:
    """Return a measure's unit in words."""
    return reason_in_words(one["unit"])
