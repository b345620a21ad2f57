"""The rows of a coach with a real archive and a plan that runs: what was run, what was decided, what was agreed on."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from planning import her, planned, today_of
from working import work

from evengait.storage.home import runner_folder

if TYPE_CHECKING:
    from pathlib import Path

    from cast import Cast


@pytest.fixture
def running(cast: Cast, demo_home: Path) -> Cast:
    """Return the cast; the owner has two years of runs and a way back whose gates are met."""
    from evengait.actions.begin_plan import pass_plan_gate
    from evengait.core.plan_record import Passed

    folder = runner_folder(cast.home, her(cast).name)
    shutil.copytree(runner_folder(demo_home, "demo"), folder, dirs_exist_ok=True)
    planned(cast)
    for gate in ("daily_activity", "brisk_walk"):
        pass_plan_gate(her(cast).id, Passed(gate, today_of(cast) - timedelta(days=2)))
    return cast


def row(cast: Cast) -> str:
    client = cast.client("coach")
    client.get("/my-runners/")
    work()
    return str(client.get("/my-runners/").content.decode())


def test_a_row_says_the_last_run_and_what_the_plan_decided_and_why(running: Cast) -> None:
    from evengait.core.units import plain_day
    from evengait.web.today.standing import archive_of, standing

    page = row(running)
    last = (
        archive_of(her(running)).sessions().filter(archive_of(her(running)).sessions()["sport"] == "running")
    )
    assert plain_day(last["local_date"].max()) in page
    decision = standing(her(running), today_of(running)).whole.plan.decisions[-1]
    assert decision.because[0] in page
    assert "evengait" not in page.partition("<dt>Plan</dt>")[2].partition("</div>")[0]


def test_what_was_agreed_on_in_a_case_is_what_the_plan_decided_last(running: Cast) -> None:
    from evengait.storage.records.models import Glance, Proposal

    row(running)
    until = today_of(running) + timedelta(days=4)
    told = {
        "body": "Look.", "p-kind": "plan_change", "p-text": "Rest it", "p-change": "rest",
        "p-last_on": until.isoformat(),
    }  # fmt: skip
    running.client("coach").post(f"/cases/{running.ids['case']}/reply/", told)
    made = Proposal.objects.exclude(pk=running.ids["proposal"]).get()
    running.client("owner").post(f"/cases/proposal/{made.pk}/accept/")
    Glance.objects.all().delete()  # ten minutes later
    page = row(running)
    assert "Stay where you are" in page
    assert "You agreed in a case to run no more up to" in page
    one = running.client("coach").get(f"/my-runners/{running.ids['tie']}/").content.decode()
    assert "You agreed in a case to run no more" in one


def test_the_training_of_one_runner_is_her_archives_week_by_week(running: Cast) -> None:
    from evengait.report.training_weeks import training_state
    from evengait.web.today.standing import archive_of

    page = running.client("coach").get(f"/my-runners/{running.ids['tie']}/").content.decode()
    state = training_state(archive_of(her(running)).sessions(), today_of(running), "mi")
    assert state is not None
    for cells in state["rows"][:3]:
        assert cells[0] in page
    assert "Longest run" in page


def test_who_stands_beside_runners_finds_them_in_the_navigation_and_nobody_else_does(cast: Cast) -> None:
    for persona, there in (
        ("coach", True),
        ("coach_of_another", True),
        ("outsider", False),
        ("owner", False),
    ):
        page = cast.client(persona).get("/cases/").content.decode()
        assert ('href="/my-runners/"' in page.partition("</nav>")[0]) == there, persona


def test_the_list_is_cut_down_to_who_needs_something_and_counts_them(cast: Cast) -> None:
    from django.utils import timezone

    from evengait.core.diary import DiaryEntry
    from evengait.storage.records.diary import keep_day
    from evengait.storage.records.ties import give

    client = cast.client("coach")
    keep_day(her(cast).id, DiaryEntry(today_of(cast) - timedelta(days=3), pain_daily_nprs=2.0))
    page = client.get("/my-runners/").content.decode()
    assert ">1 wrote nothing lately<" in page
    assert "hurt more than usual<" not in page
    assert "Wilhelmina-owner" in client.get("/my-runners/?only=silent").content.decode()
    assert "Wilhelmina-owner" not in client.get("/my-runners/?only=pain").content.decode()
    assert "Wilhelmina-owner" in client.get("/my-runners/?only=no such group").content.decode()
    keep_day(her(cast).id, DiaryEntry(today_of(cast), pain_daily_nprs=2.0))
    assert "wrote nothing lately" not in client.get("/my-runners/").content.decode()
    give(her(cast).id, cast.ids["tie"], ("plan",), timezone.now())  # type: ignore[arg-type]
    assert "wrote nothing lately" not in client.get("/my-runners/").content.decode()
