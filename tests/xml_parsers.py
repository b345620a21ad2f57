"""Both parsers of XML recordings, and whether they found the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from evengait.ingest.xml._engine import compiled_scan

if TYPE_CHECKING:
    from evengait.ingest.xml._scan import Mark, Scan

HAS_KERNEL = compiled_scan() is not None


@pytest.fixture(params=["strict", "kernel"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test with each parser; the kernel's turn is skipped where it was not built."""
    if request.param == "kernel" and not HAS_KERNEL:
        pytest.skip("the compiled kernel was not built here")
    monkeypatch.setenv("EVENGAIT_NO_KERNEL", "1" if request.param == "strict" else "0")
    return str(request.param)


def assert_same(one: Scan, other: Scan) -> None:
    """Assert that two parsers found the same, to the bit."""
    assert one.broken == other.broken
    assert one.rows.shape == other.rows.shape
    assert one.rows.dtype == other.rows.dtype == np.float64
    different = ~((one.rows == other.rows) | (np.isnan(one.rows) & np.isnan(other.rows)))
    assert not different.any(), np.argwhere(different)[:5]
    assert not (np.signbit(one.rows) != np.signbit(other.rows))[~np.isnan(one.rows)].any()
    assert list(map(_plain, one.marks)) == list(map(_plain, other.marks))


def _plain(mark: Mark) -> tuple[object, ...]:
    return int(mark.kind), mark.row, repr(mark.value), repr(mark.offset_s), mark.text
