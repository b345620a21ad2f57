import json
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from evengait.core.errors import IngestError
from evengait.core.label import Label
from evengait.ingest.garmin_export import is_gear, is_list, read_gear, read_list

RUN: dict[str, Any] = {
    "activityId": 9_700_000_001,
    "name": "Canal loop",
    "description": "left hip",
    "activityType": "trail_running",
    "sportType": "RUNNING",
    "beginTimestamp": 1.7830332e12,
    "startTimeLocal": 1.7830404e12,
    "duration": 1_800_000.0,
    "elapsedDuration": 1_860_000.0,
    "distance": 500_000.0,
    "avgSpeed": 0.2777,
    "workoutRpe": 70,
}


def listed(*rows: dict[str, Any], **options: Any) -> list[Any]:
    return read_list(json.dumps([{"summarizedActivitiesExport": list(rows)}]).encode(), **options)[0]


def shoe(pair: int, **changes: Any) -> dict[str, Any]:
    base = {"gearPk": pair, "gearTypeName": "Shoes", "customMakeModel": "Brooks Ghost 14", "displayName": ""}
    return base | changes


def gear(items: list[dict[str, Any]], links: dict[str, list[int]]) -> dict[int, str]:
    rows = {pair: [{"activityId": a, "gearPk": int(pair)} for a in on] for pair, on in links.items()}
    return read_gear(json.dumps([{"gearDTOS": items, "gearActivityDTOs": rows}]).encode())


def test_an_activity_is_read_in_its_odd_units() -> None:
    (one,) = listed(RUN, shoes={9_700_000_001: "Speedgoat"})
    assert one.start == datetime(2026, 7, 2, 23, 0, tzinfo=UTC)
    assert (one.elapsed_s, one.sport) == (1860.0, "running")
    assert one.label == Label("Canal loop", "left hip", "Speedgoat", 7.0)


@pytest.mark.parametrize(
    ("changes", "sport"),
    [
        ({"activityType": {"typeId": 1, "typeKey": "treadmill_running"}}, "running"),
        ({"activityType": "lap_swimming", "sportType": "SWIMMING"}, "swimming"),
        ({"activityType": "indoor_cardio", "sportType": "TRAINING"}, "other"),
        ({"activityType": "uncategorized", "sportType": "RUNNING"}, "running"),
        ({"activityType": "strength_training", "sportType": "TRAINING"}, "strength"),
    ],
)
def test_garmins_words_for_sports_become_the_houses(changes: dict[str, Any], sport: str) -> None:
    assert listed(RUN | changes)[0].sport == sport


def test_what_is_not_said_stays_unsaid() -> None:
    bare = {"activityId": 1, "startTimeGmt": "2026-07-02T23:00:00", "duration": 60_000, "workoutRpe": 0}
    (one,) = listed(bare)
    assert one.start == datetime(2026, 7, 2, 23, 0, tzinfo=UTC)
    assert one.label == Label()
    assert one.elapsed_s == 60.0


def test_an_activity_that_never_began_is_passed_over() -> None:
    assert listed({"activityId": 1}, RUN | {"beginTimestamp": 0}, RUN)[0].label.name == "Canal loop"
    assert len(listed({"activityId": 1}, RUN)) == 1


@pytest.mark.parametrize("shape", ["{0}", "[{0}]", "\ufeff [ {0} ]"])
def test_the_list_may_be_wrapped_or_not(shape: str) -> None:
    inner = json.dumps({"summarizedActivitiesExport": [RUN]})
    assert len(read_list(shape.replace("{0}", inner).encode())[0]) == 1
    assert len(read_list(json.dumps([RUN]).encode())[0]) == 1


def test_a_list_cut_short_keeps_what_came_before_and_says_so() -> None:
    whole = json.dumps([{"summarizedActivitiesExport": [RUN, RUN | {"activityId": 2}]}]).encode()
    found, problem = read_list(whole[:-40])
    assert len(found) == 1
    assert problem is not None
    assert problem.endswith(".")
    assert read_list(b"\xff\xfenothing")[1] is not None


def test_shoes_are_called_by_model_and_nickname() -> None:
    assert gear([shoe(3, displayName="blue")], {"3": [7]}) == {7: "Brooks Ghost 14 blue"}
    assert gear([shoe(3, displayName="Ghost 14")], {"3": [7]}) == {7: "Brooks Ghost 14"}
    bare = {"customMakeModel": None, "gearMakeName": "Hoka", "gearModelName": "Mach 6"}
    assert gear([shoe(3, **bare)], {"3": [7]}) == {7: "Hoka Mach 6"}


def test_two_pairs_of_one_model_stay_two_pairs() -> None:
    pairs = [shoe(3, dateBegin="2025-03-01T00:00:00.0"), shoe(4, dateBegin="2026-01-09T00:00:00.0")]
    assert gear(pairs, {"3": [7], "4": [8]}) == {
        7: "Brooks Ghost 14 (from 2025-03-01)",
        8: "Brooks Ghost 14 (from 2026-01-09)",
    }


def test_a_bike_is_no_shoe_and_the_newest_pair_counts() -> None:
    items = [shoe(9, gearTypeName="Bike", customMakeModel="Canyon"), shoe(4, customMakeModel="New"), shoe(3)]
    assert gear(items, {"9": [7], "4": [7], "3": [7, 8]}) == {7: "New", 8: "Brooks Ghost 14"}


@pytest.mark.parametrize("data", [b"", b"{", b"[1]", b'[{"gearDTOS": 3}]', b"[" * 100_000])
def test_what_is_no_list_of_gear_is_one_sentence(data: bytes) -> None:
    with pytest.raises(IngestError, match="left out"):
        read_gear(data)


def test_the_lists_are_known_by_their_names() -> None:
    assert is_list("a/me@example.org_1001_summarizedActivities.json")
    assert is_gear("a/me@example.org_gear.json")
    assert not is_list("a/activities.json")
    assert not is_gear("a/gears.json")


def test_a_made_up_list_of_another_project_is_read(shared: Path) -> None:
    (path,) = (shared / "data").glob("tsubotti63*/**/*summarizedActivities.json")
    found, problem = read_list(path.read_bytes())
    assert problem is None
    assert [(one.start.year, one.elapsed_s, one.sport) for one in found] == [(2030, 1860.0, "running")]


def test_a_list_nested_without_end_takes_no_memory() -> None:
    deep = (
        b'[{"summarizedActivitiesExport": [{"activityType": '
        + b'{"a":' * 40_000
        + b"1"
        + b"}" * 40_000
        + b"}]}]"
    )
    tracemalloc.start()
    found, wrong = read_list(deep)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == []
    assert wrong is not None
    assert peak < 20_000_000
