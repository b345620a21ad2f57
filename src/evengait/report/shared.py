"""What a runner shares of a health problem, field by field: what is kept of it, and how it is shown.

What is kept holds what is shown and nothing more; preview, case page and file go through the same function.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evengait.core import units as u
from evengait.core.language import Said, in_every_language, say
from evengait.report import view, words
from evengait.report.page import page_template

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from evengait.core.diary import DiaryEntry
    from evengait.core.plan import Plan

LOAD_COLUMNS = ("Week from", "Distance", "Longest run", "Paved")
SCORES = Said(
    {
        "pain_during_nprs": "While running",
        "pain_after_nprs": "After it",
        "pain_next_morning_nprs": "Next morning",
        "pain_daily_nprs": "In daily life",
        "pain_rest_nprs": "At rest",
        "pain_night_nprs": "At night",
    }
)
PLAN_DAYS, PLAN_DECISIONS = 14, 3


def answer_state(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer without its pictures: the sentence, how sure, each factor with its figures."""
    explanation, read = parts["explanation"], u.checked(parts["units"])
    return {
        "answer": words.answer(explanation),
        "how_sure": words.how_sure(explanation),
        "in_short": words.in_short(explanation["verdict"]),
        "onset": explanation["onset"],
        "factors": [
            {"label": f.label, "value": f.value, "usual": f.usual, "passed": f.passed, "stands_out": f.stands_out,
             "sentence": f.sentence}
            for f in view.factor_views(explanation, read)
        ],
        "unjudged": [{"labels": list(g.labels), "reason": g.reason} for g in view.unjudged(explanation)],
        "coverage": [list(pair) for pair in view.coverage(explanation)],
    }  # fmt: skip


def timeline_state(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the picture of the weeks before."""
    return {"wide": parts["timeline"]["wide"], "narrow": parts["timeline"]["narrow"]}


def load_state(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of load of the weeks before; pain, shoes and left and right are other fields."""
    load = tuple(words for column in LOAD_COLUMNS for words in in_every_language(column))
    kept = [i for i, name in enumerate(parts["table_header"]) if name.startswith(load)]
    return {
        "header": [parts["table_header"][i] for i in kept],
        "rows": [[row[i] for i in kept] for row in parts["table_rows"]],
    }


def gait_state(parts: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return left and right; None where there is no such data."""
    if not parts["gait"]:
        return None
    return {"said": words.gait(parts["explanation"]), "limit": say(words.GAIT_LIMIT), **parts["gait"]}


def shoes_state(worn: Sequence[tuple[str, float, date, date]], units: u.Units) -> dict[str, Any] | None:
    """Return each shoe with its distance, first and last day, the latest first; None where none is known."""
    rows = [
        [name, u.distance(metres, units), u.plain_day(first), u.plain_day(last)]
        for name, metres, first, last in worn
    ]
    return (
        {"header": [say("Shoe"), say("Distance"), say("First worn"), say("Last worn")], "rows": rows}
        if rows
        else None
    )


def diary_state(entries: Sequence[DiaryEntry]) -> dict[str, Any] | None:
    """Return the pain scores day by day, without a word that was written beside them; None where there is no score."""
    kept = [name for name in SCORES if any(getattr(entry, name) is not None for entry in entries)]
    rows = [
        [u.plain_day(entry.date), *("" if (v := getattr(entry, n)) is None else f"{v:g}" for n in kept)]
        for entry in entries
        if any(getattr(entry, name) is not None for name in kept)
    ]
    return {"header": [say("Day"), *(SCORES[name] for name in kept)], "rows": rows} if rows else None


def plan_state(plan: Plan, units: u.Units) -> dict[str, Any]:
    """Return what comes next in the plan, and its latest decisions with their reasons."""
    from evengait.core.training_words import day_words, kind_words
    from evengait.report.plan_page import STATES
    from evengait.report.plan_text import DECISIONS

    ahead = [day for day in plan.days if day.date >= plan.today and day.kind != "rest"][:PLAN_DAYS]
    return {
        "heading": STATES[plan.state] if plan.progression else say("Strength block"),
        "because": list(plan.because),
        "days": [
            {"date": u.plain_day(d.date), "kind": kind_words(d), "words": day_words(d, units)} for d in ahead
        ],
        "decisions": [
            {"date": u.plain_day(d.date), "what": DECISIONS[d.decision], "because": list(d.because)}
            for d in reversed(plan.decisions[-PLAN_DECISIONS:])
        ],
    }


def render_shared(field: str, state: Mapping[str, Any], *, heading: str = "h3", wide: bool = True) -> str:
    """Return one shared field as HTML to be put into a page that has the stylesheet.

    Parameters
    ----------
    field : str
        One of ``core.sharing.DATA_FIELDS``.
    state : mapping
        What was kept of it when it was shared.
    heading : str
        The element of its title.
    wide : bool
        Whether there is room for the wide pictures; else only the narrow ones are drawn.
    """
    from markupsafe import Markup

    pictures = {
        size: Markup(state[size])  # noqa: S704 # drawn and escaped in pictures.py
        for size in ("wide", "narrow")
        if field in {"timeline", "gait", "diary"} and size in state
    }
    told = {name: value for name, value in state.items() if name not in pictures}
    return page_template("shared.html").render(
        field=field, heading=heading, in_wide=wide, pictures=pictures, state=told
    )
