from __future__ import annotations

import pytest

from evengait.core.errors import IngestError
from evengait.ingest.fit import decode, read, sniff
from evengait.ingest.fit._frame import MAX_PARTS
from evengait.ingest.fit.encode import MessageSpec, encode_messages, wrap

RECORDS = MessageSpec(20, {253: ("uint32", [1_000_000_000 + i for i in range(50)]), 3: ("uint8", [150] * 50)})
GOOD = encode_messages([RECORDS])


def rows(data: bytes, kernel: bool) -> int:
    file = decode(data, kernel=kernel)
    return len(file["record"]) if "record" in file else 0


@pytest.mark.parametrize(
    "data", [b"", b"x", b"PK\x03\x04" + bytes(40), bytes(100), b"<?xml version='1.0'?><gpx/>"]
)
def test_what_is_not_fit_is_refused(data: bytes, kernel: bool) -> None:
    assert not sniff(data)
    with pytest.raises(IngestError, match="not a FIT file"):
        decode(data, kernel=kernel)
    with pytest.raises(IngestError, match="not a FIT file"):
        read(data, kernel=kernel)


def test_a_good_file_has_no_problems(kernel: bool) -> None:
    assert sniff(GOOD)
    file = decode(GOOD, kernel=kernel)
    assert file.problems == ()
    assert len(file["record"]) == 50


@pytest.mark.parametrize("cut", [1, 2, 3, 7, 100, 200])
def test_of_a_cut_file_what_is_whole_is_kept(cut: int, kernel: bool) -> None:
    file = decode(GOOD[:-cut], kernel=kernel)
    assert any("cut short" in problem for problem in file.problems)
    assert len(file["record"]) == 50 - max(0, cut - 2 + 5) // 6


def test_a_wrong_checksum_is_said_and_everything_kept(kernel: bool) -> None:
    broken = GOOD[:-1] + bytes([GOOD[-1] ^ 1])
    file = decode(broken, kernel=kernel)
    assert any("checksum" in problem for problem in file.problems)
    assert len(file["record"]) == 50


@pytest.mark.parametrize("size", [0, 30, 100])
def test_a_header_that_promises_too_little_loses_nothing(size: int, kernel: bool) -> None:
    lying = GOOD[:4] + size.to_bytes(4, "little") + GOOD[8:]
    file = decode(lying, kernel=kernel)
    assert any("header" in problem for problem in file.problems)
    assert len(file["record"]) == 50


def test_a_header_that_promises_too_much_loses_nothing(kernel: bool) -> None:
    lying = GOOD[:4] + (2**32 - 1).to_bytes(4, "little") + GOOD[8:]
    file = decode(lying, kernel=kernel)
    assert any("cut short" in problem for problem in file.problems)
    assert len(file["record"]) == 50


def test_bytes_after_the_end_are_left_out_and_said(kernel: bool) -> None:
    file = decode(GOOD + b"something else", kernel=kernel)
    assert file.problems == ("14 bytes after the end of the recording are not FIT and were left out.",)
    assert len(file["record"]) == 50


def test_what_nothing_defines_ends_the_file_there(kernel: bool) -> None:
    body = GOOD[14:-2]
    file = decode(wrap(body + b"\x07" + b"\x00" * 30), kernel=kernel)
    assert any("no definition" in problem for problem in file.problems)
    assert len(file["record"]) == 50


def test_a_broken_part_of_a_chain_leaves_the_others_whole(kernel: bool) -> None:
    broken = wrap(GOOD[14:-2] + b"\x07" + b"\x00" * 30)
    file = decode(broken + GOOD, kernel=kernel)
    assert len(file["record"]) == 100
    assert len(file.parts) == 2


def test_an_endless_chain_ends(kernel: bool) -> None:
    file = decode(wrap(b"") * (MAX_PARTS + 5), kernel=kernel)
    assert len(file.parts) == MAX_PARTS
    assert any("chains" in problem for problem in file.problems)


def test_a_header_of_odd_length_is_read(kernel: bool) -> None:
    short = bytes([12, *GOOD[1:12]]) + GOOD[14:-2]
    file = decode(short + b"\0\0", kernel=kernel)
    assert len(file["record"]) == 50
