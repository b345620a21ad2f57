"""How much a runner's pain swings by itself, and how much a day resembles the day before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.trial.days import unscheduled
from evengait.analysis.trial.effect import fit_effect
from evengait.core.language import say
from evengait.core.unknown import Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evengait.core.trial import TrialDay, TrialRules


@dataclass(frozen=True)
class Noise:
    """Spread and correlation of the pain around its course.

    Attributes
    ----------
    sd_nprs, autocorrelation : float
    days : int
        Days it was taken from; 0 where it is the planning value of the rules.
    level : float or None
        Mean pain of those days.
    """

    sd_nprs: float
    autocorrelation: float
    days: int
    level: float | None = None


def noise_of(diary: Sequence[TrialDay], rules: TrialRules) -> Noise | Unknown:
    """Return the noise of the days without the treatment, or of those on which it is not known.

    Parameters
    ----------
    diary : sequence of TrialDay
        The weeks before the trial.

    Returns
    -------
    Noise or Unknown
        Unknown where fewer days hold a pain score than the rules ask for.
    """
    before = [day for day in diary if not day.treated]
    known = sum(day.pain is not None for day in before)
    if known < rules.baseline_fewest_days:
        return Unknown(
            say(
                "The diary has pain on {known} days; it takes {baseline_fewest_days}.",
                known=known,
                baseline_fewest_days=rules.baseline_fewest_days,
            )
        )
    days = unscheduled(before)
    use = np.flatnonzero(~np.isnan(days.pain))
    pain = days.pain[use]
    course = use / max(use[-1], 1)
    # The fit looks at its second term, here the straight course: its spread and correlation are what is asked.
    fit = fit_effect(pain, np.column_stack([np.ones(len(use)), course]), use)
    if isinstance(fit, Unknown):
        return fit
    return Noise(fit.sd_nprs, fit.autocorrelation, len(use), float(pain.mean()))


def planning_noise(rules: TrialRules) -> Noise:
    """Return the noise taken for granted where the runner's own diary is too short."""
    return Noise(rules.planning_sd_nprs, rules.planning_autocorrelation, 0)
