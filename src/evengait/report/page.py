"""One self-contained page from a template of this room: escaped, with its style inside, loading nothing."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from evengait.core.language import figures, say, spoken
from evengait.core.template_words import in_words

if TYPE_CHECKING:
    from jinja2 import Environment, Template


def render_page(template: str, css: str = "report.css", /, **values: Any) -> str:
    """Return a page.

    Parameters
    ----------
    template, css : str
        Names of files in ``templates/``; the template gets ``style`` and ``style_hash`` beside the values.
    """
    from markupsafe import Markup

    from evengait import __version__
    from evengait.report.html import stylesheet

    style = stylesheet(css)
    return page_template(template).render(
        style=Markup(style),  # noqa: S704 # our own file, put in as it is
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        version=__version__,
        **values,
    )


def page_template(name: str) -> Template:
    """Return a template of this room in the language that is spoken; every value is escaped."""
    return _environment(spoken()).get_template(name)


@cache
def _environment(language: str) -> Environment:
    """Return what reads this room's templates; put into the words of a language, each once."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    def source(name: str) -> str:
        text = files("evengait.report").joinpath("templates", name).read_text("utf-8")
        return text if language == "en" else in_words(text, say)

    made = Environment(
        loader=FunctionLoader(source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(language=language, _=say)
    made.filters["figures"] = figures
    made.filters["format"] = lambda pattern, *values: figures(pattern % values)
    return made
