from __future__ import annotations

import pytest

from evengait.ingest.fit._engine import engine
from evengait.ingest.fit._walk import CUT, MAX_DEFINITIONS, TOO_MANY, UNDEFINED, WHOLE, Walk
from evengait.ingest.fit.encode import definition

HEART = definition(20, [(3, 1, 2)])
TIMED = definition(20, [(253, 4, 6), (3, 1, 2)], local=1)


def walk(data: bytes, kernel: bool, end: int | None = None) -> Walk:
    return engine(kernel).walk(data, 0, len(data) if end is None else end)


def test_messages_are_found_by_definition_and_in_order(kernel: bool) -> None:
    data = HEART + TIMED + b"\x00\x97" + b"\x01abcd\x98" + b"\x00\x99"
    found = walk(data, kernel)
    start = len(HEART + TIMED)
    assert found.counts == [2, 1]
    assert found.offsets.tolist() == [start, start + 8, start + 2]
    assert (found.why, found.stop, found.compressed) == (WHOLE, len(data), False)


def test_a_definition_written_again_is_the_same_one(kernel: bool) -> None:
    again = definition(20, [(3, 1, 2)], local=5)
    assert walk(HEART + b"\x00\x97" + again + b"\x05\x98" + HEART + b"\x00\x99", kernel).counts == [3]


def test_redefining_a_local_type_changes_what_follows(kernel: bool) -> None:
    other = definition(21, [(0, 1, 0), (1, 1, 0)])
    data = HEART + b"\x00\x97" * 20 + other + b"\x00ab" * 20 + HEART + b"\x00\x98"
    assert walk(data, kernel).counts == [21, 20]


def test_long_and_alternating_stretches_are_found_whole(kernel: bool) -> None:
    body = b"\x00\x97" * 3000 + (b"\x00\x97" + b"\x01abcd\x98") * 1500 + b"\x01abcd\x99" * 77
    found = walk(HEART + TIMED + body, kernel)
    assert found.counts == [4500, 1577]
    begin = len(HEART + TIMED)
    assert found.offsets[:4500].tolist() == [
        *range(begin, begin + 6000, 2),
        *range(begin + 6000, begin + 18000, 8),
    ]


def test_headers_with_reserved_bits_or_times_belong_to_their_local_type(kernel: bool) -> None:
    data = HEART + b"\x00\x97" + b"\x10\x98" + b"\x9f\x99" + b"\x81\x9a"
    found = walk(data, kernel)
    assert found.counts == [4]
    assert found.compressed


def test_odd_headers_follow_a_new_definition(kernel: bool) -> None:
    wide = definition(20, [(3, 1, 2), (4, 1, 2)])
    data = HEART + b"\x81\x97" * 10 + wide + b"\x81ab" * 10 + HEART + b"\x81\x97"
    assert walk(data, kernel).counts == [11, 10]


@pytest.mark.parametrize("missing", [1, 2, 5])
def test_a_message_that_is_not_whole_is_left_out(missing: int, kernel: bool) -> None:
    data = HEART + TIMED + b"\x01abcd\x98" * 40
    found = walk(data[:-missing], kernel)
    assert found.counts == [0, 39]
    assert (found.why, found.stop) == (CUT, len(data) - 6)


def test_the_walk_does_not_pass_its_end(kernel: bool) -> None:
    data = HEART + b"\x00\x97" * 100
    found = walk(data, kernel, end=len(HEART) + 31)
    assert found.counts == [15]
    assert (found.why, found.stop) == (CUT, len(HEART) + 30)


@pytest.mark.parametrize("cut", range(1, len(HEART)))
def test_a_cut_definition_ends_the_walk(cut: int, kernel: bool) -> None:
    found = walk(TIMED + HEART[:cut], kernel)
    assert (found.why, found.stop) == (CUT, len(TIMED))


def test_a_message_nothing_defines_ends_the_walk(kernel: bool) -> None:
    for head in (b"\x07", b"\x97", b"\xe1"):
        found = walk(HEART + b"\x00\x97" + head + b"\x00\x98", kernel)
        if head != b"\x97":
            assert (found.why, found.stop) == (UNDEFINED, len(HEART) + 2)


def test_too_many_definitions_end_the_walk(kernel: bool) -> None:
    data = b"".join(definition(i, [(3, 1, 2)]) for i in range(MAX_DEFINITIONS + 1))
    found = walk(data, kernel)
    assert found.why == TOO_MANY
    assert len(found.definitions) == MAX_DEFINITIONS


def test_developer_fields_count_into_a_messages_size(kernel: bool) -> None:
    data = definition(20, [(3, 1, 2)], [(0, 2, 0)]) + b"\x00\x97ab" * 30
    assert walk(data, kernel).counts == [30]
