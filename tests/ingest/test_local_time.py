from datetime import UTC, date, datetime

import numpy as np
import pytest

from evengait.core.recording import Bout, Samples
from evengait.ingest._local_time import local_time

LATE = int(datetime(2026, 7, 2, 23, 0, tzinfo=UTC).timestamp()) * 1_000_000


def at(
    lat: float | None,
    lon: float | None,
    *,
    start_us: int = LATE,
    offset_s: int | None = None,
    first_valid: bool = True,
) -> Bout:
    clock = np.array([start_us, start_us + 1_000_000])
    columns = {}
    if lat is not None and lon is not None:
        valid = np.array([first_valid, True])
        for name, degrees in (("lat_semicircles", lat), ("lon_semicircles", lon)):
            value = round(degrees * 2**31 / 180)
            columns[name] = (np.array([value if first_valid else 0, value], np.int32), valid)
    return Bout(start_us, "running", Samples(clock, columns), utc_offset_s=offset_s)


def test_the_recordings_own_offset_comes_first() -> None:
    assert local_time(at(52.5, 13.4, offset_s=-7 * 3600)) == (date(2026, 7, 2), -7 * 3600, "recording")


@pytest.mark.parametrize(
    ("lat", "lon", "day", "offset"),
    [
        (52.5, 13.4, date(2026, 7, 3), 7200),
        (40.7, -74.0, date(2026, 7, 2), -14400),
        (27.7, 85.3, date(2026, 7, 3), 20700),
    ],
)
def test_without_one_the_place_tells(lat: float, lon: float, day: date, offset: int) -> None:
    assert local_time(at(lat, lon)) == (day, offset, "position")


def test_summer_time_follows_the_date() -> None:
    winter = int(datetime(2026, 1, 2, 12, 0, tzinfo=UTC).timestamp()) * 1_000_000
    assert local_time(at(52.5, 13.4, start_us=winter))[1] == 3600


def test_the_first_fix_counts_not_the_first_sample() -> None:
    assert local_time(at(52.5, 13.4, first_valid=False)) == (date(2026, 7, 3), 7200, "position")


def test_without_a_place_utc_is_assumed_and_said() -> None:
    assert local_time(at(None, None)) == (date(2026, 7, 2), None, "assumed")


def test_a_column_without_one_fix_is_no_place() -> None:
    bout = at(52.5, 13.4)
    nothing = np.zeros(2, np.bool_)
    columns = {name: (values, nothing) for name, (values, _) in bout.samples.columns.items()}
    empty = Bout(bout.start_us, "running", Samples(bout.samples.timestamp_us, columns))
    assert local_time(empty)[2] == "assumed"


def test_a_bout_without_samples_has_no_place() -> None:
    none = np.array([], np.int32)
    samples = Samples(
        np.array([], np.int64), {"lat_semicircles": (none, None), "lon_semicircles": (none, None)}
    )
    assert local_time(Bout(LATE, "running", samples))[2] == "assumed"


def test_an_impossible_latitude_is_no_place() -> None:
    bout = at(10.0, 10.0)
    columns = dict(bout.samples.columns)
    columns["lat_semicircles"] = (np.full(2, 2**30 + 2**29, np.int32), None)
    assert local_time(Bout(LATE, "running", Samples(bout.samples.timestamp_us, columns)))[2] == "assumed"
