"""Which recordings belong together: the same answer whatever order they came in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.analysis.same_run.agreement import Match, cut_copy, match

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from evengait.core.same_run import Brief, Limits

Pairs = dict[tuple[str, str], Match]


@dataclass(frozen=True, eq=False)
class Together:
    """Recordings of one run.

    Attributes
    ----------
    anchor : Brief
        The one that covers the run.
    others : tuple of (Brief, shift)
        What to add to their instants to get the anchor's, in microseconds.
    """

    anchor: Brief
    others: tuple[tuple[Brief, int], ...] = ()


def neighbours(briefs: Sequence[Brief], limits: Limits) -> Pairs:
    """Return every two recordings that are of one run, by their identifiers in order of the alphabet.

    Parameters
    ----------
    briefs : sequence of Brief
    limits : Limits
    """
    by_start = sorted(briefs, key=_order)
    found: Pairs = {}
    reach_us = int(limits.copy_shift_s * 1e6)
    for place, one in enumerate(by_start):
        for other in by_start[place + 1 :]:
            if other.start_us > max(one.end_us, one.start_us + reach_us):
                break
            pair = min(one, other, key=_name), max(one, other, key=_name)
            same = match(*pair, limits)
            if same is not None:
                found[pair[0].recording, pair[1].recording] = same
    return found


def groups(briefs: Iterable[Brief], limits: Limits) -> list[Together]:
    """Return the recordings, those of one run together.

    The longest recording of a run is its anchor; another belongs to it where the two match, so that two runs never
    come together by way of a third recording. One that goes on over a long rest between two others is no anchor. What a
    file that was cut short holds goes where its whole copy goes.

    Parameters
    ----------
    briefs : iterable of Brief
    limits : Limits

    Returns
    -------
    list of Together
        By start; each recording is in one of them.

    Examples
    --------
    >>> from evengait.core.same_run import Brief
    >>> from evengait.knowledge.same_run import same_run_limits
    >>> made = [Brief(name, 0, end, "running", 1, frozenset()) for name, end in (("a", 90), ("b", 100))]
    >>> [(one.anchor.recording, len(one.others)) for one in groups(made, same_run_limits())]
    [('b', 1)]
    """
    known = {brief.recording: brief for brief in briefs}
    pairs = neighbours(list(known.values()), limits)
    near: dict[str, dict[str, Match]] = {name: {} for name in known}
    for (one, other), same in pairs.items():
        near[one][other] = same
        near[other][one] = Match(same.how, -same.shift_us, same.common_us)
    forgotten = {name for name in known if _goes_on(known[name], near[name], known, limits)}
    anchors: list[str] = []
    members: dict[str, list[tuple[Brief, int]]] = {}
    home: dict[str, str] = {}
    longest_first = sorted(known.values(), key=lambda brief: (brief.start_us - brief.end_us, _order(brief)))
    for brief in sorted(longest_first, key=lambda brief: brief.recording in forgotten):
        fits = [name for name in anchors if name in near[brief.recording]]
        whole = None if fits else _whole_copy(brief, near[brief.recording], known, home, limits)
        if whole is not None:
            shifts = {one.recording: shift for one, shift in members[home[whole]]}
            members[home[whole]].append((brief, shifts.get(whole, 0)))
            home[brief.recording] = home[whole]
            continue
        if not fits:
            home[brief.recording] = brief.recording
            anchors.append(brief.recording)
            members[brief.recording] = []
            continue
        best = min(fits, key=lambda name: (-near[brief.recording][name].common_us, _order(known[name])))
        members[best].append((brief, near[best][brief.recording].shift_us))
        home[brief.recording] = best
    found = [
        Together(known[name], tuple(sorted(members[name], key=lambda pair: _order(pair[0]))))
        for name in anchors
    ]
    return sorted(found, key=lambda one: _order(one.anchor))


def _whole_copy(
    brief: Brief,
    near: Mapping[str, Match],
    known: Mapping[str, Brief],
    home: Mapping[str, str],
    limits: Limits,
) -> str | None:
    """Return the recording, in a group already, whose beginning this one is."""
    fits = [name for name in near if name in home and cut_copy(brief, known[name], limits)]
    return min(fits, key=lambda name: _order(known[name]), default=None)


def _goes_on(brief: Brief, near: Mapping[str, Match], known: Mapping[str, Brief], limits: Limits) -> bool:
    """Tell whether a recording goes on over a long rest between two others that lie in it."""
    parts = sorted(
        (known[name].start_us + same.shift_us, known[name].end_us + same.shift_us)
        for name, same in near.items()
        if known[name].end_us - known[name].start_us < brief.end_us - brief.start_us
    )
    end = None
    for start, stop in parts:
        if end is not None and start - end > limits.rest_between_runs_s * 1e6:
            return True
        end = stop if end is None else max(end, stop)
    return False


def _name(brief: Brief) -> str:
    return brief.recording


def _order(brief: Brief) -> tuple[int, int, str]:
    return brief.start_us, brief.end_us, brief.recording
