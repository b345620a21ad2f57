"""An explanation turned into words and counts."""

from __future__ import annotations

from evengait.report import view
from made_up import BALANCE, factor, made_up_explanation


def test_factors_keep_their_rank_and_those_not_judged_are_left_out() -> None:
    explanation = made_up_explanation()
    ids = [f.id for f in view.factor_views(explanation, "mi")]
    assert ids == [f["id"] for f in explanation["factors"] if not f["missing"]]
    assert "contact_time" not in ids


def test_climb_reads_in_feet_for_who_thinks_in_miles() -> None:
    climb = next(f for f in view.factor_views(made_up_explanation(), "mi") if f.id == "climb")
    assert climb.value == "4,265\xa0ft"
    assert climb.usual == "3,215–4,659\xa0ft"


def test_how_often_it_passed_is_a_count_of_all_that_could_be_compared() -> None:
    first = view.factor_views(made_up_explanation(), "km")[0]
    assert first.passed == "0 of 84"


def test_what_could_not_be_judged_is_gathered_by_reason() -> None:
    explanation = made_up_explanation()
    explanation["factors"] += [
        BALANCE | {"id": "x", "label": "Something", "missing": explanation["factors"][-1]["missing"]}
    ]
    groups = view.unjudged(explanation)
    assert [group.labels for group in groups] == [("Ground contact on level ground", "Something")]


def test_when_nothing_could_be_judged_it_is_said_once() -> None:
    assert view.unjudged(made_up_explanation("cannot_tell"))[0].labels == ("All 12 factors",)


def test_questions_are_those_of_what_stood_out_each_once() -> None:
    explanation = made_up_explanation()
    explanation["factors"].insert(0, factor())
    assert view.questions(explanation) == [
        "Was that single run new for me in length?",
        "Does a clinician see a difference between the two sides?",
    ]
    assert view.questions(made_up_explanation("nothing_unusual")) == []


def test_sources_are_numbered_as_they_are_cited() -> None:
    explanation = made_up_explanation()
    numbers = {f.id: f.sources for f in view.factor_views(explanation, "km")}
    assert (numbers["session_spike"], numbers["balance"], numbers["shoe_age"]) == ((1,), (3,), (2,))
    assert [s.number for s in view.source_views(explanation)] == [1, 2, 3]


def test_an_unverified_source_says_so() -> None:
    rule = view.source_views(made_up_explanation())[1]
    assert (rule.verified, rule.level, rule.grade) == (
        False,
        "not verified: read in a secondary source only",
        "D",
    )


def test_of_many_sources_paper_gets_those_of_what_stood_out() -> None:
    explanation = made_up_explanation()
    explanation["sources"] += [explanation["sources"][1] | {"id": f"more-{i}"} for i in range(9)]
    assert [s.number for s in view.source_views(explanation) if s.leading] == [1, 3]


def test_squares_count_dates_or_the_windows_there_are() -> None:
    found = view.squares(made_up_explanation())
    assert found is not None
    assert (found.filled, found.total, found.about) == (2, 76, False)
    short = view.squares(made_up_explanation("cannot_tell"))
    assert short is not None
    assert (short.filled, short.total) == (11, 20)


def test_more_dates_than_can_be_drawn_become_a_hundred_squares() -> None:
    explanation = made_up_explanation()
    explanation["coverage"]["dates"] = 900
    found = view.squares(explanation)
    assert found is not None
    assert (found.total, found.about) == (100, True)


def test_cannot_tell_for_another_reason_than_few_windows_draws_no_squares() -> None:
    explanation = made_up_explanation("cannot_tell")
    explanation["coverage"]["controls"] = 40
    assert view.squares(explanation) is None


def test_coverage_leaves_out_what_is_not_known() -> None:
    explanation = made_up_explanation()
    explanation["coverage"]["share_with"]["shoe"] = None
    names = [name for name, _ in view.coverage(explanation)]
    assert "Shoe named" not in names
    assert "Ground known" in names
