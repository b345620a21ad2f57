"""Fixtures for every test: where real recordings lie, if they lie anywhere."""

from __future__ import annotations

import os
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
