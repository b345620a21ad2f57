"""Sets as Strong and Hevy write them: read, written, read again; bad rows are told by line and the rest goes on."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, time
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evengait.core.errors import IngestError
from evengait.core.strength import StrengthSet
from evengait.ingest.strength_csv import SHAPES, read_sets, write_sets

IDS = {"squat (barbell)": "barbell_squat", "side plank": "side_plank", "barbell_squat": "barbell_squat"}
TITLES = {"barbell_squat": "Squat (Barbell)", "side_plank": "Side Plank"}
LB = 0.45359237

SAMPLES = Path(__file__).parent / "samples"
STRONG = (SAMPLES / "strong.csv").read_text("utf-8")
OLD_STRONG = (SAMPLES / "strong_older.csv").read_text("utf-8")
NEW_STRONG = (SAMPLES / "strong_newer.csv").read_text("utf-8")
HEVY = (SAMPLES / "hevy.csv").read_text("utf-8")


def read(text: str, **more: Any) -> Any:
    return read_sets(text.encode(), IDS, **more)


def test_strong_as_it_exports_today() -> None:
    got = read(STRONG, weights="kg")
    assert (got.shape, got.failed, got.passed_over) == ("strong", [], 2)
    day, at = date(2026, 11, 24), time(18, 30)
    assert got.sets == [
        StrengthSet(day, "barbell_squat", 1, 8, 40.0, kind="warm_up", source="strong", started=at),
        StrengthSet(
            day, "barbell_squat", 2, 12, 60.0, 4.0, notes="stiff, then fine", source="strong", started=at
        ),
        StrengthSet(day, "barbell_squat", 3, 11, 60.0, 3.5, source="strong", started=at),
        StrengthSet(day, "side_plank", 1, hold_s=30.0, source="strong", started=at),
        StrengthSet(
            day, "own:Bench Press (Barbell)", 1, 5, 50.0, 0.0, kind="failure", source="strong", started=at
        ),
    ]
    assert got.own_names == {"Bench Press (Barbell)"}


def test_older_and_newer_exports_of_strong_say_their_unit() -> None:
    (one,) = read(OLD_STRONG).sets
    assert (one.load_kg, one.reps, one.rir) == (pytest.approx(135 * LB), 5, 1.5)
    (two,) = read(NEW_STRONG).sets
    assert (two.load_kg, two.kind, two.rir) == (40.0, "drop", None)


def test_a_file_that_says_no_unit_asks_for_it() -> None:
    with pytest.raises(IngestError, match="--weights"):
        read(STRONG)
    assert read(STRONG, weights="lb").sets[1].load_kg == pytest.approx(60 * LB)


def test_hevy_in_kilograms_and_pounds() -> None:
    got = read(HEVY)
    assert (got.shape, got.failed, got.passed_over) == ("hevy", [], 1)
    warm, work, plank = got.sets
    assert (warm.kind, warm.set_number, warm.started) == ("warm_up", 1, time(18, 30))
    assert (work.load_kg, work.reps, work.rir, work.notes, work.set_number) == (
        60.0,
        12,
        4.0,
        "knees fine",
        2,
    )
    assert (plank.hold_s, plank.reps, plank.load_kg) == (30.0, None, None)
    pounds = read(HEVY.replace("weight_kg", "weight_lbs").replace("distance_km", "distance_miles"))
    assert pounds.sets[1].load_kg == pytest.approx(60 * LB)


@pytest.mark.parametrize(
    "text",
    ["24 Nov 2026, 18:30", "24 Nov. 2026, 18:30", "Nov 24, 2026, 6:30 PM", "2026-11-24 18:30:00", "24 nov 2026, 18:30",
     "24. November 2026, 18:30", "24 ноя 2026, 18:30"],
)  # fmt: skip
def test_hevys_dates_in_several_tongues(text: str) -> None:
    got = read(HEVY.replace("24 Nov 2026, 18:30", text))
    assert (got.sets[0].date, got.sets[0].started) == (date(2026, 11, 24), time(18, 30))


@pytest.mark.parametrize(
    ("text", "month"),
    [("3 Juin 2026, 07:00", 6), ("3 Juil. 2026, 07:00", 7), ("3 Mär 2026, 07:00", 3), ("3 Dez 2026, 07:00", 12)],
)  # fmt: skip
def test_months_that_begin_alike_are_told_apart(text: str, month: int) -> None:
    assert read(HEVY.replace("24 Nov 2026, 18:30", text)).sets[0].date == date(2026, month, 3)


def test_bad_rows_are_told_by_line_and_the_rest_goes_on() -> None:
    lines = STRONG.splitlines()
    lines[1] = lines[1].replace("2026-11-24 18:30:00", "yesterday")
    lines[2] = lines[2].replace(",12,", ",a dozen,")
    lines[4] = lines[4].replace(",6.5", ",16.5")
    lines[5] = lines[5].replace(",0,0,0,30", ",-5,0,0,30")
    lines[7] = lines[7].replace("Bench Press (Barbell)", "")
    got = read("\n".join(lines), weights="kg")
    assert [line for line, _ in got.failed] == [2, 3, 5, 6, 8]
    assert "date" in got.failed[0][1]
    assert "reps" in got.failed[1][1]
    assert "dozen" not in got.failed[1][1]
    assert "rpe" in got.failed[2][1]
    assert got.sets == []
    assert got.passed_over == 2


def test_a_note_of_several_lines_keeps_the_line_of_its_row() -> None:
    text = STRONG.replace('"stiff, then fine"', '"stiff\nthen fine"').replace(
        "Side Plank,1,0,0,0,30", "Side Plank,1,x,0,0,30"
    )
    got = read(text, weights="kg")
    assert [line for line, _ in got.failed] == [7]
    assert got.sets[1].notes == "stiff\nthen fine"


def test_a_set_without_repetitions_or_a_hold_is_told() -> None:
    got = read(STRONG.replace("Squat (Barbell),1,60,12", "Squat (Barbell),1,60,0"), weights="kg")
    assert [line for line, _ in got.failed] == [3]
    assert "repetitions or seconds" in got.failed[0][1]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no columns"),
        (b"a,b\n1,2\n", "no columns"),
        (b"\xff\xfe\x00D", "UTF-8"),
        (b"PK\x03\x04" + bytes(40), "no columns"),
    ],
)
def test_what_is_no_list_of_sets_is_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(IngestError, match=says):
        read_sets(data, IDS, "kg")


@settings(deadline=None, max_examples=60)
@given(data=st.binary(max_size=200))
def test_rubbish_behind_a_good_first_line_never_stops_the_program(data: bytes) -> None:
    head = STRONG.splitlines()[0].encode()
    with suppress(IngestError):
        read_sets(head + b"\n" + data, IDS, "kg")


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), min_size=1, max_size=12
)
NUMBERS = st.floats(0.5, 599).map(lambda x: round(x, 2))
SETS = st.lists(
    st.builds(
        dict, date=st.dates(date(2020, 1, 1), date(2026, 11, 24)), exercise=st.sampled_from([*TITLES, "own:Sled"]),
        reps=st.one_of(st.none(), st.integers(1, 100)), load_kg=st.one_of(st.none(), NUMBERS),
        rir=st.one_of(st.none(), st.integers(0, 19).map(lambda x: x / 2)),
        side=st.sampled_from([None, "left", "right"]),
        hold_s=st.one_of(st.none(), st.integers(1, 600).map(float)),
        pain_nprs=st.one_of(st.none(), st.integers(0, 20).map(lambda x: x / 2)), notes=st.one_of(st.none(), WORDS),
        kind=st.sampled_from(["working", "warm_up", "drop", "failure"]),
        started=st.one_of(st.none(), st.builds(time, st.integers(0, 23), st.integers(1, 59))),
    ).filter(lambda one: one["reps"] or one["hold_s"]),
    max_size=12,
)  # fmt: skip


def numbered(made: list[dict[str, Any]]) -> list[StrengthSet]:
    """Return the sets with numbers, in an order in which an app would list them."""

    def place(one: dict[str, Any]) -> tuple[Any, ...]:
        return one["date"], one["started"] or time(0, 0), one["exercise"], one["side"] or ""

    return [
        StrengthSet(**one, set_number=i + 1)
        for _, group in groupby(sorted(made, key=place), place)
        for i, one in enumerate(group)
    ]


@settings(deadline=None, max_examples=80)
@given(made=SETS, shape=st.sampled_from(SHAPES), weights=st.sampled_from(["kg", "lb"]))
def test_what_is_written_comes_back(made: list[dict[str, Any]], shape: str, weights: Any) -> None:
    sets = numbered(made)
    got = read(write_sets(sets, shape, TITLES, weights))
    assert (got.shape, got.failed, got.passed_over) == (shape, [], 0)
    assert len(got.sets) == len(sets)
    for one, other in zip(sets, got.sets, strict=True):
        for name in (
            "date",
            "exercise",
            "set_number",
            "reps",
            "rir",
            "side",
            "hold_s",
            "pain_nprs",
            "notes",
            "kind",
            "started",
        ):
            assert getattr(other, name) == getattr(one, name), name
        assert (other.load_kg is None) == (one.load_kg is None)
        if one.load_kg is not None:
            assert other.load_kg == pytest.approx(one.load_kg, rel=1e-9)
        assert other.source == (one.source if shape == "evengait" else shape)


def test_the_programs_own_csv_is_exact() -> None:
    sets = [StrengthSet(date(2026, 11, 24), "barbell_squat", 1, 5, 135 * LB, 1.5, pain_nprs=0.0)]
    assert read(write_sets(sets, "evengait", {})).sets == sets
