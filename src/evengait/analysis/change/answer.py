"""The answer as plain data: the shape that ``explain --json`` prints."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from evengait.analysis.change.words import (
    answer_sentence,
    caveats,
    factor_sentence,
    missing_sentence,
    usual_range,
    window_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evengait.analysis.change.explain import Explanation
    from evengait.analysis.change.search import Judged
    from evengait.analysis.gait.change_point import GaitChange
    from evengait.core.evidence import Evidence
    from evengait.core.factor import FactorBook
    from evengait.core.units import Units

RARE = 0.05
"""One window in twenty is this unusual by chance: what ``by_chance`` counts."""


def answer_of(
    found: Explanation,
    book: FactorBook,
    sources: Mapping[str, Evidence],
    *,
    site: str | None,
    side: str | None,
    units: Units,
    told_of_earlier: bool = False,
) -> dict[str, Any]:
    """Put an explanation into the shape of ``explain --json``.

    Returns
    -------
    dict
        JSON-ready: null where a number is not known, dates as ISO text. Factors most unusual first, those that could
        not be judged last.
    """
    coverage, settings = found.coverage, book.search
    factors = [_factor(j, found, book, units) for j in found.found.judged]
    searched = [j for j in found.found.judged if j.searched]
    used = dict.fromkeys(key for j in found.found.judged for key in j.factor.evidence)
    return {
        "onset": found.onset.isoformat(),
        "site": site,
        "side": side,
        "answer": answer_sentence(found, settings.alpha, units),
        "ends_on": found.ends_on.isoformat(),
        "coverage": {
            "first": coverage.first.isoformat(),
            "last": coverage.last.isoformat() if coverage.last else None,
            "sessions": coverage.runs,
            "controls": max((len(j.controls) for j in found.found.judged), default=0),
            "dates": len(found.found.dates),
            "share_with": {key: _number(value) for key, value in coverage.shares.items()},
        },
        "factors": factors,
        "by_chance": {
            "looked_at": len(searched),
            "expected": round(RARE * len(searched), 2),
            "found": sum(_own_percentile(j) >= 1 - RARE for j in searched),
            "p_any": _number(found.found.p_any),
        },
        "verdict": found.verdict,
        "why_not": found.why_not or None,
        "gait": None,
        "caveats": caveats(found, settings, told_of_earlier=told_of_earlier),
        "sources": [_source(sources[key]) for key in used],
        "knowledge": {"file": "factors", "version": book.version, "status": book.status},
    }


def gait_answer(gait: GaitChange) -> dict[str, Any]:
    """Put a change of balance, or that none was seen, into the shape of ``explain --json``."""
    return {
        "side": gait.side,
        "changed_on": gait.changed_on.isoformat() if gait.changed_on else None,
        "interval": [day.isoformat() for day in gait.interval] if gait.interval else None,
        "size": round(gait.size, 2),
        "detectable": round(gait.detectable, 2),
    }


def _factor(judged: Judged, found: Explanation, book: FactorBook, units: Units) -> dict[str, Any]:
    factor, controls = judged.factor, judged.controls
    missing = missing_sentence(judged, book.search)
    told = missing is None
    low_high = usual_range(judged) if told else (math.nan, math.nan)
    first, last = window_of(factor, found.ends_on)
    return {
        "id": factor.id,
        "label": factor.label,
        "window_days": factor.window_days,
        "window": [first.isoformat(), last.isoformat()],
        "direction": factor.direction,
        "value": _number(judged.value),
        "unit": factor.unit,
        "height": factor.height,
        "usual": _number(judged.median) if told else None,
        "usual_range": [_number(v) for v in low_high] if told else None,
        "percentile": round(_own_percentile(judged), 4) if told else None,
        "controls": len(controls),
        "control_values": [_number(v) for v in controls],
        "as_extreme_before": judged.extreme if told else None,
        "score": _number(judged.calibrated) if told else None,
        "p_search": _number(judged.p_search) if told else None,
        "stands_out": told and found.stands_out(judged, book.search.alpha),
        "missing": missing,
        "evidence": list(factor.evidence),
        "sentence": factor_sentence(judged, low_high, found.ends_on, units) if told else missing,
        "question": factor.ask or None,
    }


def _own_percentile(judged: Judged) -> float:
    return 1 - (1 + judged.extreme) / (len(judged.controls) + 1)


def _source(item: Evidence) -> dict[str, Any]:
    return {
        "id": item.id,
        "says": item.says,
        "claim": item.claim,
        "source": item.source,
        "doi": item.doi or None,
        "grade": item.shown_grade,
        "level": item.level,
        "verified": item.verified,
        "numbers": list(item.values),
    }


def _number(value: float | None) -> float | None:
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.6g}")
