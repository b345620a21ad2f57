"""Judge a trial and say it: the document that the command line, the report and the desk show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evengait.analysis.trial import words
from evengait.analysis.trial.verdict import Judgement, judge_trial
from evengait.knowledge import evidence, trial_rules
from evengait.report.trial import named

if TYPE_CHECKING:
    from datetime import date

    from evengait.actions.gather_trial_days import GatheredDays
    from evengait.core.trial import Schedule


def analyse_trial(
    gathered: GatheredDays,
    schedule: Schedule | None = None,
    *,
    treatment: str = "it",
    washout_days: int = 0,
    today: date | None = None,
) -> dict[str, Any]:
    """Return what a trial says as ``trial analyse --json`` prints it.

    Parameters
    ----------
    gathered : GatheredDays
    schedule : Schedule, optional
        The blocks as drawn; its treatment is the one named.
    treatment : str
        What is tried, in words for people.
    washout_days : int
        Days left out after each change, where nothing was drawn.
    today : date, optional
        Days of a schedule after it have not come yet.

    Raises
    ------
    TableError
        There is no day, or none lies in the trial.
    """
    rules = trial_rules()
    told = judge_trial(gathered.days, rules, schedule, washout_days=washout_days, today=today)
    tried = schedule.treatment.replace("_", " ") if schedule else treatment
    known = evidence()
    return {
        **_contract(told, tried),
        "treatment": tried,
        "first": told.days.day(0).isoformat(),
        "last": told.days.day(len(told.days) - 1).isoformat(),
        "more": words.more(told, rules),
        "randomisation": {"p": _rounded(told.test.p, 3), "orders": told.test.orders} if told.test else None,
        "levels": {name: _rounded(value) for name, value in told.levels.items()},
        "bands": {name: [_rounded(value) for value in band] for name, band in told.bands.items()},
        "counts_as_change": _rounded(told.bar),
        "detectable": _rounded(told.detectable),
        "missing_days": int((~told.days.known & ~_baseline(told, schedule)).sum()),
        "lack": told.lack,
        "kept_to": _rounded(told.kept_to),
        "design": schedule.as_data() if schedule else None,
        "diary": _diary(told),
        "caveats": words.caveats(told, rules, drawn=schedule is not None),
        "failed_rows": [{"line": line, "reason": reason} for line, reason in gathered.failed],
        "rules": {"version": rules.version, "status": rules.status, "reviewed_by": list(rules.reviewed_by)},
        "sources": [
            {"id": key, "says": known[key].says, "source": known[key].source, "doi": known[key].doi,
             "grade": known[key].shown_grade}
            for key in rules.sources
        ],
    }  # fmt: skip


def _contract(told: Judgement, treatment: str) -> dict[str, Any]:
    rules = trial_rules()
    return {
        "days": len(told.days),
        "usable": told.usable,
        "effect": _rounded(told.fit.estimate) if told.fit else None,
        "interval90": [_rounded(edge) for edge in told.interval] if told.interval else None,
        "autocorrelation": _rounded(told.fit.autocorrelation) if told.fit else None,
        "verdict": told.verdict,
        "why": words.why(told, rules, named(treatment)),
        "days_more": told.days_more,
    }


def _baseline(told: Judgement, schedule: Schedule | None) -> Any:
    import numpy as np

    return np.arange(len(told.days)) < (schedule.baseline_days if schedule else 0)


def _diary(told: Judgement) -> list[dict[str, Any]]:
    """Return every day for the picture; null is unknown."""
    import numpy as np

    def known(value: float) -> float | None:
        return None if np.isnan(value) else float(value)

    days = told.days
    return [
        {"date": days.day(i).isoformat(), "pain": known(days.pain[i]), "treated": known(days.treated[i]),
         "used": bool(days.usable[i])}
        for i in range(len(days))
    ]  # fmt: skip


def _rounded(value: float | None, digits: int = 2) -> float | None:
    return None if value is None else round(float(value), digits) + 0.0
