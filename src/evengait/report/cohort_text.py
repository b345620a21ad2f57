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


def spikes_lines(answer: Mapping[str, Any]) -> Iterator[str]:
    """Return the lines of ``cohort spikes``."""
    yield f"{answer['runners']:,} runners, {answer['sessions']:,} sessions, {count(answer['injured'])} injured."
    for factor, states in answer["factors"].items():
        yield ""
        yield TITLES[factor]
        for one in states:
            told = f"{one['sessions']:>9,} sessions {count(one['injuries']):>6} injured"
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
