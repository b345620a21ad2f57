"""One self-contained page from a template of this room: escaped, with its style inside, loading nothing."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Template


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
    """Return a template of this room; its own whitespace is trimmed, every value escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("evengait.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template(name)
