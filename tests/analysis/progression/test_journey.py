"""Each thing that can happen leads where the rules say, with its reason, its rule and its version."""

from __future__ import annotations

from itertools import pairwise

import pytest
from made import HILLY, RULES, START, Story, day


def test_no_run_before_the_questions_and_the_gates() -> None:
    story = Story()
    assert story.until(5)[0].state == "preparing"
    assert not [d for d in story.days(5) if d.kind == "run"]
    story.screen(5)
    assert story.until(6)[0].state == "preparing", "the other gates are still open"


def test_gates_are_met_by_the_diary_a_recorded_walk_and_a_word() -> None:
    story = Story().screen(0).word(0, "impact")
    for n in range(3):
        story.told(n, pain_daily_nprs=1)
    story.walk(2, morning=1)
    assert story.until(2)[0].state == "preparing", "the walk's morning has not come"
    now, decisions = story.until(3)
    assert (now.state, story.stage(3)) == ("running", "S1")
    assert decisions[-1].rule == "advance-gates"
    assert "A brisk walk of 30 minutes went well." in decisions[-1].because


@pytest.mark.parametrize(
    "spoil",
    [
        lambda s: s.told(1, pain_daily_nprs=3),
        lambda s: s.log.diary.pop(day(1)),
        lambda s: s.walk(2, minutes=12),
        lambda s: s.walk(2, during=3),
        lambda s: s.walk(2, morning=3),
        lambda s: s.log.words.clear(),
    ],
)
def test_a_gate_that_is_not_met_keeps_the_way_closed(spoil: object) -> None:
    story = Story().screen(0).word(0, "impact")
    for n in range(3):
        story.told(n, pain_daily_nprs=1)
    story.walk(2)
    spoil(story)  # type: ignore[operator]
    assert story.until(3)[0].state == "preparing"


def test_two_good_runs_bring_the_next_stage_and_one_does_not() -> None:
    story = Story().ready().run(0, 6)
    assert story.stage(1) == "S1"
    assert story.rules(1) == ["advance-gates", "hold-good"]
    story.run(2, 6)
    assert story.stage(2) == "S1", "the morning decides"
    assert story.stage(3) == "S2"
    decision = story.until(3)[1][-1]
    assert (decision.rule, decision.version, decision.before, decision.after) == (
        "advance-sessions", RULES.version, "S1", "S2",
    )  # fmt: skip
    assert decision.run_on == day(2)
    assert decision.evidence == ("rtr-ladder-steps",)


def test_where_a_bone_may_be_concerned_three_runs_are_needed() -> None:
    story = Story("bone_low").ready().run(0, 6).run(2, 6)
    assert story.stage(3) == "S1"
    assert story.run(4, 6).stage(5) == "S2"


def test_unknown_is_not_no_pain() -> None:
    silent = Story().ready().run(0, 6, during=None, morning=None).run(2, 6, during=None, morning=None)
    assert silent.stage(9) == "S1"
    assert silent.rules(5)[1:] == ["hold-unknown", "hold-unknown"]
    half = Story().ready().run(0, 6, morning=None).run(2, 6)
    assert half.stage(4) == "S1"
    assert "on the morning after" in half.until(4)[1][1].because[0]


def test_a_word_that_comes_late_counts_when_it_comes() -> None:
    story = Story().ready().run(0, 6, morning=None).run(2, 6)
    assert story.stage(3) == "S1"
    story.told(0, pain_next_morning_nprs=0)
    assert story.stage(3) == "S2", "the plan is replayed from what is known now"


def test_pain_above_the_profile_goes_back_at_once() -> None:
    story = Story().ready().run(0, 6).run(2, 6).run(4, 12, during=3)
    now, decisions = story.until(4)
    assert (story.stage(4), decisions[-1].rule, decisions[-1].date) == ("S1", "regress-during", day(4))
    assert "above the 2" in decisions[-1].because[0]
    assert "pain-rule-unspecified" in decisions[-1].evidence
    assert now.rest_until == day(5)
    assert next(d.date for d in story.days(4) if d.kind == "run") == day(6)


