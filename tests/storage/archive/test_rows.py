import numpy as np
import pyarrow as pa

from evengait.core.recording import Samples
from evengait.storage.archive.rows import samples_table, sessions_table


def test_samples_of_several_sessions_follow_each_other_and_missing_columns_are_null() -> None:
    one = Samples(
        np.array([1, 2]), {"heart_rate_bpm": (np.array([140, 141], np.int16), np.array([True, False]))}
    )
    two = Samples(np.array([5]), {"power_w": (np.array([250], np.int32), None)})
    table = samples_table([("a", one), ("b", two)])
    assert table.column("session").to_pylist() == ["a", "a", "b"]
    assert table.column("heart_rate_bpm").to_pylist() == [140, None, None]
    assert table.column("power_w").to_pylist() == [None, None, 250]
    assert table.column("lat_semicircles").null_count == 3
    assert table.column("timestamp").cast(pa.int64()).to_pylist() == [1, 2, 5]


def test_no_samples_make_an_empty_table() -> None:
    assert samples_table([]).num_rows == 0


def test_a_number_that_is_not_known_stays_null() -> None:
    rows = [
        {"session": "a", "distance_m": float("nan"), "gait_seconds": np.array([1.0, np.nan])},
        {"session": "b", "distance_m": 0.0, "gait_seconds": None, "gait_speed_bin": np.array([8, 9])},
        {"session": "c", "gait_seconds": np.array([])},
    ]
    table = sessions_table(rows)
    assert table.column("distance_m").to_pylist() == [None, 0.0, None]
    assert table.column("gait_seconds").to_pylist() == [[1.0, None], None, []]
    assert table.column("gait_speed_bin").to_pylist() == [None, [8, 9], None]
