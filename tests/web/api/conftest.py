"""A desk whose owner has runs."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from evengait.storage.home import runner_folder
from evengait.storage.records.runners import runner_of

if TYPE_CHECKING:
    from pathlib import Path

    from cast import Cast


@pytest.fixture
def with_runs(cast: Cast, demo_home: Path) -> Cast:
    """Return the cast; the owner has the archive of the made-up runner."""
    runner = runner_of(cast.accounts["owner"].pk)
    shutil.copytree(
        runner_folder(demo_home, "demo"), runner_folder(cast.home, runner.name), dirs_exist_ok=True
    )
    return cast
