"""A chart as SVG or PNG, in the light or the dark, without a browser and without the network."""

from __future__ import annotations

import json
import re
from typing import Any

from evengait.charts.palette import THEMES, recoloured

NO_NETWORK: list[str] = []
"""Base URLs the renderer may fetch from: none."""


def to_svg(chart: Any, theme: str = "light") -> str:
    """Return the chart as one SVG element.

    Parameters
    ----------
    chart : alt.TopLevelMixin
        Drawn in the light colours.
    theme : {"light", "dark", "page"}
        "page" is for a page that defines the colours as CSS variables and chooses the fonts: it follows the reader's
        own light or dark.

    Raises
    ------
    KeyError
        No such theme.
    """
    import vl_convert

    spec = _spec(chart)
    if theme == "page":
        spec |= {"padding": 0, "background": None}
    svg = recoloured(vl_convert.vegalite_to_svg(spec, allowed_base_urls=NO_NETWORK), theme)
    return _slim(svg) if theme == "page" else svg


def to_png(chart: Any, theme: str = "light", scale: float = 2.0) -> bytes:
    """Return the chart as a PNG, ``scale`` pixels for each of its own.

    Raises
    ------
    KeyError
        No such theme; "page" is for SVG alone.
    """
    import vl_convert

    if theme not in THEMES:
        raise KeyError(theme)
    spec = json.loads(recoloured(json.dumps(_spec(chart)), theme))
    png: bytes = vl_convert.vegalite_to_png(spec, scale=scale, allowed_base_urls=NO_NETWORK)
    return png


def _spec(chart: Any) -> dict[str, Any]:
    # Validation walks a very large schema and takes longer than the drawing; the tests draw every chart with it on.
    import altair as alt

    # Nor are the rows of two layers the same ones: to look for that, Altair writes all of them out once more.
    with alt.data_transformers.enable(consolidate_datasets=False):
        spec: dict[str, Any] = chart.to_dict(validate=False)
    return spec


def _slim(svg: str) -> str:
    """Return the SVG for use inside a page: no fonts, names or roles of its own, no tenths of tenths."""
    svg = re.sub(r' font-family="[^"]*"', "", svg)
    svg = re.sub(r' (?:xmlns(?::xlink)?|version|class|role|aria-[a-z]+|stroke-miterlimit)="[^"]*"', "", svg)
    # Only in coordinates: the numbers in the words of the picture stay as they are.
    return re.sub(
        r' (?:d|transform|x|y|x2|y2|width|height)="[^"]*"', lambda found: _tenths(found.group()), svg
    )


def _tenths(attribute: str) -> str:
    return re.sub(r"\d+\.\d\d+", lambda found: f"{float(found.group()):.1f}", attribute)
