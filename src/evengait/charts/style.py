"""How every chart of the house is finished: its ground, its letters, no frame; and how it is built quickly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
from altair.utils import schemapi

from evengait.charts.palette import FONT, colour

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

PADDING = 14
"""Pixels around a chart that stands alone; a page has margins of its own."""


def housed(views: Sequence[alt.LayerChart]) -> alt.VConcatChart:
    """Return the views below one another on the house's ground, without frames, padding or ARIA of their own.

    The page that shows a chart gives it its one name and description; a name for each mark would be read out as noise.
    ``flush`` keeps every view at its own height whatever letters the machine has.
    """
    config = alt.Config(font=FONT, aria=False, view=alt.ViewConfig(stroke=None))
    ground = colour("paper")
    return alt.vconcat(*views, spacing=0, bounds="flush", padding=PADDING, background=ground, config=config)


def unchecked() -> AbstractContextManager[None]:
    """Return a context in which Altair does not validate each part of a chart as it is made.

    Validation walks a schema of tens of thousands of lines for each mark and encoding and takes several times longer
    than the drawing. The tests validate every chart whole instead.
    """
    checked_by_tests: AbstractContextManager[None] = schemapi.debug_mode(arg=False)
    return checked_by_tests
