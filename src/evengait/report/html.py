"""The report as one HTML file: nothing outside it is ever asked for, on screen, on paper or read aloud."""

from __future__ import annotations

import base64
import hashlib
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from evengait.core import units as u
from evengait.report import view, words
from evengait.report.safety import safety_net

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl


def render_html(
    explanation: Mapping[str, Any],
    exposures: pl.DataFrame,
    sessions: pl.DataFrame | None = None,
    pain: pl.DataFrame | None = None,
    units: str = "km",
    *,
    generated: date,
) -> str:
    """Return the report as one self-contained page.

    Parameters
    ----------
    explanation : mapping
        As ``evengait explain --json`` prints it.
    exposures : pl.DataFrame
        The ``exposures`` table, one row per local date.
    sessions : pl.DataFrame, optional
        The ``sessions`` table, for shoes worn on the same day.
    pain : pl.DataFrame, optional
        date, pain_during_nprs; null = not asked.
    units : {"mi", "km"}
    generated : date
        The day the page is made; the report itself never looks at a clock.

    Returns
    -------
    str
        HTML, UTF-8.

    Raises
    ------
    UsageError
        Units that are neither mi nor km.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    from evengait.report import pictures

    read = u.checked(units)
    # The template's own whitespace is trimmed; every value is escaped unless it is one of our own drawings.
    environment = Environment(
        loader=PackageLoader("evengait.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    factors = view.factor_views(explanation, read)
    told = {
        f.id: f"{f.label}: {f.value}, usually {f.usual}. Earlier windows at least as extreme, without pain: {f.passed}."
        for f in factors
    }
    said = words.gait(explanation) if explanation.get("gait") else ""
    header, rows = _table(explanation, exposures, pain, read)
    style = stylesheet()
    return environment.get_template("report.html").render(
        **_facts(explanation, generated),
        described=words.described(explanation, read),
        outstanding=[f for f in factors if f.stands_out],
        usual=[f for f in factors if not f.stands_out],
        strips=pictures.strips(explanation, told),
        timeline=pictures.timelines(exposures, explanation, sessions, pain, read),
        gait=pictures.gaits(exposures, explanation, read, said) if said else {},
        gait_said=said,
        has_balance=exposures["balance_left_pct"].count() > 0,
        has_gaps=_has_gaps(explanation, exposures, read),
        table_header=header,
        table_rows=rows,
        style=Markup(style),  # noqa: S704 # our own file, put in as it is
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    )


def _table(
    explanation: Mapping[str, Any], exposures: pl.DataFrame, pain: pl.DataFrame | None, units: u.Units
) -> tuple[list[str], list[list[str]]]:
    from evengait.report.tables import week_rows

    return week_rows(exposures, explanation, pain, units)


def _has_gaps(explanation: Mapping[str, Any], exposures: pl.DataFrame, units: u.Units) -> bool:
    from evengait.charts.canvas import canvas
    from evengait.charts.weeks import gaps

    onset = date.fromisoformat(explanation["onset"])
    base = canvas(exposures["date"].min(), exposures["date"].max(), onset, units)  # type: ignore[arg-type] # a date column
    return bool(gaps(exposures, base.start, base.days))


def _facts(explanation: Mapping[str, Any], generated: date) -> dict[str, Any]:
    """Return everything on the page that needs no picture."""
    from evengait import __version__

    onset = date.fromisoformat(explanation["onset"])
    caveats = list(explanation.get("caveats") or [])
    # Where nothing can be told, the first caveat is the reason: it belongs beside the answer, not in small print.
    lead = caveats[0] if caveats and explanation["verdict"] == "cannot_tell" else ""
    return {
        "answer": words.answer(explanation),
        "by_chance": words.by_chance(explanation),
        "caveats": caveats[1:] if lead else caveats,
        "lead": lead,
        "coverage": view.coverage(explanation),
        "gait_limit": words.GAIT_LIMIT,
        "generated": u.plain_day(generated),
        "grades": words.GRADES,
        "how_sure": words.how_sure(explanation),
        "in_short": words.in_short(explanation["verdict"]),
        "method": words.METHOD,
        "net": safety_net(),
        "next_steps": words.next_steps(explanation["verdict"]),
        "not_a_diagnosis": words.NOT_A_DIAGNOSIS,
        "one_onset": "" if any("one onset" in caveat for caveat in caveats) else words.ONE_ONSET,
        "onset_long": u.long_day(onset),
        "onset_short": u.plain_day(onset, year=False),
        "questions": view.questions(explanation),
        "sources": view.source_views(explanation),
        "squares": view.squares(explanation),
        "state": words.STATES[explanation["verdict"]],
        "unjudged": view.unjudged(explanation),
        "verdict": explanation["verdict"],
        "version": __version__,
        "where": words.where(explanation.get("site"), explanation.get("side")),
    }


def stylesheet() -> str:
    """Return the page's style: the palette as variables for light, dark and paper, then ``report.css``."""
    from evengait.charts.palette import DARK, LIGHT

    def variables(colours: Mapping[str, str]) -> str:
        return "".join(f"--{role}:{value};" for role, value in colours.items())

    on_paper = variables({**LIGHT, "paper": "#ffffff"})
    own = files("evengait.report").joinpath("templates/report.css").read_text("utf-8")
    return (
        f":root{{{variables(LIGHT)}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{variables(DARK)}}}}}\n"
        f"@media print{{:root{{{on_paper}}}}}\n{own}"
    )
