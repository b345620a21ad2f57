"""A cohort's answer as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TITLES = {
    "session_spike": "This session against the longest of the 30 days before",
    "week_ratio": "Seven days against the seven before (description)",
    "acwr": "Seven days against the weekly mean of the 21 before (description)",
}
NO_BURDEN = "the end is known of fewer than five runners' injuries"


def spikes_lines(answer: Mapping[str, Any]) -> Iterator[str]:
    """Return the lines of ``cohort spikes``."""
    yield f"{answer['runners']:,} runners, {answer['sessions']:,} sessions, {count(answer['injured'])} injured."
    for factor, states in answer["factors"].items():
        yield ""
        yield TITLES[factor]
        for one in states:
            told = f"{count(one['sessions']):>9} sessions {count(one['injuries']):>6} injured"
            yield f"  {one['state']:<12} {told}   {ratio(one)}"
    if answer["cumulative_incidence"]:
        yield ""
        yield "Injured by day, had nobody left early"
    for one in answer["cumulative_incidence"]:
        yield f"  {one['days']:>4} {one['share']:>6.1%} ({one['interval'][0]:.1%} to {one['interval'][1]:.1%})"
    yield ""
    yield from answer["caveats"]


def count(number: int | None) -> str:
    """Return a count in words; one that is not shown is said to be so."""
    return "hidden" if number is None else f"{number:,}"


def ratio(one: Mapping[str, Any]) -> str:
    """Return a state's hazard ratio with its interval, or why there is none."""
    if one["hazard_ratio"] is None:
        return str(one["why"])
    if one["interval"] is None:
        return "compared with"
    low, high = one["interval"]
    return f"hazard ratio {one['hazard_ratio']:.2f} ({low:.2f} to {high:.2f})"


def table_lines(answer: Mapping[str, Any]) -> Iterator[str]:
    """Return the lines of ``cohort reproduce``."""
    for approach, one in answer["approaches"].items():
        yield f"The {approach} file: {one['athletes']} athletes, {one['rows']:,} rows, {one['injuries']} injuries"
        again = one["as_published"]
        yield (
            f"  as published: area under the curve {again['auc']:.3f} (the paper: {again['auc_in_the_paper']:.3f}), "
            f"sensitivity {again['sensitivity']:.2f}, specificity {again['specificity']:.2f}"
        )
        yield "  honestly, with 95 % intervals: area under the curve, average precision, calibration slope"
        for name, measures in one["honest"].items():
            yield f"    {name.replace('_', ' '):<20} " + "   ".join(map(exact, measures.values()))
        yield from _crossover_lines(one["case_crossover"])
        yield ""
    yield from answer["caveats"]


def exact(one: Mapping[str, Any]) -> str:
    """Return a measure with its 95 % interval, to three places."""
    low, high = one["interval"]
    return f"{one['value']:.3f} ({low:.3f} to {high:.3f})"


def _crossover_lines(one: Mapping[str, Any]) -> Iterator[str]:
    yield f"  case-crossover: {one['cases']} injuries, {one['referents']:,} of the athletes' own days beside them"
    if "why" in one:
        yield f"    no odds ratios: {one['why']}"
    for name, value in one["odds_ratios"].items():
        yield f"    {name}, for each own standard deviation: odds ratio {exact(value)}"


def burden_lines(answer: Mapping[str, Any]) -> Iterator[str]:
    """Return the lines of ``cohort report``."""
    yield from _burden(answer)
    if answer["spikes"]:
        yield ""
        yield from spikes_lines(answer["spikes"])
    elif answer["no_spikes_why"]:
        yield f"No session spikes: {answer['no_spikes_why']}."


def _burden(answer: Mapping[str, Any]) -> Iterator[str]:
    yield f"{answer['runners']:,} runners, {answer['hours']:,} hours of running, {count(answer['injuries'])} injuries."
    if answer["measures"] is None:
        yield "Fewer than five runners with an injury: no measure is shown."
    for name, one in (answer["measures"] or {}).items():
        yield f"  {name:<11} {measured(one)} {one['unit']}"
    if answer["measures"] and "burden" not in answer["measures"]:
        yield f"  burden      cannot tell, because {NO_BURDEN}"
    for one in answer["sites"]:
        yield f"  {site(one['site']):<14} {one['injuries']:>7,}"
    yield ""
    yield from answer["caveats"]


def site(name: str) -> str:
    """Return a site in words."""
    return "all others" if name == "rest" else name.replace("_", " ")


def measured(one: Mapping[str, Any]) -> str:
    """Return a measure with its 95 % interval."""
    low, high = one["interval"]
    return f"{one['value']:.1f} ({low:.1f} to {high:.1f})"
