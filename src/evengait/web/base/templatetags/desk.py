"""Template tags and filters that every page has without loading them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from evengait.core import units

if TYPE_CHECKING:
    from datetime import date

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """Write a date as people do: 8 November 2026."""
    return units.plain_day(value) if value else ""
