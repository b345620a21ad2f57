"""Made-up lifters keep every promise, and their loads rise where nothing speaks against it."""

from __future__ import annotations

from pathlib import Path

import pytest

from evengait.actions.simulate_strength import simulate_strength
from evengait.simulation.lifter import KINDS

PAGE = Path(__file__).parents[2] / "docs" / "strength.md"


@pytest.mark.parametrize("kind", ["well", "flaring", "one that hurts"])
def test_no_promise_is_broken_and_loads_rise(kind: str) -> None:
    lived = simulate_strength(4, kind)
    assert lived.broken == []
    assert lived.days is not None
    assert lived.changes["raise"] + lived.changes["step"] >= (5 if kind == "well" else 3)
    assert max(lived.gain_pct) > 5


def test_who_writes_down_no_pain_keeps_the_first_loads() -> None:
    lived = simulate_strength(3, "silent", days=40)
    assert lived.broken == []
    assert lived.changes["raise"] + lived.changes["step"] == 0


def test_the_same_seed_is_the_same_life() -> None:
    one, two = (simulate_strength(5, "busy", days=20) for _ in range(2))
    assert one == two


def test_the_published_table_breaks_no_promise() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| *")]
    assert len(rows) == len(KINDS)
    assert all(row.rstrip(" |").endswith("0") and row.split("|")[-2].strip() == "0" for row in rows)
