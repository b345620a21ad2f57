"""A change that is accepted changes the plan, its calendar and today, and is taken back; a question is answered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from planning import her, planned, today_of

if TYPE_CHECKING:
    from cast import Cast


def proposed(cast: Cast, persona: str = "coach", **told: str) -> Any:
    """Let somebody propose a change and return its row."""
    from evengait.storage.records.models import Proposal

    sent = {"p-kind": "plan_change", "p-text": "Let it calm down"} | {f"p-{k}": v for k, v in told.items()}
    known = set(Proposal.objects.values_list("pk", flat=True))
    answer = cast.client(persona).post(f"/cases/{cast.ids['case']}/reply/", {"body": "Look."} | sent)
    assert answer.status_code == 302, answer.content.decode()
    return Proposal.objects.exclude(pk__in=known).get()


def the_plan(cast: Cast) -> Any:
    from evengait.actions.follow_plan import follow_plan
    from evengait.web.today.standing import archive_of

    return follow_plan(her(cast), archive_of(her(cast)), today=today_of(cast)).plan


def walked(cast: Cast) -> None:
    """Begin a plan whose gates are met by word, so that it runs today."""
    from evengait.actions.begin_plan import pass_plan_gate
    from evengait.core.plan_record import Passed

    planned(cast)
    for gate in ("daily_activity", "brisk_walk"):
        pass_plan_gate(her(cast).id, Passed(gate, today_of(cast) - timedelta(days=2)))
    assert the_plan(cast).state == "running"


def test_days_without_a_run_are_in_the_plan_the_calendar_today_and_the_ledger_and_taken_back(
    cast: Cast,
) -> None:
    walked(cast)
    today = today_of(cast)
    until = today + timedelta(days=4)
    assert [one for one in the_plan(cast).days if one.kind == "run" and one.date <= until]
    row = proposed(cast, change="rest", last_on=until.isoformat())
    owner = cast.client("owner")
    page = owner.get(f"/cases/{cast.ids['case']}/").content.decode()
    assert f"No run up to {until.day} " in page
    assert "Accept, and change my plan" in page
    assert "rest" not in {one.kind for one in the_plan(cast).days if one.date == today}, (
        "not before it is accepted"
    )
    owner.post(f"/cases/proposal/{row.pk}/accept/")
    owner.post(f"/cases/proposal/{row.pk}/accept/")
    plan = the_plan(cast)
    assert not [one for one in plan.days if one.kind == "run" and one.date <= until]
    assert [one for one in plan.days if one.kind == "run"]
    assert plan.decisions[-1].rule == "agreed-rest"
    for path in ("/", "/plan/", f"/calendar/day/{until}/", f"/calendar/week/{today}/"):
        assert f"No run up to {until.day} " in owner.get(path).content.decode(), path
    assert "Let it calm down" in owner.get("/").content.decode()
    ledger = cast.client("coach").get(f"/cases/{cast.ids['case']}/advice/").content.decode()
    assert f"No run up to {until.day} " in ledger
    assert "Being tried" in ledger
    owner.post(f"/cases/proposal/{row.pk}/done/")
    assert [one for one in the_plan(cast).days if one.kind == "run" and one.date <= until]
    for path in ("/", "/plan/", f"/calendar/day/{until}/"):
        assert "No run up to" not in owner.get(path).content.decode(), path


def test_a_distance_is_in_the_proposers_units_and_read_in_the_readers(cast: Cast) -> None:
    walked(cast)
    row = proposed(cast, change="cap", distance="5")
    assert row.distance_m == 5000
    owner = cast.client("owner")
    assert "No run longer than 3.1\xa0mi" in owner.get(f"/cases/{cast.ids['case']}/").content.decode()
    owner.post(f"/cases/proposal/{row.pk}/accept/")
    run = next(one for one in the_plan(cast).days if one.kind == "run")
    assert "At most 3.1\xa0mi, as you agreed." in run.why
    assert "No run longer than 3.1\xa0mi" in owner.get("/plan/").content.decode()


def test_a_step_back_is_undone_whole_before_a_run_and_stays_after_one(cast: Cast, demo_home: Any) -> None:
    from evengait.actions.answer_proposal import take_back
    from evengait.storage.records.models import Proposal

    walked(cast)
    row = proposed(cast, change="back")
    owner = cast.client("owner")
    owner.post(f"/cases/proposal/{row.pk}/accept/")
    assert the_plan(cast).decisions[-1].rule == "agreed-back"
    owner.post(f"/cases/proposal/{row.pk}/done/")
    assert "agreed-back" not in [one.rule for one in the_plan(cast).decisions]
    assert Proposal.objects.get(pk=row.pk).status == "withdrawn"
    import shutil

    from django.utils import timezone

    from evengait.storage.home import runner_folder

    again = proposed(cast, change="back")
    owner.post(f"/cases/proposal/{again.pk}/accept/")
    Proposal.objects.filter(pk=again.pk).update(first_on=today_of(cast) - timedelta(days=400))
    shutil.copytree(
        runner_folder(demo_home, "demo"), runner_folder(cast.home, her(cast).name), dirs_exist_ok=True
    )
    assert not take_back(cast.home, her(cast), again.pk, timezone.now())
    assert Proposal.objects.get(pk=again.pk).status == "done"


def test_what_is_incomplete_too_long_or_over_changes_nothing(cast: Cast) -> None:
    from evengait.storage.records.models import Proposal

    coach, today = cast.client("coach"), today_of(cast)
    for wrong in (
        {"change": "rest"},
        {"change": "cap"},
        {"change": "cap", "distance": "900"},
        {"change": "hold", "last_on": (today + timedelta(days=400)).isoformat()},
        {"change": "faster"},
    ):
        sent = {"body": "Look.", "p-kind": "plan_change", "p-text": "x"} | {
            f"p-{k}": v for k, v in wrong.items()
        }
        assert coach.post(f"/cases/{cast.ids['case']}/reply/", sent).status_code == 422, wrong
    row = proposed(cast, change="rest", last_on=(today + timedelta(days=1)).isoformat())
    Proposal.objects.filter(pk=row.pk).update(last_on=today - timedelta(days=1))
    page = cast.client("owner").post(f"/cases/proposal/{row.pk}/accept/", follow=True).content.decode()
    assert "Its last day has passed" in page
    assert Proposal.objects.get(pk=row.pk).status == "open"


def test_a_question_is_answered_as_the_next_reply_and_leaves_the_calendar(cast: Cast) -> None:
    owner, at = cast.client("owner"), f"/cases/proposal/{cast.ids['proposal']}/"
    owner.post(at + "accept/")
    assert "What does the first step feel like?" in owner.get("/").content.decode()
    assert owner.post(at + "answer/", {"body": " "}, follow=True).status_code == 200
    moved = owner.post(at + "answer/", {"body": "Sharp, then it eases."})
    assert moved.headers["Location"].endswith("?reply=3#reply-3")
    page = cast.client("participant").get(f"/cases/{cast.ids['case']}/").content.decode()
    assert "Answered: <q>Sharp, then it eases.</q>" in page
    assert 'href="?reply=2#reply-2"' in page
    assert owner.post(at + "answer/", {"body": "Twice."}).headers["Location"].endswith("?reply=2#reply-2")
    assert "Twice." not in owner.get(f"/cases/{cast.ids['case']}/").content.decode()
    assert "What does the first step feel like?" not in owner.get("/calendar/").content.decode()


@pytest.mark.browser
def test_each_of_the_four_is_proposed_accepted_and_there_in_two_browsers(tab: Any, cast: Cast) -> None:
    from axe_playwright_python.sync_playwright import Axe

    from evengait.core.sharing import Grant
    from evengait.storage.records.grants import share

    ids: Any = cast.ids
    walked(cast)
    share(ids["runner"], ids["case"], [Grant("case", role="clinician")], {})
    until, at = today_of(cast) + timedelta(days=5), f"/cases/{cast.ids['case']}/"
    physios, hers = tab(at, "clinician"), tab(at)

    def propose(kind: str, text: str, **more: str) -> None:
        physios.goto(at)
        physios.get_by_label("Your reply").fill("A thought.")
        physios.get_by_text("Propose something she can accept").click()
        physios.get_by_label("What do you propose?").select_option(kind)
        physios.get_by_label("In one or two sentences").fill(text)
        for label, value in more.items():
            field = physios.get_by_label(label.replace("_", " "))
            if field.evaluate("node => node.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        physios.get_by_role("button", name="Send").click()
        physios.get_by_text(text, exact=True).wait_for()

    def accept(text: str, button: str) -> None:
        hers.goto(at)
        hers.get_by_role("group").filter(has_text=text).get_by_role("button", name=button).click()
        hers.get_by_role("status").filter(has_text="Accepted").first.wait_for()

    propose(
        "A change of plan",
        "Give it some days",
        what_changes="No run up to a day",
        **{"Up to": until.isoformat()},
    )
    accept("Give it some days", "Accept, and change my plan")
    propose("A trial: does it help?", "Tape it", what_is_tried="tape")
    hers.goto(at)
    hers.get_by_role("button", name="Accept, and draw the days").click()
    hers.get_by_role("heading", level=1).wait_for()
    assert "/trials/" in hers.url
    propose("A one-sided exercise", "Bridge, left", which_side="Left", every_so_many_days="1")
    accept("Bridge, left", "Accept")
    propose("A question to answer", "Does coughing hurt?")
    accept("Does coughing hurt?", "Accept: I will answer it")

    hers.goto("/")
    told = hers.get_by_role("region", name="From your cases")
    for words in ("No run up to", "Bridge, left", "Does coughing hurt?"):
        assert told.get_by_text(words).first.is_visible()
    hers.goto("/plan/")
    assert hers.get_by_text("No run up to").first.is_visible()
    found = Axe().run(hers)
    assert found.response["violations"] == [], found.generate_report()

    # Sharing ends; what she accepted stays hers, and theirs is gone at once.
    from evengait.storage.records.models import Grant as Row

    Row.objects.filter(role="clinician").update(revoked_at="2026-01-01T00:00Z")
    assert physios.reload().status == 404
    hers.goto("/plan/")
    hers.get_by_role("button", name="Take it back").click()
    hers.get_by_text("Taken back: from today on").wait_for()
    hers.goto("/plan/")
    assert hers.get_by_text("No run up to").count() == 0
    assert [said for page in (hers, physios) for said in page.said if "404" not in said] == []
