from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from evengait.ingest.fit import decode, read
from evengait.ingest.fit._kind import other_kind
from evengait.ingest.fit._read import _kind
from evengait.ingest.fit._rows import rows
from evengait.ingest.fit.encode import MessageSpec, encode_messages

if TYPE_CHECKING:
    from pathlib import Path


def of_type(value: int | None, *, big_endian: bool = False) -> bytes:
    fields = {1: ("uint16", [1]), 0: ("enum", [value]), 4: ("uint32", [1_000_000_000])}
    return encode_messages(
        [MessageSpec(0, fields, big_endian=big_endian), MessageSpec(103, {0: ("enum", [0])})]
    )


@pytest.mark.parametrize("big_endian", [False, True])
def test_what_is_no_activity_is_told_by_its_first_message(big_endian: bool) -> None:
    assert other_kind(of_type(32, big_endian=big_endian)) == "monitoring_b"
    assert other_kind(of_type(4, big_endian=big_endian)) is None
    assert other_kind(of_type(None, big_endian=big_endian)) is None


def test_chained_files_are_read_whole() -> None:
    both = of_type(2) + of_type(4)
    assert other_kind(both) is None
    assert read(both).kind == "activity"


def test_a_file_that_begins_with_something_else_is_read_whole() -> None:
    data = encode_messages([MessageSpec(20, {3: ("uint8", [150])}), MessageSpec(0, {0: ("enum", [2])})])
    assert other_kind(data) is None
    assert read(data).kind == "settings"


def test_a_file_cut_anywhere_is_judged_or_read_whole() -> None:
    data = of_type(32)
    assert {other_kind(data[:cut]) for cut in range(len(data))} == {None, "monitoring_b"}


def test_the_first_message_never_contradicts_the_whole_file(shared: Path) -> None:
    quick = 0
    for path in sorted((shared / "data").rglob("*.fit*")):
        data = path.read_bytes()
        data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        kind = other_kind(data)
        if kind is not None:
            quick += 1
            assert kind == _kind([row["type"] for row in rows(decode(data).get("file_id"), ("type",))]), (
                path.name
            )
    assert quick > 300
