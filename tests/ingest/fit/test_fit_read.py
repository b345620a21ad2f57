from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from evengait.core.recording import Bout, DeviceTotals, Samples
from evengait.ingest.fit import read
from evengait.ingest.fit.encode import MessageSpec, encode_activity, encode_messages

EPOCH = 631065600
NOW = 1_000_000_000
"""FIT seconds of a day in 2021."""


def us(seconds: float) -> int:
    return round((seconds + EPOCH) * 1_000_000)


def column(values: list[int | None], dtype: str = "int32") -> tuple[Any, Any]:
    known = np.array([value is not None for value in values])
    return np.array([value or 0 for value in values], dtype), None if known.all() else known


def run(seconds: int = 60, **changes: Any) -> Bout:
    count = np.arange(seconds)
    columns = {
        "lat_semicircles": column([500_000_000 + 10 * int(i) for i in count]),
        "lon_semicircles": column([-900_000_000] * seconds),
        "altitude_m_x5": column([-500 + int(i) for i in count]),
        "distance_m_x100": column([300 * int(i) for i in count]),
        "speed_m_s_x1000": column([3000] * seconds),
        "heart_rate_bpm": column([None, *[150] * (seconds - 1)], "int16"),
        "step_rate_spm_x64": column([176 * 64 + 7] * seconds),
        "contact_time_ms_x10": column([2451] * (seconds - 1) + [None]),
        "balance_left_pct_x100": column([5067] * seconds),
        "vertical_oscillation_mm_x10": column([812] * seconds),
        "step_length_mm_x10": column([10_312] * seconds),
        "power_w": column([0, *[251] * (seconds - 1)]),
        "temperature_c": column([-7] * seconds, "int16"),
    }
    base: dict[str, Any] = {
        "start_us": us(NOW),
        "sport": "running",
        "samples": Samples((NOW + count + EPOCH) * 1_000_000, columns),
        "sub_sport": "trail",
        "utc_offset_s": -25200,
        "device": "garmin fenix3",
        "gait_sensor": "garmin fenix3 + garmin hrm_run",
        "pauses_us": ((us(NOW + 10), us(NOW + 15)),),
        "totals": DeviceTotals(177.0, 59.0, 54.0, 12.0, 3.0, 172.0, 150.0),
    }
    return Bout(**(base | changes))


def same(a: Bout, b: Bout) -> None:
    for name in (
        "start_us",
        "sport",
        "sub_sport",
        "utc_offset_s",
        "device",
        "gait_sensor",
        "pauses_us",
        "totals",
    ):
        assert getattr(a, name) == getattr(b, name), name
    assert a.samples.timestamp_us.tolist() == b.samples.timestamp_us.tolist()
    assert set(a.samples.columns) == set(b.samples.columns)
    for name, (values, valid) in a.samples.columns.items():
        other, known = b.samples.columns[name]
        assert values.dtype == other.dtype, name
        assert values.tolist() == other.tolist(), name
        assert (None if valid is None else valid.tolist()) == (None if known is None else known.tolist()), (
            name
        )


def test_an_activity_written_comes_back_the_same(kernel: bool) -> None:
    recording = read(encode_activity(run()), kernel=kernel)
    assert (recording.format, recording.kind, recording.problems) == ("fit", "activity", ())
    same(recording.bouts[0], run())


@pytest.mark.parametrize(
    "sport", ["running", "walking", "hiking", "cycling", "swimming", "strength", "other"]
)
def test_sports_come_back_in_the_words_of_the_house(sport: str) -> None:
    bout = read(encode_activity(run(sport=sport, sub_sport=None))).bouts[0]
    assert bout.sport == sport
    assert ("step_rate_spm_x64" in bout.samples.columns) == (sport in ("running", "walking", "hiking"))
    assert (bout.totals.steps is None) == (sport not in ("running", "walking", "hiking"))


@pytest.mark.parametrize(
    ("device", "expected"),
    [
        (None, "development"),
        ("suunto Race 2", "suunto Race 2"),
        ("garmin fr965", "garmin fr965"),
        ("coros 831", "coros 831"),
    ],
)
def test_devices_are_named_by_maker_and_product(device: str | None, expected: str) -> None:
    assert read(encode_activity(run(device=device, gait_sensor=None))).bouts[0].device == expected


def test_without_contact_time_or_balance_there_is_no_gait_sensor() -> None:
    bout = run()
    columns = {
        k: v
        for k, v in bout.samples.columns.items()
        if k not in ("contact_time_ms_x10", "balance_left_pct_x100")
    }
    plain = run(samples=Samples(bout.samples.timestamp_us, columns))
    assert read(encode_activity(plain)).bouts[0].gait_sensor is None


