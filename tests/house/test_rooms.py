"""The house itself: the stairs, the size of rooms, the words that code and docs may not use."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "evengait"
ROOMS = [
    "analysis/change",
    "analysis/gait",
    "analysis/load",
    "analysis/progression",
    "analysis/same_run",
    "analysis/shoes",
    "analysis/spikes",
    "analysis/strength",
    "analysis/story",
    "analysis/surface",
    "analysis/thread",
    "analysis/trial",
    "charts",
    "cohort",
    "ingest",
    "ingest/fit",
    "ingest/gpx",
    "ingest/strength_csv",
    "ingest/tcx",
    "ingest/thread",
    "ingest/xml",
    "knowledge",
    "knowledge/progressions",
    "knowledge/strength",
    "report",
    "simulation",
    "storage/archive",
    "storage/records",
    "web",
]


def sources() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_that_people_extend_has_a_short_readme(room: str) -> None:
    text = (SOURCE / room / "README.md").read_text("utf-8")
    assert len(text.splitlines()) <= 20


def test_no_room_is_a_lumber_room() -> None:
    names = {p.stem for p in sources()} | {p.parent.name for p in sources()}
    assert not names & {"utils", "helpers", "manager", "service", "misc", "common"}


def test_files_stay_small() -> None:
    long = {
        str(p.relative_to(SOURCE)): n
        for p in sources()
        if (n := len(p.read_text("utf-8").splitlines())) > 400
    }
    assert not long


def test_only_the_edge_catches_everything() -> None:
    edges = {"actions/import_archive.py", "actions/read_member.py", "ingest/_others.py"}
    found = [
        str(p.relative_to(SOURCE))
        for p in sources()
        if re.search(r"except (Exception|BaseException)\b|except:", p.read_text("utf-8"))
    ]
    assert set(found) <= edges, found


def test_analysis_core_and_simulation_ask_no_clock_and_no_environment() -> None:
    bad = re.compile(
        r"date\.today\(|datetime\.now\(|time\.time\(|os\.environ|random\.random\(|np\.random\.seed"
    )
    for room in ("core", "analysis", "knowledge", "simulation"):
        for path in (SOURCE / room).rglob("*.py"):
            assert not bad.search(path.read_text("utf-8")), path


def test_words_for_people_never_diagnose_predict_or_clear() -> None:
    bad = re.compile(
        r"safe to run|injury risk|risk of injury|your risk|you have an? \w+ injury", re.IGNORECASE
    )
    shown = [*SOURCE.rglob("*.toml"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.j2"), *sources()]
    for path in shown:
        assert not bad.search(path.read_text("utf-8")), path


def test_the_stairs_hold() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_doctests_of_every_module_hold() -> None:
    import doctest
    import importlib
    import os
    import pkgutil

    import django

    import evengait

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evengait.storage.records.settings")
    django.setup()
    tried = 0
    for module in pkgutil.walk_packages(evengait.__path__, "evengait."):
        if module.name.endswith(("__main__", "_kernel")) or ".migrations." in module.name:
            continue
        try:
            found = importlib.import_module(module.name)
        except ImportError as error:
            # Where there was no C compiler a kernel and what hands work to it are not there.
            assert "_kernel" in str(error), module.name  # noqa: PT017
            continue
        result = doctest.testmod(found, optionflags=doctest.NORMALIZE_WHITESPACE)
        assert result.failed == 0, module.name
        tried += result.attempted
    assert tried > 50


@pytest.mark.parametrize(
    "room",
    [
        "analysis/load",
        "analysis/progression",
        "analysis/gait",
        "analysis/shoes",
        "analysis/story",
        "analysis/surface",
        "charts",
    ],
)
def test_no_metric_or_picture_is_forgotten(room: str) -> None:
    """A file that nothing else imports is missing from its registry."""
    everything = {p: p.read_text("utf-8") for p in [*sources(), *(ROOT / "benchmarks").glob("*.py")]}
    for path in (SOURCE / room).glob("*.py"):
        name = f"evengait.{room.replace('/', '.')}.{path.stem}"
        package = f"from evengait.{room.replace('/', '.')} import"
        used = any(
            name in text or (package in text and re.search(rf"\b{path.stem}\b", text))
            for other, text in everything.items()
            if other != path
        )
        assert used or path.stem == "__init__", name
