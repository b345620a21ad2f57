from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from evengait.core.errors import IngestError
from evengait.ingest.fit import FitFile, Message, decode
from evengait.ingest.fit.encode import MessageSpec, definition, encode_messages, wrap

NOW = 1_000_000_000


def cells(message: Message, name: str) -> list[Any]:
    pair = message.column(name)
    assert pair is not None
    values, valid = pair
    if valid is None:
        return values.tolist()
    if values.ndim == 1:
        return [v if ok else None for v, ok in zip(values.tolist(), valid.tolist(), strict=True)]
    return [
        [v if ok else None for v, ok in zip(row, known, strict=True)]
        for row, known in zip(values.tolist(), valid.tolist(), strict=True)
    ]


def one(specs: list[MessageSpec], kernel: bool, *, interleave: bool = False) -> FitFile:
    file = decode(encode_messages(specs, interleave=interleave), kernel=kernel)
    assert file.problems == ()
    return file


@pytest.mark.parametrize("big_endian", [False, True])
def test_scale_offset_and_invalid_are_applied(big_endian: bool, kernel: bool) -> None:
    spec = MessageSpec(
        20,
        {253: ("uint32", [NOW, NOW + 1]), 2: ("uint16", [2600, None]), 13: ("sint8", [-5, None])},
        big_endian=big_endian,
    )
    record = one([spec], kernel)["record"]
    assert cells(record, "altitude") == [20.0, None]
    assert cells(record, "temperature") == [-5, None]
    assert cells(record, "timestamp") == [NOW, NOW + 1]
    assert cells(record, "enhanced_altitude") == [20.0, None]


