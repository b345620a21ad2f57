"""The colours by role."""

from __future__ import annotations

from itertools import pairwise

import pytest

from evengait.charts.palette import DARK, LIGHT, recoloured


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of WCAG 2."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_every_light_colour_stands_for_one_role_so_that_a_drawing_can_be_recoloured() -> None:
    assert len(set(LIGHT.values())) == len(LIGHT)
    assert set(LIGHT) == set(DARK)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("role", ["ink", "muted", "pain", "window-edge"])
def test_words_can_be_read_on_paper_and_on_every_ground_they_stand_on(theme, role) -> None:
    assert contrast(theme[role], theme["paper"]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_what_must_be_told_apart_is_so_in_grey(theme) -> None:
    for first, second in (("bar", "bar-light"), ("paved", "trail"), ("ink", "dot-light"), ("bar", "paper")):
        assert contrast(theme[first], theme[second]) >= 1.7, (first, second)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_gravel_lies_between_paved_and_trail_in_grey(theme) -> None:
    assert contrast(theme["paved"], theme["gravel"]) >= 1.4
    assert contrast(theme["gravel"], theme["trail"]) >= 1.4


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_paper_band_bars_and_ink_keep_their_order_in_grey(theme) -> None:
    order = [luminance(theme[role]) for role in ("paper", "band", "bar", "ink")]
    steps = [second - first for first, second in pairwise(order)]
    assert all(s < 0 for s in steps) or all(s > 0 for s in steps)


def test_a_page_gets_variables_with_the_light_colour_behind_them() -> None:
    assert recoloured('fill="#1f2a30"', "page") == 'fill="var(--ink, #1f2a30)"'
    assert recoloured('fill="#1f2a30"', "dark") == f'fill="{DARK["ink"]}"'
    assert recoloured('fill="#1f2a30"', "light") == 'fill="#1f2a30"'