def test_the_achilles_tendon_accepts_more_but_does_not_go_on_with_it() -> None:
    story = Story("achilles").ready().run(0, 6, during=4).run(2, 6, during=4)
    assert story.stage(3) == "S1"
    assert story.rules(3)[1:] == ["hold-acceptable", "hold-acceptable"]
    assert Story("achilles").ready().run(0, 6, during=6).rules(0)[-1] == "regress-during"


def test_the_morning_after_holds_from_one_point_and_goes_back_from_two() -> None:
    start = Story().ready().run(0, 6).run(2, 6)
    assert start.stage(3) == "S2"
    assert start.run(4, 12, morning=1).rules(5)[-1] == "hold-morning"
    story = Story().ready().run(0, 6).run(2, 6).run(4, 12, morning=2)
    assert story.rules(5)[-1] == "regress-morning"
    assert story.stage(5) == "S1"


def test_what_is_usual_is_not_worse() -> None:
    story = Story("achilles").ready()
    for n in (0, 2, 4):
        story.run(n, 6, morning=2)
    first, second = story.rules(4)[1:3]
    assert (first, second) == ("hold-first", "hold-good"), "the first morning has nothing to be compared with"
    assert story.stage(5) == "S2"


def test_a_limp_goes_back_two_stages_and_rests_two_days() -> None:
    story = Story().ready().run(0, 6).run(2, 6).run(4, 12).run(6, 12)
    assert story.stage(7) == "S3"
    story.run(8, 18).told(8, limp=True)
    now, decisions = story.until(8)
    assert (story.stage(8), decisions[-1].rule, now.rest_until) == ("S1", "regress-limp", day(10))
    assert next(d.date for d in story.days(8) if d.kind == "run") == day(11)


def test_a_limp_on_a_day_without_a_run_counts_once() -> None:
    story = Story().ready().run(0, 6).run(2, 6).run(4, 12).run(6, 12)
    for n in (8, 9, 10):
        story.told(n, limp=True)
    assert story.rules(11).count("regress-limp") == 1
    assert story.until(10)[0].rest_until == day(12)


def test_pain_that_is_logged_before_the_run_is_imported_leads_back_as_well() -> None:
    story = Story().ready().run(0, 6).run(2, 6).told(4, pain_during_nprs=4)
    assert story.rules(4)[-1] == "regress-during"
    assert story.stage(4) == "S1"
    story.run(4, 12, during=4)
    assert story.rules(4).count("regress-during") == 1
    assert Story("bone_low").ready().told(1, pain_during_nprs=1).rules(1)[-1] == "refer-bone-run"


def test_a_second_step_back_within_a_week_counts_double() -> None:
    story = Story().ready()
    for n, minutes in enumerate((6, 6, 12, 12, 18, 18)):
        story.run(2 * n, minutes)
    assert story.stage(11) == "S4"
    story.run(12, 24, during=3).run(14, 18, during=3)
    assert story.rules(14)[-2:] == ["regress-during", "regress-twice"]
    assert story.stage(14) == "S1"
    assert len(story.until(14)[1][-1].because) == 2


@pytest.mark.parametrize(
    ("gap", "stage"), [(6, "S4"), (7, "S3"), (13, "S3"), (14, "S2"), (27, "S2"), (28, "S1")]
)
def test_days_without_a_run_go_back(gap: int, stage: str) -> None:
    story = Story().ready()
    for n, minutes in enumerate((6, 6, 12, 12, 18, 18)):
        story.run(2 * n, minutes)
    assert story.stage(10 + gap) == stage
    if gap >= 7:
        assert story.until(10 + gap)[1][-1].rule == "regress-gap"


