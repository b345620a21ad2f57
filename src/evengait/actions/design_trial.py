"""Design a self-trial: how many days it takes for this runner, and the blocks, drawn at random."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from evengait.analysis.trial.noise import Noise, noise_of, planning_noise
from evengait.analysis.trial.power import lengths, shortest
from evengait.analysis.trial.schedule import draw_schedule
from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.core.unknown import Unknown
from evengait.knowledge import evidence, trial_rules

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from evengait.core.trial import Schedule, TrialDay

USUAL_LEVEL = 5.0
"""Pain that the change which counts is worked out from where the diary tells none: the middle of the scale."""
MISSED_SHARE = 0.1
"""Days that a careful runner still misses."""


def design_trial(
    treatment: str,
    kind: str,
    start: date,
    diary: Sequence[TrialDay] = (),
    *,
    seed: int | None = None,
    matters: float | None = None,
    days: int | None = None,
) -> tuple[Schedule, dict[str, Any]]:
    """Return a schedule and the document that explains it.

    Parameters
    ----------
    treatment : str
        Id of what is tried, as the diary names it.
    kind : str
        Id of its kind in ``knowledge/trial``.
    start : date
        First day.
    diary : sequence of TrialDay
        Days so far: their noise decides how long it takes. With too few a usual noise does, and a baseline comes first.
    seed : int, optional
        From which the blocks are drawn; without it a new one.
    matters : float, optional
        The change, in points, that would matter to this runner; never smaller than the change that counts.
    days : int, optional
        Days of the blocks, rounded up to whole pairs; without it as many as the change asks for.

    Raises
    ------
    UsageError
        The kind is not known, or ``matters`` is not a change the scale can show.
    """
    rules = trial_rules()
    sort = rules.kind(kind)
    own = noise_of([day for day in diary if day.date < start], rules)
    noise = planning_noise(rules) if isinstance(own, Unknown) else own
    bar = rules.bar(noise.level if noise.level is not None else USUAL_LEVEL)
    change = max(bar, matters or 0.0)
    if matters is not None and not 0 < matters <= 10:
        raise UsageError("A change that matters lies between 0 and 10 points. Choose another.")
    every = lengths(kind, noise, rules, missing_share=MISSED_SHARE)
    found = shortest(every, change)
    wanted = found or every[-1]
    if days is not None:
        pairs = max(-(-days // (2 * sort.block_days)), rules.fewest_blocks // 2)
        wanted = next((one for one in every if one.blocks >= 2 * pairs), every[-1])
    drawn = secrets.randbelow(2**31) if seed is None else seed
    baseline = rules.baseline_days if isinstance(own, Unknown) else 0
    schedule = draw_schedule(treatment, kind, start, wanted.blocks, rules, seed=drawn, baseline_days=baseline)
    known = evidence()
    return schedule, {
        **schedule.as_data(),
        "label": sort.label,
        "end": schedule.end.isoformat(),
        "days": schedule.baseline_days + schedule.days,
        "blocks": [
            {"first": first.isoformat(), "last": last.isoformat(), "treated": on}
            for first, last, on in schedule.blocks()
        ],
        "noise": _noise(noise, own),
        "change": round(change, 2),
        "counts_as_change": round(bar, 2),
        "detectable": round(wanted.detectable, 2),
        "enough": wanted.detectable <= change,
        "lengths": [{"days": one.days, "detectable": round(one.detectable, 2)} for one in every],
        "power": rules.power,
        "missed_share": MISSED_SHARE,
        "rules": {"version": rules.version, "status": rules.status, "reviewed_by": list(rules.reviewed_by)},
        "sources": [
            {"id": key, "says": known[key].says, "source": known[key].source, "doi": known[key].doi,
             "grade": known[key].shown_grade}
            for key in rules.sources
        ],
    }  # fmt: skip


def _noise(noise: Noise, own: Noise | Unknown) -> dict[str, Any]:
    return {
        "sd": round(noise.sd_nprs, 2),
        "autocorrelation": round(noise.autocorrelation, 2),
        "days": noise.days,
        "from": say("a usual diary") if isinstance(own, Unknown) else say("your diary"),
        "why": own.reason if isinstance(own, Unknown) else None,
    }
