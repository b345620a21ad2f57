from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evengait.ingest.fit._crc import crc16
from evengait.ingest.fit._engine import engine


def bit_by_bit(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


def test_the_published_check_value_comes_out(kernel: bool) -> None:
    # The catalogue of CRC algorithms gives 0xBB3D for CRC-16/ARC.
    assert engine(kernel).crc(np.frombuffer(b"123456789", np.uint8)) == 0xBB3D


@given(st.binary(max_size=1500))
@settings(max_examples=60, deadline=None)
def test_folding_gives_what_the_definition_gives(data: bytes) -> None:
    assert crc16(np.frombuffer(data, np.uint8)) == bit_by_bit(data)


@pytest.mark.parametrize("size", [255, 256, 257, 4096, 65_537, 300_001])
def test_long_input_gives_the_same_on_both_engines(size: int, kernel: bool) -> None:
    data = np.random.default_rng(size).integers(0, 256, size, dtype=np.uint8)
    assert engine(kernel).crc(data) == bit_by_bit(data.tobytes())