def test_a_run_with_heart_rate_alone_is_a_run() -> None:
    bout = run()
    only = Samples(bout.samples.timestamp_us, {"heart_rate_bpm": column([150] * 60, "int16")})
    found = read(encode_activity(run(samples=only))).bouts[0]
    assert list(found.samples.columns) == ["heart_rate_bpm"]


def test_a_file_that_is_no_activity_has_no_bouts(kernel: bool) -> None:
    data = encode_messages(
        [MessageSpec(0, {0: ("enum", [32])}), MessageSpec(55, {253: ("uint32", [NOW])}, local=1)]
    )
    recording = read(data, kernel=kernel)
    assert (recording.kind, recording.bouts, recording.problems) == ("monitoring_b", (), ())


FILE_ID = MessageSpec(0, {0: ("enum", [4])}, local=0)


def records(times: list[int | None], **fields: Any) -> MessageSpec:
    numbers = {
        "lat": (0, "sint32"),
        "lon": (1, "sint32"),
        "heart_rate": (3, "uint8"),
        "cadence": (4, "uint8"),
        "distance": (5, "uint32"),
        "stance_time": (41, "uint16"),
    }
    return MessageSpec(
        20,
        {253: ("uint32", times)} | {numbers[k][0]: (numbers[k][1], v) for k, v in fields.items()},
        local=1,
    )


def session(start: int, seconds: int, sport: int, local: int = 2) -> MessageSpec:
    return MessageSpec(
        18,
        {
            253: ("uint32", [start + seconds]), 2: ("uint32", [start]), 5: ("enum", [sport]),
            7: ("uint32", [seconds * 1000]),
        },
        local=local,
    )  # fmt: skip


def test_without_a_session_message_the_samples_make_one() -> None:
    data = encode_messages([FILE_ID, MessageSpec(12, {0: ("enum", [1])}, local=3), records([NOW, NOW + 1])])
    recording = read(data)
    assert recording.bouts[0].sport == "running"
    assert recording.bouts[0].start_us == us(NOW)
    assert any("summary" in problem for problem in recording.problems)


def test_an_activity_without_anything_says_so() -> None:
    recording = read(encode_messages([FILE_ID]))
    assert recording.bouts == ()
    assert any("no session and no samples" in problem for problem in recording.problems)


def test_a_session_without_samples_is_still_a_bout() -> None:
    bout = read(encode_messages([FILE_ID, session(NOW, 600, 5)])).bouts[0]
    assert (bout.sport, len(bout.samples), bout.totals.elapsed_s) == ("swimming", 0, 600.0)


def test_multisport_samples_go_to_their_sessions_and_distances_begin_anew() -> None:
    times = [NOW + i for i in range(0, 40, 5)]
    data = encode_messages(
        [
            FILE_ID,
            records([*times, NOW + 100], distance=[i * 100 for i in range(9)]),
            session(NOW, 19, 5),
            session(NOW + 20, 19, 1),
        ]
    )
    recording = read(data)
    swim, run_ = recording.bouts
    assert [len(swim.samples), len(run_.samples)] == [4, 4]
    assert swim.samples.columns["distance_m_x100"][0].tolist() == [0, 100, 200, 300]
    assert run_.samples.columns["distance_m_x100"][0].tolist() == [100, 200, 300, 400]
    assert any("outside every session" in problem for problem in recording.problems)


def test_a_distance_that_falls_is_no_distance() -> None:
    data = encode_messages(
        [FILE_ID, records([NOW, NOW + 1, NOW + 2], distance=[100, 50, 200]), session(NOW, 3, 1)]
    )
    values, valid = read(data).bouts[0].samples.columns["distance_m_x100"]
    assert valid is not None
    assert valid.tolist() == [True, False, True]
    assert values[2] == 200


def test_samples_from_before_the_clock_was_set_are_left_out() -> None:
    data = encode_messages(
        [
            FILE_ID,
            records([5, 6, None, 4_000_000_000, NOW, NOW + 1], heart_rate=[1, 2, 3, 4, 150, 151]),
            session(NOW, 2, 1),
        ]
    )
    recording = read(data)
    assert recording.bouts[0].samples.columns["heart_rate_bpm"][0].tolist() == [150, 151]
    assert recording.problems == ("4 samples without a usable time were left out.",)


