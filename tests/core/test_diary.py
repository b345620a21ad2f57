"""The diary's entry: absent is not zero, scores follow the answers, two logs of a day become one."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.core.columns import table
from evengait.core.diary import OVERUSE_POINTS, DiaryEntry, forget, merge, overuse_score, substantial_problem
from evengait.core.errors import TableError

DAY = date(2026, 11, 8)
pains = st.none() | st.integers(0, 10)
points = st.none() | st.sampled_from(OVERUSE_POINTS)


@st.composite
def entries(draw: st.DrawFn) -> DiaryEntry:
    return DiaryEntry(
        DAY,
        pain_during_nprs=draw(pains),
        pain_next_morning_nprs=draw(pains),
        limp=draw(st.none() | st.booleans()),
        aids=draw(st.none() | st.lists(st.sampled_from(["belt", "tape"]), unique=True).map(tuple)),
        overuse_participation_pts=draw(points),
        overuse_volume_pts=draw(points),
        notes=draw(st.none() | st.sampled_from(["one", "two", "one\ntwo"])),
    )


def test_fields_and_columns_are_the_same() -> None:
    assert [f.name for f in fields(DiaryEntry)] == list(table("diary"))


def test_what_was_not_asked_stays_open() -> None:
    entry = DiaryEntry(DAY)
    assert entry.said == ()
    assert entry.limp is None
    assert entry.aids is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pain_during_nprs", 11), ("pain_during_nprs", -1), ("pain_during_nprs", True),
        ("pain_rest_nprs", float("nan")),
        ("overuse_score", 2.5),
        ("limp", 1), ("sleep_h", 25), ("aids", ("SI belt",)), ("exercises", ("",)), ("overuse_volume_pts", 13),
        ("overuse_score", 101), ("notes", "x" * 2001), ("notes", " "), ("notes", "a\x00b"), ("aids", ("none",)),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused_and_names_its_column(name: str, value: object) -> None:
    with pytest.raises(TableError) as error:
        DiaryEntry(DAY, **{name: value})  # type: ignore[arg-type]
    assert error.value.column == name


def test_item_one_alone_can_decide_the_score() -> None:
    assert overuse_score(0, None, None, None) == 0
    assert overuse_score(25, 8, None, None) == 100
    assert overuse_score(17, 25, 25, 25) == 92
    assert overuse_score(None, 8, 8, 8) is None
    assert overuse_score(8, 8, None, 8) is None


def test_a_score_against_its_answers_is_refused() -> None:
    with pytest.raises(TableError):
        DiaryEntry(DAY, overuse_participation_pts=0, overuse_score=41)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [((25, None, None), True), ((8, 17, 0), True), ((8, 8, 25), True), ((8, 8, 8), False), ((0, None, None), False),
     ((8, None, 8), None)],
)  # fmt: skip
def test_a_substantial_problem_follows_the_rule(
    answers: tuple[int | None, ...], expected: bool | None
) -> None:
    entry = DiaryEntry(
        DAY,
        overuse_participation_pts=answers[0],
        overuse_volume_pts=answers[1],
        overuse_performance_pts=answers[2],
    )
    assert substantial_problem(entry) is expected


@given(entries(), entries())
def test_merging_never_forgets_and_the_later_word_wins(one: DiaryEntry, two: DiaryEntry) -> None:
    both = merge(one, two)
    assert set(both.said) | {"overuse_score"} >= set(one.said) | set(two.said)
    for name in set(two.said) - {"aids", "notes"}:
        assert getattr(both, name) == getattr(two, name)
    kept = set(one.aids or ()) if two.aids != () else set()
    assert set(both.aids or ()) == kept | set(two.aids or ())


@given(entries())
def test_merging_a_day_with_itself_changes_nothing(entry: DiaryEntry) -> None:
    assert merge(entry, entry) == entry


def test_a_new_answer_makes_the_score_anew() -> None:
    first = DiaryEntry(DAY, overuse_score=41)
    assert merge(first, DiaryEntry(DAY, overuse_participation_pts=25)).overuse_score == 100
    answered = DiaryEntry(DAY, overuse_participation_pts=25)
    assert merge(answered, first).overuse_score == 41


def test_entries_of_two_dates_do_not_merge() -> None:
    with pytest.raises(TableError):
        merge(DiaryEntry(DAY), DiaryEntry(date(2026, 11, 9)))


def test_what_is_forgotten_was_never_said_and_takes_the_score_along() -> None:
    entry = DiaryEntry(DAY, limp=True, overuse_participation_pts=25)
    left = forget(entry, ["overuse_participation_pts"])
    assert left.said == ("limp",)
    assert forget(entry, entry.said) == DiaryEntry(DAY)
    with pytest.raises(TableError, match="limps"):
        forget(entry, ["limps"])
