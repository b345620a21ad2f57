"""Both engines, where both are; real FIT files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fit_engines import ENGINES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=[False, True], ids=["numpy", "kernel"])
def kernel(request: pytest.FixtureRequest) -> bool:
    """Run a test with each engine; the kernel's turn is skipped where it was not built."""
    if request.param and True not in ENGINES:
        pytest.skip("the compiled kernel was not built here")
    return bool(request.param)


@pytest.fixture(scope="session")
def fit_files(shared: Path) -> list[Path]:
    """Return every FIT file among the real recordings, equal ones once."""
    seen: dict[bytes, Path] = {}
    for path in sorted(shared.glob("data/**/*")):
        if path.suffix.lower() == ".fit" and path.is_file():
            seen.setdefault(path.read_bytes(), path)
    return list(seen.values())
