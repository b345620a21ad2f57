"""Fixtures for every test: where real recordings lie, if they lie anywhere."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real recordings; skip where there is none (they are not part of the project)."""
    folder = Path(os.environ.get("EVENGAIT_SHARED", ROOT.parent / "shared"))
    if not (folder / "data" / "MANIFEST.csv").exists():
        pytest.skip("no folder of real recordings here")
    return folder


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home that holds the demo runner's archive, made once, and her export zip beside it."""
    from evengait.actions.make_demo import make_demo
    from evengait.storage.home import runner_folder

    home = tmp_path_factory.mktemp("demo")
    make_demo(runner_folder(home, "demo"), today=date(2026, 11, 23), export=home / "export.zip")
    return home
