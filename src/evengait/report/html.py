"""The report as one HTML file: nothing outside it is ever asked for, on screen, on paper or read aloud."""

from __future__ import annotations

import base64
import hashlib
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from evengait.core import units as u
from evengait.core.language import say
from evengait.report import view, words
from evengait.report.page import page_template
from evengait.report.safety import safety_net

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl
    from markupsafe import Markup


def render_html(
    explanation: Mapping[str, Any],
    exposures: pl.DataFrame,
    sessions: pl.DataFrame | None = None,
    pain: pl.DataFrame | None = None,
    units: str = "km",
    *,
    generated: date,
) -> str:
    """Return the report as one self-contained page; the arguments are those of ``answer_parts``.

    Returns
    -------
    str
        HTML, UTF-8.

    Raises
    ------
    UsageError
        Units that are neither mi nor km.
    """
    from evengait.report.parts import answer_parts

    return render_file(answer_parts(explanation, exposures, sessions, pain, units, generated=generated))


def render_file(parts: Mapping[str, Any]) -> str:
    """Return the parts of a report as one self-contained page."""
    from markupsafe import Markup

    style = stylesheet()
    return page_template("report.html").render(
        **_values(parts),
        heading="h1",
        style=Markup(style),  # noqa: S704 # our own file, put in as it is
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    )


def render_answer(parts: Mapping[str, Any], *, heading: str = "h2") -> str:
    """Return the parts of a report as sections to be put into another page, which has the stylesheet.

    Parameters
    ----------
    parts : mapping
        From ``answer_parts``.
    heading : str
        The element of the answer itself.
    """
    return page_template("answer.html").render(**_values(parts), heading=heading)


def _values(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Return everything that the templates name."""
    explanation, read = parts["explanation"], u.checked(parts["units"])
    factors = view.factor_views(explanation, read)
    return {
        **_facts(explanation, date.fromisoformat(parts["generated"])),
        "described": words.described(explanation, read),
        "outstanding": [f for f in factors if f.stands_out],
        "usual": [f for f in factors if not f.stands_out],
        "strips": _drawings(parts["strips"]),
        "timeline": _drawings(parts["timeline"]),
        "gait": _drawings(parts["gait"]),
        "gait_said": words.gait(explanation) if explanation.get("gait") else "",
        **{name: parts[name] for name in ("has_balance", "has_gaps", "table_header", "table_rows")},
    }


def _drawings(svgs: Mapping[str, str]) -> dict[str, Markup]:
    from markupsafe import Markup

    return {key: Markup(svg) for key, svg in svgs.items()}  # noqa: S704 # drawn and escaped in pictures.py


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
        "gait_limit": say(words.GAIT_LIMIT),
        "generated": u.plain_day(generated),
        "grades": words.GRADES,
        "how_sure": words.how_sure(explanation),
        "in_short": words.in_short(explanation["verdict"]),
        "method": [say(one) for one in words.METHOD],
        "net": safety_net(),
        "next_steps": words.next_steps(explanation["verdict"]),
        "not_a_diagnosis": say(words.NOT_A_DIAGNOSIS),
        "one_onset": "" if any(say("one onset") in caveat for caveat in caveats) else say(words.ONE_ONSET),
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


def stylesheet(css: str = "report.css") -> str:
    """Return the page's style: the palette as variables for light, dark and paper, then a file of ``templates/``."""
    from evengait.charts.palette import DARK, LIGHT

    def variables(colours: Mapping[str, str]) -> str:
        return "".join(f"--{role}:{value};" for role, value in colours.items())

    on_paper = variables({**LIGHT, "paper": "#ffffff"})
    own = files("evengait.report").joinpath(f"templates/{css}").read_text("utf-8")
    return (
        f":root{{{variables(LIGHT)}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{variables(DARK)}}}}}\n"
        f"@media print{{:root{{{on_paper}}}}}\n{own}"
    )