def test_a_recording_that_counts_from_switching_on_has_no_day_even_with_a_local_time() -> None:
    record = MessageSpec(20, {253: ("uint32", [16_441_241, 16_441_242]), 3: ("uint8", [150, 151])})
    activity = MessageSpec(34, {253: ("uint32", [16_441_243]), 5: ("uint32", [698_070_063])})
    recording = read(encode_messages([record, activity]))
    assert recording.bouts == ()
    assert len(recording.problems) == 1
    assert "did not know the date" in recording.problems[0]


def test_samples_a_little_out_of_order_are_put_in_order() -> None:
    data = encode_messages(
        [
            FILE_ID,
            records([NOW, NOW + 2, NOW + 1, NOW + 3], heart_rate=[100, 102, 101, 103]),
            session(NOW, 3, 1),
        ]
    )
    recording = read(data)
    assert recording.bouts[0].samples.columns["heart_rate_bpm"][0].tolist() == [100, 101, 102, 103]
    assert any("backwards" in problem for problem in recording.problems)


def test_of_a_clock_set_back_the_longer_side_counts() -> None:
    times = [NOW + 7200, NOW + 7201, NOW, NOW + 1, NOW + 2]
    data = encode_messages([FILE_ID, records(times, heart_rate=[90, 91, 100, 101, 102]), session(NOW, 3, 1)])
    recording = read(data)
    assert recording.bouts[0].samples.columns["heart_rate_bpm"][0].tolist() == [100, 101, 102]
    assert any("set back" in problem for problem in recording.problems)


def test_zero_contact_time_and_impossible_values_are_null() -> None:
    data = encode_messages(
        [
            FILE_ID,
            records([NOW, NOW + 1, NOW + 2], stance_time=[0, 2500, 30_000], heart_rate=[0, 150, 254]),
            session(NOW, 3, 1),
        ]
    )
    columns = read(data).bouts[0].samples.columns
    for name, expected in (
        ("contact_time_ms_x10", [False, True, False]),
        ("heart_rate_bpm", [False, True, True]),
    ):
        valid = columns[name][1]
        assert valid is not None
        assert valid.tolist() == expected


def test_a_position_at_zero_zero_or_past_a_pole_is_no_fix() -> None:
    data = encode_messages(
        [
            FILE_ID,
            records([NOW, NOW + 1, NOW + 2, NOW + 3], lat=[0, 5, 2**31 - 2, 7], lon=[0, 5, 5, None]),
            session(NOW, 3, 1),
        ]
    )
    for name in ("lat_semicircles", "lon_semicircles"):
        values, valid = read(data).bouts[0].samples.columns[name]
        assert valid is not None
        assert valid.tolist() == [False, True, False, False]
        assert values[1] == 5


def test_a_cadence_that_counts_steps_already_is_not_doubled() -> None:
    strides = encode_messages([FILE_ID, records([NOW, NOW + 1], cadence=[88, 90]), session(NOW, 2, 1)])
    steps = encode_messages([FILE_ID, records([NOW, NOW + 1], cadence=[176, 180]), session(NOW, 2, 1)])
    for data in (strides, steps):
        assert read(data).bouts[0].samples.columns["step_rate_spm_x64"][0].tolist() == [176 * 64, 180 * 64]


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        (NOW + 7200, 7200),
        (NOW + 20_700, 20_700),
        (NOW - 25_201, -25_200),
        (NOW + 90_000, None),
        (NOW + 400, None),
        (None, None),
    ],
)
def test_the_offset_from_utc_is_taken_where_it_can_be_one(local: int | None, expected: int | None) -> None:
    activity = MessageSpec(34, {253: ("uint32", [NOW]), 5: ("uint32", [local])}, local=3)
    data = encode_messages([FILE_ID, records([NOW]), session(NOW, 1, 1), activity])
    assert read(data).bouts[0].utc_offset_s == expected


def described(number: int, base: int, name: str, units: str, local: int) -> MessageSpec:
    return MessageSpec(
        206,
        {
            0: ("uint8", [0]),
            1: ("uint8", [number]),
            2: ("uint8", [base]),
            3: ("string", [name]),
            8: ("string", [units]),
        },
        local=local,
    )


