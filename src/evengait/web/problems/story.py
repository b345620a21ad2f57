"""A story told on the page, read into place and first day before anything is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evengait.actions.take_story import take_story
from evengait.core.errors import UsageError
from evengait.web.problems.places import SPOTS

if TYPE_CHECKING:
    from datetime import date


def read_first(story: str, today: date) -> tuple[dict[str, Any], int]:
    """Return place, first day and beginning for the form, as far as a story has them, and how much was found in all."""
    try:
        reading = take_story(story.encode(), told=today)
    except UsageError:
        return {}, 0
    intake = reading.intake
    side = intake.get("side")
    place = f"{intake.site}:{side if side in {'left', 'right'} else ''}"
    found = {
        "place": place if place in SPOTS else "",
        "both": side == "both",
        "onset": intake.get("onset.date"),
        "mode": intake.get("onset.mode") or "",
    }
    return found, len(reading.marks)
