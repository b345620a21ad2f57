"""What tags say of the ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from evengait.analysis.surface.way_kinds import WayKinds
from evengait.knowledge.ground_rules import ground_rules

if TYPE_CHECKING:
    from evengait.core.ground import WayKind


def kind(**tags: str) -> WayKind | None:
    kinds = WayKinds(ground_rules())
    number = kinds.of({key.replace("__", ":"): value for key, value in tags.items()})
    return None if number is None else kinds.kinds[number]


@pytest.mark.parametrize(
    ("tags", "ground", "tagged"),
    [
        ({"highway": "path", "surface": "asphalt"}, "paved", True),
        ({"highway": "residential"}, "paved", False),
        ({"highway": "residential", "surface": "Concrete:Plates"}, "paved", True),
        ({"highway": "track", "tracktype": "grade5"}, "trail", False),
        ({"highway": "track", "tracktype": "grade5", "surface": "compacted"}, "gravel", True),
        ({"highway": "footway", "footway": "sidewalk"}, "paved", False),
        ({"highway": "path", "surface": "gravel;dirt"}, "gravel", True),
        ({"highway": "path", "surface": "sett:smooth"}, "paved", True),
        ({"highway": "path", "surface": "Schotter"}, "trail", False),
        ({"highway": "path", "sac_scale": "hiking"}, "trail", False),
        ({"highway": "cycleway", "footway__surface": "fine_gravel"}, "gravel", True),
        ({"leisure": "track", "surface": "tartan"}, "other", True),
    ],
)
def test_tags_give_a_ground(tags: dict[str, str], ground: str, tagged: bool) -> None:
    found = kind(**tags)
    assert found is not None
    assert (found.ground, found.tagged) == (ground, tagged)


@pytest.mark.parametrize(
    "tags",
    [
        {},
        {"highway": "motorway"},
        {"highway": "footway", "foot": "no"},
        {"building": "yes"},
        {"leisure": "park"},
    ],
)
def test_where_nobody_runs_there_is_no_kind(tags: dict[str, str]) -> None:
    assert kind(**tags) is None


def test_a_surface_tag_is_trusted_more_than_a_guess_by_the_kind_of_road() -> None:
    said, guessed = kind(highway="footway", surface="asphalt"), kind(highway="footway")
    assert said is not None
    assert guessed is not None
    assert said.sure > guessed.sure


def test_a_road_is_run_beside_its_middle_and_a_path_on_it() -> None:
    road, path = kind(highway="primary"), kind(highway="path")
    assert road is not None
    assert path is not None
    assert road.aside_m > path.aside_m