@pytest.mark.parametrize(
    ("base", "value"),
    [
        ("enum", 7), ("sint8", -128), ("uint8", 254), ("sint16", -32768), ("uint16", 65534), ("sint32", -(2**31)),
        ("uint32", 2**32 - 2), ("float32", -1.5), ("float64", 1e300), ("uint8z", 255), ("uint16z", 65535),
        ("uint32z", 2**32 - 1), ("byte", 254), ("sint64", -(2**63)), ("uint64", 2**64 - 2), ("uint64z", 2**64 - 1),
        ("string", "rün"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("big_endian", [False, True])
def test_every_base_type_comes_back(base: str, value: Any, big_endian: bool, kernel: bool) -> None:
    spec = MessageSpec(300, {5: (base, [value, None, value])}, big_endian=big_endian)
    assert cells(one([spec], kernel)["unknown_300"], "unknown_5") == [value, None, value]


def test_several_definitions_of_one_message_are_one_table_in_file_order(kernel: bool) -> None:
    specs = [
        MessageSpec(20, {253: ("uint32", [NOW, NOW + 2]), 3: ("uint8", [100, 102])}, local=0),
        MessageSpec(
            20, {253: ("uint32", [NOW + 1, NOW + 3]), 4: ("uint8", [80, 81])}, local=1, big_endian=True
        ),
    ]
    record = one(specs, kernel, interleave=True)["record"]
    assert cells(record, "timestamp") == [NOW, NOW + 1, NOW + 2, NOW + 3]
    assert cells(record, "heart_rate") == [100, None, 102, None]
    assert cells(record, "cadence") == [None, 80, None, 81]
    assert (np.diff(record.offsets) > 0).all()


def test_many_messages_interleaved_with_few_keep_their_order(kernel: bool) -> None:
    many, few = 1000, 300
    specs = [
        MessageSpec(20, {253: ("uint32", [NOW + 2 * i for i in range(many)])}, local=0),
        MessageSpec(
            20,
            {
                253: ("uint32", [NOW + 2 * i + 1 for i in range(few)]),
                3: ("uint8", [i % 200 for i in range(few)]),
            },
            local=1,
        ),
    ]
    record = one(specs, kernel, interleave=True)["record"]
    times = cells(record, "timestamp")
    assert times[: 2 * few] == list(range(NOW, NOW + 2 * few))
    assert cells(record, "heart_rate")[: 2 * few] == [
        None if i % 2 == 0 else i // 2 % 200 for i in range(2 * few)
    ]
    assert cells(record, "heart_rate")[2 * few :] == [None] * (many - few)


def test_a_field_of_another_type_in_another_definition_is_promoted(kernel: bool) -> None:
    specs = [
        MessageSpec(300, {1: ("uint8", [5, None])}, local=0),
        MessageSpec(300, {1: ("sint32", [-70_000, None])}, local=1),
    ]
    message = one(specs, kernel)["unknown_300"]
    assert cells(message, "unknown_1") == [5, None, -70_000, None]


def test_text_and_numbers_under_one_number_are_two_columns(kernel: bool) -> None:
    specs = [
        MessageSpec(300, {1: ("uint8", [5])}, local=0),
        MessageSpec(300, {1: ("string", ["five"])}, local=1),
    ]
    message = one(specs, kernel)["unknown_300"]
    assert cells(message, "unknown_1") == [5, None]
    columns = message.columns()
    assert columns["unknown_1_text"][0].tolist() == [None, "five"]


def test_arrays_of_several_lengths_share_a_column(kernel: bool) -> None:
    specs = [
        MessageSpec(78, {0: ("uint16", [[1000, None, 500], [None, None, None]])}, local=0),
        MessageSpec(78, {0: ("uint16", [[250]])}, local=1),
    ]
    assert cells(one(specs, kernel)["hrv"], "time") == [[1.0, None, 0.5], [None] * 3, [0.25, None, None]]


def test_floats_that_are_not_numbers_are_null_in_every_row(kernel: bool) -> None:
    # In two definitions and as an array: the flags lie apart in memory.
    specs = [
        MessageSpec(300, {1: ("float32", [[1.5, None], [None, None]])}, local=0),
        MessageSpec(300, {1: ("float32", [[None]] * 16)}, local=1),
    ]
    assert cells(one(specs, kernel)["unknown_300"], "unknown_1") == [[1.5, None]] + [[None, None]] * 17


def test_bytes_are_missing_only_all_together(kernel: bool) -> None:
    spec = MessageSpec(300, {1: ("byte", [[1, 255], [255, 255]])})
    assert cells(one([spec], kernel)["unknown_300"], "unknown_1") == [[1, 255], [None, None]]


def test_several_texts_in_a_field_are_a_tuple(kernel: bool) -> None:
    spec = MessageSpec(300, {1: ("string", ["a\0bc", "d", None])})
    values, valid = one([spec], kernel)["unknown_300"].columns()["unknown_1"]
    assert values.tolist() == [("a", "bc"), "d", None]
    assert valid is not None
    assert valid.tolist() == [True, True, False]


def test_bytes_that_are_no_text_are_left_out(kernel: bool) -> None:
    body = (
        definition(300, [(1, 5, 7)])
        + b"\x00ab\x00\xff\xff"
        + b"\x00\xff\xff\xff\xff\xff"
        + b"\x00a\xff\x00c\x00"
    )
    values, valid = decode(wrap(body), kernel=kernel)["unknown_300"].columns()["unknown_1"]
    assert values.tolist() == ["ab", None, ("a", "c")]
    assert valid is not None
    assert valid.tolist() == [True, False, True]


def test_times_in_headers_count_on_and_roll_over(kernel: bool) -> None:
    start = NOW - NOW % 32 + 29
    specs = [
        MessageSpec(21, {253: ("uint32", [start]), 0: ("enum", [0])}, local=4),
        MessageSpec(20, {3: ("uint8", [1, 2, 3, 4])}, local=1, header_seconds=[29, 31, 2, 1]),
    ]
    record = one(specs, kernel)["record"]
    assert cells(record, "timestamp") == [start, start + 2, start + 5, start + 36]
    alone = decode(encode_messages(specs), ["record"], ["timestamp"], kernel=kernel)["record"]
    assert list(alone.columns()) == ["timestamp"]
    assert cells(alone, "timestamp") == [start, start + 2, start + 5, start + 36]


def test_a_time_in_a_header_before_any_whole_time_is_unknown(kernel: bool) -> None:
    spec = MessageSpec(20, {3: ("uint8", [1, 2])}, local=1, header_seconds=[29, 31])
    assert cells(one([spec], kernel)["record"], "timestamp") == [None, None]


def test_chained_files_are_one_table_and_counters_begin_anew(kernel: bool) -> None:
    first = encode_messages([MessageSpec(20, {18: ("uint8", [250, 254, 3])})])
    second = encode_messages([MessageSpec(20, {18: ("uint8", [10, 12])}, big_endian=True)])
    file = decode(first + second, kernel=kernel)
    assert file.parts == (0, len(first))
    assert file.problems == ()
    assert cells(file["record"], "total_cycles") == [250, 254, 259, 10, 12]


def test_compressed_speed_and_distance_are_unpacked_and_accumulated(kernel: bool) -> None:
    def packed(speed: int, distance: int) -> list[int]:
        bits = speed | distance << 12
        return [bits & 255, bits >> 8 & 255, bits >> 16]

    spec = MessageSpec(20, {8: ("byte", [packed(250, 4090), [255] * 3, packed(300, 10)])})
    record = one([spec], kernel)["record"]
    assert cells(record, "speed") == [2.5, None, 3.0]
    assert cells(record, "enhanced_speed") == [2.5, None, 3.0]
    assert cells(record, "distance") == [4090 / 16, None, (4096 + 10) / 16]


def test_heart_beat_times_are_counted_on_from_the_whole_one(kernel: bool) -> None:
    def packed(values: list[int]) -> list[int]:
        bits = sum(value << 12 * i for i, value in enumerate(values))
        return [bits >> 8 * i & 255 for i in range(12)]

    specs = [
        MessageSpec(132, {9: ("uint32", [4000])}, local=0),
        MessageSpec(132, {10: ("byte", [packed([4050, 10, 100, 200, 300, 400, 500, 600])])}, local=1),
    ]
    message = one(specs, kernel)["hr"]
    whole = [4050, 4106, 4196, 4296, 4396, 4496, 4596, 4696]
    assert cells(message, "event_timestamp")[0][0] == 4000 / 1024
    assert cells(message, "event_timestamp")[1] == [value / 1024 for value in whole]


def test_event_data_gets_the_meaning_that_the_event_gives_it(kernel: bool) -> None:
    gear = 1 | 14 << 8 | 2 << 16 | 50 << 24
    spec = MessageSpec(
        21, {0: ("enum", [0, 42, 15]), 3: ("uint32", [1, gear, None]), 2: ("uint16", [None, None, 77])}
    )
    event = one([spec], kernel)["event"]
    assert cells(event, "timer_trigger") == [1, None, None]
    assert cells(event, "gear_change_data") == [None, gear, None]
    assert cells(event, "rear_gear") == [None, 14, None]
    assert cells(event, "front_gear_num") == [None, 2, None]
    assert cells(event, "data") == [1, gear, 77]
    assert event.column("hr_high_alert") is None


def developer(index: int, number: int, base: int, name: str, units: str, native: int | None) -> MessageSpec:
    return MessageSpec(
        206,
        {
            0: ("uint8", [index]), 1: ("uint8", [number]), 2: ("uint8", [base]), 3: ("string", [name]),
            8: ("string", [units]), 14: ("uint16", [20]), 15: ("uint8", [native]),
        },
        local=2,
    )  # fmt: skip


def test_developer_fields_carry_what_was_said_of_them(kernel: bool) -> None:
    specs = [
        MessageSpec(207, {3: ("uint8", [0])}, local=1),
        developer(0, 7, 0x84, "Power", "Watts", 7),
        MessageSpec(20, {3: ("uint8", [150, 151])}, {(0, 7): ("uint16", [250, None])}, local=3),
    ]
    record = one(specs, kernel)["record"]
    assert cells(record, "developer_Power") == [250, None]
    said = record.developer["developer_Power"]
    assert (said.name, said.units, said.native_message, said.native_field) == ("Power", "Watts", 20, 7)


def test_a_description_that_changes_holds_from_there_on(kernel: bool) -> None:
    rows = MessageSpec(20, {3: ("uint8", [150])}, {(0, 7): ("uint16", [250])}, local=3)
    specs = [
        developer(0, 7, 0x84, "Power", "Watts", 7),
        rows,
        developer(0, 7, 0x84, "Power", "Watts", 7),
        rows,
        developer(0, 7, 0x84, "Form Power", "Watts", None),
        rows,
    ]
    record = one(specs, kernel)["record"]
    assert cells(record, "developer_Power") == [250, 250, None]
    assert cells(record, "developer_Form Power") == [None, None, 250]


def test_developer_fields_nobody_described_are_kept_as_bytes(kernel: bool) -> None:
    spec = MessageSpec(20, {3: ("uint8", [150])}, {(0, 7): ("uint16", [0x0201])}, local=3)
    assert cells(one([spec], kernel)["record"], "developer_unknown_0_7") == [[1, 2]]


def test_a_size_that_the_type_does_not_divide_is_read_as_bytes(kernel: bool) -> None:
    body = definition(300, [(1, 3, 4)]) + b"\x00\x01\x02\xff"
    file = decode(wrap(body), kernel=kernel)
    assert cells(file["unknown_300"], "unknown_1") == [[1, 2, None]]


def test_unknown_base_types_and_empty_fields_do_no_harm(kernel: bool) -> None:
    body = definition(300, [(1, 1, 0x1E), (2, 0, 2), (3, 1, 2)]) + b"\x00\x05\x06"
    message = decode(wrap(body), kernel=kernel)["unknown_300"]
    assert sorted(message.columns()) == ["unknown_1", "unknown_3"]
    assert cells(message, "unknown_3") == [6]


def test_only_what_is_asked_for_is_given(kernel: bool) -> None:
    specs = [
        MessageSpec(20, {3: ("uint8", [150]), 6: ("uint16", [3000]), 13: ("sint8", [20])}, local=0),
        MessageSpec(18, {5: ("enum", [1])}, local=1),
    ]
    data = encode_messages(specs)
    file = decode(data, messages=["record"], columns=["enhanced_speed", "heart_rate"], kernel=kernel)
    assert list(file.messages) == ["record"]
    assert sorted(file["record"].columns()) == ["enhanced_speed", "heart_rate"]
    assert cells(file["record"], "enhanced_speed") == [3.0]
    assert file["record"].column("no_such_column") is None


def test_raw_columns_are_the_devices_own_integers(kernel: bool) -> None:
    file = decode(encode_messages([MessageSpec(20, {6: ("uint16", [3000, None])})]), kernel=kernel)
    values, valid = file["record"].raw(["speed", "enhanced_speed"])["speed"]
    assert values.dtype == np.uint16
    assert values[0] == 3000
    assert valid is not None
    assert valid.tolist() == [True, False]


def test_a_message_without_fields_still_counts(kernel: bool) -> None:
    file = decode(wrap(definition(300, []) + b"\x00" * 3), kernel=kernel)
    assert len(file["unknown_300"]) == 3
    assert file["unknown_300"].columns() == {}
    assert file["unknown_300"].to_arrow().num_columns == 0


def test_frames_have_instants_lists_and_nulls() -> None:
    specs = [
        MessageSpec(20, {253: ("uint32", [NOW, None]), 3: ("uint8", [150, None])}, local=0),
        MessageSpec(78, {0: ("uint16", [[1000, None], [None, None]])}, local=1),
    ]
    file = decode(encode_messages(specs))
    frame = file["record"].to_polars()
    assert frame["timestamp"][0].isoformat() == "2021-09-08T01:46:40+00:00"
    assert frame["timestamp"][1] is None
    assert frame["heart_rate"].to_list() == [150, None]
    assert file["hrv"].to_polars()["time"].to_list() == [[1.0, None], None]
    texts = decode(encode_messages([MessageSpec(300, {1: ("string", ["a\0b", "c", None])})]))
    assert texts["unknown_300"].to_arrow()["unknown_1"].to_pylist() == [["a", "b"], ["c"], None]


def test_any_bytes_like_input_will_do(kernel: bool) -> None:
    data = encode_messages([MessageSpec(20, {3: ("uint8", [150])})])
    for form in (data, bytearray(data), memoryview(data), memoryview(b"xx" + data)[2:]):
        assert cells(decode(form, kernel=kernel)["record"], "heart_rate") == [150]


def test_far_more_columns_than_data_are_refused(kernel: bool) -> None:
    # A megabyte of empty rows beside one definition of 255 fields would fill gigabytes.
    wide = definition(20, [(i, 8, 15) for i in range(255)], local=1)
    body = wide + b"\x01" + bytes(255 * 8) + definition(20, []) + b"\x00" * 1_000_000
    record = decode(wrap(body), kernel=kernel)["record"]
    with pytest.raises(IngestError, match="far more columns"):
        record.columns()
    assert len(record) == 1_000_001