def test_a_pods_fields_stand_in_where_the_watch_has_none() -> None:
    pod = {
        (0, 0): ("uint16", [250, 260]),
        (0, 1): ("uint16", [245, None]),
        (0, 2): ("float32", [6.5, 6.25]),
        (0, 3): ("uint8", [88, 90]),
    }
    data = encode_messages(
        [
            FILE_ID, described(0, 0x84, "Power", "Watts", 4), described(1, 0x84, "Ground Time", "Milliseconds", 4),
            described(2, 0x88, "Vertical Oscillation", "Centimeters", 4), described(3, 2, "Cadence", "RPM", 4),
            MessageSpec(20, {253: ("uint32", [NOW, NOW + 1])}, pod, local=1), session(NOW, 2, 1),
        ]
    )  # fmt: skip
    columns = read(data).bouts[0].samples.columns
    assert columns["power_w"][0].tolist() == [250, 260]
    assert columns["vertical_oscillation_mm_x10"][0].tolist() == [650, 625]
    assert columns["step_rate_spm_x64"][0].tolist() == [176 * 64, 180 * 64]
    values, valid = columns["contact_time_ms_x10"]
    assert values[0] == 2450
    assert valid is not None
    assert valid.tolist() == [True, False]


def test_a_pods_field_does_not_replace_the_watchs_own() -> None:
    data = encode_messages(
        [
            FILE_ID, described(1, 0x84, "Ground Time", "Milliseconds", 4),
            MessageSpec(20, {253: ("uint32", [NOW]), 41: ("uint16", [2300])}, {(0, 1): ("uint16", [245])}, local=1),
            session(NOW, 1, 1),
        ]
    )  # fmt: skip
    assert read(data).bouts[0].samples.columns["contact_time_ms_x10"][0].tolist() == [2300]


def test_old_packed_speed_and_distance_become_samples() -> None:
    packed = [[0x90 | 0, 0x01 | 0x20, 0], [0x90, 0x01 | 0x20, 1]]
    spec = MessageSpec(20, {253: ("uint32", [NOW, NOW + 1]), 8: ("byte", packed)}, local=1)
    columns = read(encode_messages([FILE_ID, spec, session(NOW, 2, 2)])).bouts[0].samples.columns
    assert columns["speed_m_s_x1000"][0].tolist() == [4000, 4000]
    assert columns["distance_m_x100"][0].tolist() == [12, 112]


def test_importing_the_format_loads_no_numpy() -> None:
    code = "import sys, evengait.ingest.fit as f; f.sniff(bytes(14)); sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_engines_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    from evengait.ingest.fit import _engine

    monkeypatch.setenv("EVENGAIT_NO_KERNEL", "1")
    assert _engine.engine().name == "numpy"
    monkeypatch.delenv("EVENGAIT_NO_KERNEL")
    monkeypatch.setattr(_engine, "_compiled", lambda: None)
    assert _engine.engine().name == "numpy"
    with pytest.raises(ImportError, match="not built"):
        _engine.engine(kernel=True)


def test_the_kernel_refuses_places_outside_its_buffers() -> None:
    kernel = pytest.importorskip("evengait.ingest.fit._kernel")
    data, table = np.zeros(40, np.uint8), np.zeros(64, np.uint8)
    good_spec = np.array([[1, 4, 0, 1, 1, 0, 0, 0]], np.int64)
    scales = np.array([[1.0, 0.0]])
    offsets = np.array([0, 10], np.int64)
    kernel.fill(data, offsets, None, 5, good_spec, scales, table, 2, 4)
    for column, value in (
        (0, 4),
        (0, -1),
        (1, 17),
        (1, -1),
        (3, 0),
        (3, 3),
        (4, 300),
        (5, 3),
        (6, -1),
        (6, 2),
        (7, 31),
        (7, -1),
    ):
        spec = good_spec.copy()
        spec[0, column] = value
        with pytest.raises(ValueError, match=r"lies outside|names no type"):
            kernel.fill(data, offsets, None, 5, spec, scales, table, 2, 4)
    for wrong in ([-1, 0], [36, 0], [2**62, 0]):
        with pytest.raises(ValueError, match="outside"):
            kernel.fill(data, np.array(wrong, np.int64), None, 5, good_spec, scales, table, 2, 4)
    for ranks in ([0, 2], [-1, 0]):
        with pytest.raises(ValueError, match="outside"):
            kernel.fill(data, offsets, np.array(ranks, np.int64), 5, good_spec, scales, table, 2, 4)
    with pytest.raises(ValueError, match="agree"):
        kernel.fill(data, offsets, None, 5, good_spec, scales, table, 1, 4)
    with pytest.raises(ValueError, match="bounds"):
        kernel.fill(data, offsets, None, 5, good_spec, scales, table, 2, 65)
    with pytest.raises(ValueError, match="bounds"):
        kernel.walk(bytes(10), 0, 11, 4096)