def test_less_than_planned_does_not_count_and_does_not_harm() -> None:
    story = Story().ready().run(0, 6).run(2, 3).run(4, 6)
    assert story.rules(3)[-1] == "hold-short"
    assert story.stage(5) == "S2"


def test_more_than_planned_brings_nothing_sooner() -> None:
    story = Story().ready().run(0, 6).run(2, 30, km=5.0).run(4, 6)
    assert story.rules(3)[-1] == "hold-more"
    assert story.stage(5) == "S1"
    without_a_break = Story().ready().run(0, 6, bout=6)
    assert without_a_break.rules(1)[-1] == "hold-more"


def test_a_run_on_a_free_day_is_extra() -> None:
    story = Story().ready().run(0, 6).run(1, 6)
    assert story.rules(2)[-2:] == ["hold-good", "hold-extra"]
    assert story.stage(3) == "S1"
    assert next(d.date for d in story.days(2) if d.kind == "run") == day(3)


def test_a_run_before_the_gates_is_told_and_opens_nothing() -> None:
    story = Story().screen(0).run(1, 20)
    assert story.rules(2) == ["hold-preparing"]
    assert story.until(2)[0].state == "preparing"


@pytest.mark.parametrize(
    ("values", "rule"),
    [({"bone_pain": True}, "refer-bone"), ({"numb_or_weak": True}, "refer-nerve"),
     ({"pain_night_nprs": 3}, "refer-night"), ({"pain_rest_nprs": 6}, "refer-rest")],
)  # fmt: skip
def test_signs_in_the_diary_stop_running_until_a_clinician_was_asked(
    values: dict[str, object], rule: str
) -> None:
    story = Story().ready().run(0, 6).told(3, **values)
    now, decisions = story.until(3)
    assert (now.state, decisions[-1].decision, decisions[-1].rule) == ("blocked", "refer", rule)
    assert {d.kind for d in story.days(3)} == {"rest"}
    assert story.until(30)[0].state == "blocked"
    story.word(12, "clinician", "clinician")
    now, decisions = story.until(12)
    assert (now.state, decisions[-1].rule) == ("preparing", "regress-restart"), "the gates come first again"


def test_the_questions_answered_anew_on_a_later_day_open_the_way_again() -> None:
    story = Story().ready().told(3, numb_or_weak=True).screen(3)
    assert story.until(4)[0].state == "blocked"
    assert story.screen(4).until(4)[0].state == "preparing"


def test_any_pain_with_a_run_stops_where_a_bone_may_be_concerned() -> None:
    assert Story("bone_high").ready().run(0, 6, during=1).rules(0)[-1] == "refer-bone-run"
    assert Story("bone_high").ready().run(0, 6, morning=1).rules(1)[-1] == "refer-bone-run"
    elsewhere = Story("bone_high").ready().run(0, 6, during=1).told(0, bone_pain=False)
    assert elsewhere.rules(0)[-1] == "regress-during"


def test_screening_that_says_stop_blocks_from_that_day() -> None:
    story = Story().ready().run(0, 6).run(2, 6).screen(5, "stop", "possible-bone-stress-injury")
    assert story.until(4)[0].state == "running"
    now, decisions = story.until(5)
    assert (now.state, decisions[-1].rule) == ("blocked", "refer-screen")
    assert story.rules(40).count("refer-screen") == 1
    story.word(20, "clinician", "clinician")
    assert story.until(20)[0].state == "preparing"
    assert story.until(20)[1][-1].rule == "regress-restart"
    story.ready(26)
    assert story.stage(26) == "S1"


def test_a_runners_own_word_is_no_clinicians() -> None:
    story = Story().screen(0, "stop").word(1, "clinician", "runner")
    assert story.until(5)[0].state == "blocked"


def test_words_from_before_the_stop_open_no_gate_after_it() -> None:
    story = Story().ready().screen(5, "stop").word(9, "clinician", "clinician")
    assert story.until(12)[0].state == "preparing"


