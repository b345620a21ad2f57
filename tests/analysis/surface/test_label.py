"""The runner's own label for the ground."""

from __future__ import annotations

import pytest

from evengait.analysis.surface.label import surface_label
from evengait.analysis.surface.paved_share import paved_share


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Sunday #Trail with Kim", "trail"),
        ("#road", "road"),
        ("#mixed, muddy", "mixed"),
        ("#paved 60%", 0.6),
        ("#paved=35 %", 0.35),
        ("#paved", "paved"),
        ("#paved 300%", None),
        ("trail race", None),
        ("#trailmix for lunch", None),
        ("#1 on the podium", None),
        ("", None),
        (None, None),
    ],
)
def test_only_a_word_behind_a_hash_counts(text: str | None, says: str | float | None) -> None:
    assert surface_label(text) == says


def test_the_title_comes_before_the_note() -> None:
    assert surface_label("#trail", "#road") == "trail"
    assert surface_label("Morning Run", "#road") == "road"


def test_a_label_outdoes_the_map() -> None:
    assert paved_share(None, 10_000.0, 0.0, surface_label("#paved 25%")) == (0.25, "label")
