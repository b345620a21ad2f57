"""Every FIT file among the real recordings, against the official SDK and between the engines."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from fit_engines import ENGINES
from official import TOLD, compare
from test_fit_properties import everything

from evengait.core.errors import IngestError
from evengait.ingest.fit import decode

if TYPE_CHECKING:
    from pathlib import Path


def test_every_value_equals_the_official_sdks_or_is_told(fit_files: list[Path]) -> None:
    values = files = 0
    told: Counter[str] = Counter()
    untold: list[str] = []
    for path in fit_files:
        data = path.read_bytes()
        try:
            file = decode(data)
        except IngestError:
            told["refused"] += 1
            continue
        found = compare(file, data)
        files += 1
        values += found.values
        told += Counter(found.told)
        untold += [f"{path.name}: {line}" for line in sorted(set(found.untold))]
    assert untold == []
    assert files >= 300
    assert values >= 5_000_000
    # A reason that no file needs any more should go.
    assert set(TOLD) - set(told) <= {"refused"}


@pytest.mark.skipif(len(ENGINES) < 2, reason="the compiled kernel was not built here")
def test_both_engines_read_real_files_the_same_to_the_bit(fit_files: list[Path]) -> None:
    for path in fit_files:
        data = path.read_bytes()
        try:
            plain = everything(decode(data, kernel=False))
        except IngestError:
            with pytest.raises(IngestError):
                decode(data, kernel=True)
            continue
        assert plain == everything(decode(data, kernel=True)), path.name