def test_after_the_ladder_one_thing_a_week_goes_up_and_the_way_ends_at_the_former_week() -> None:
    story = Story(former=HILLY).climbed()
    assert story.stage(21) == "S6"
    lived = list(story.obey(21, 300))
    assert lived[-1].state == "returned"
    seen = [now.at for now in lived if now.at]
    seen = [seen[0], *(after for before, after in pairwise(seen) if after != before)]
    for before, after in pairwise(seen):
        changed = [
            name
            for name in ("runs_a_week", "longest_m", "hills", "speed")
            if getattr(before, name) != getattr(after, name)
        ]
        assert len(changed) == 1, (before, after)
        assert after.longest_m <= 1.1 * before.longest_m + 1e-6
    order = [place.stage for place in seen]
    assert order == sorted(order)
    assert {"S6", "S7", "S8"} == set(order)


def test_a_step_back_after_the_ladder_takes_away_what_came_last() -> None:
    story = Story().climbed()
    first = story.until(21)[0]
    n, higher = next((k, now) for k, now in enumerate(story.obey(21, 60), 21) if now.path != first.path)
    assert higher.at.longest_m > first.at.longest_m  # type: ignore[union-attr]
    story.run(n, km=4, during=4)
    assert story.until(n)[0].path == first.path


def test_a_spike_holds_with_its_ratio() -> None:
    story = Story().climbed().run(22, km=9.0)
    assert story.rules(23)[-1] == "hold-spike"
    decision = story.until(23)[1][-1]
    assert "1.80 times" in decision.because[0]
    assert "spike-moderate-hrr" in decision.evidence


def test_hills_and_speed_before_their_time_do_not_count() -> None:
    assert Story().climbed().run(22, km=5.0, ascent=150).rules(23)[-1] == "hold-hilly"
    assert Story().climbed().run(22, km=5.0, fast=3000).rules(23)[-1] == "hold-fast"
    assert Story().climbed().run(22, km=5.0, ascent=None, fast=None).rules(23)[-1] == "hold-good"


def test_a_run_of_unknown_distance_cannot_tell_a_tenth_more() -> None:
    story = Story().climbed()
    session = story.log.runs[day(20)].sessions[0]
    for n in (16, 18, 20):
        done = story.log.runs[day(n)]
        story.log.runs[day(n)] = type(done)(done.date, (type(session)(f"{n}", day(n), 1800, 0, 1800),))
    for n in range(15):
        if (done := story.log.runs.get(day(n))) is not None:
            story.log.runs[day(n)] = type(done)(
                done.date, (type(session)(f"{n}", day(n), done.run_s, 0, 60),)
            )
    assert story.rules(21)[-1] == "hold-distance"
    assert story.stage(21) == "S5"


def test_restricted_running_waits_with_hills_and_speed() -> None:
    story = Story(former=HILLY)
    story.ready(running="restrict")
    story = story.climbed()
    story.log.screenings = [one for one in story.log.screenings if one.running == "restrict"]
    now = list(story.obey(21, 230))[-1]
    assert now.state == "running"
    assert now.at.hills == now.at.speed == 0  # type: ignore[union-attr]
    assert story.rules(230)[-1] == "hold-restrict"


def test_pain_that_rises_over_the_week_makes_the_step_wait() -> None:
    story = Story().ready()
    for n in range(-7, 0):
        story.told(n, pain_daily_nprs=0)
    story.run(0, 6, during=2, morning=0).run(2, 6, during=2, morning=0)
    for n in (1, 3):
        story.told(n, pain_daily_nprs=2)
    assert story.rules(3)[-1] == "hold-weekly"
    assert story.stage(3) == "S1"


def test_the_same_facts_always_lead_to_the_same_place() -> None:
    story = Story().climbed()
    assert story.until(30) == story.until(30)
    whole = story.until(30)[1]
    assert story.until(12)[1] == tuple(d for d in whole if d.date <= day(12))
    assert story.start == START
