"""A plan keeps the version it began with, and says what has become of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from evengait.actions import follow_plan as module
from evengait.actions.begin_plan import PlanWish, begin_plan, running_plan
from evengait.actions.follow_plan import follow_plan
from evengait.core.errors import RuleError
from evengait.knowledge.progression_book import progression
from evengait.storage.archive import Archive

if TYPE_CHECKING:
    from pathlib import Path

    from evengait.core.progression import Progression
    from evengait.core.runner import RunnerProfile

START = date(2026, 11, 16)
WISH = PlanWish(site="knee", side="left", onset=date(2026, 11, 8))


@pytest.fixture
def runner(records_home: Path) -> RunnerProfile:
    from evengait.storage.records.runners import runner_named

    return runner_named(records_home, "me")


def test_a_plan_is_pinned_to_the_version_it_began_with(runner: RunnerProfile, tmp_path: Path) -> None:
    begin_plan(runner.id, WISH, today=START)
    record = running_plan(runner.id)
    assert (record.progression, record.progression_version) == ("walk_run", progression().version)
    plan = follow_plan(runner, Archive(tmp_path), today=START).plan
    assert (plan.progression, plan.version) == ("walk_run", progression().version)


def test_a_version_that_is_not_in_this_program_is_said_so(runner: RunnerProfile, tmp_path: Path) -> None:
    from evengait.storage.records.plans import start_plan

    begin_plan(runner.id, WISH, today=START)
    start_plan(
        runner.id, replace(running_plan(runner.id), progression_version="1999-01-01", id=None, passed=())
    )
    with pytest.raises(RuleError, match="update the program"):
        follow_plan(runner, Archive(tmp_path), today=START)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"status": "retired"}, "retired"),
        ({"reviewed_by": ("a clinician",), "review_due": date(2026, 1, 1)}, "overdue"),
        ({}, "not reviewed by a clinician"),
    ],
)
def test_what_has_become_of_the_version_is_said(
    runner: RunnerProfile,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    changes: dict[str, object],
    says: str,
) -> None:
    begin_plan(runner.id, WISH, today=START)

    def changed(name: str, version: str) -> Progression:
        return replace(progression(name, version), **changes)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "progression", changed)
    caveats = follow_plan(runner, Archive(tmp_path), today=START).plan.caveats
    assert any(says in caveat for caveat in caveats)


def test_a_day_before_the_start_shows_the_start(runner: RunnerProfile, tmp_path: Path) -> None:
    begin_plan(runner.id, WISH, today=START)
    plan = follow_plan(runner, Archive(tmp_path), today=date(2026, 1, 1)).plan
    assert (plan.today, plan.state) == (START, "preparing")
