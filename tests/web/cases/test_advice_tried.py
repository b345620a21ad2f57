"""What a trial says of an advice comes to stand in the ledger of its case; what the runner says herself stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from working import work

from evengait.core.diary import DiaryEntry
from evengait.core.trial import Schedule

if TYPE_CHECKING:
    from cast import Cast

TODAY = datetime.now(UTC).date()


@pytest.fixture
def trial(cast: Cast) -> Any:
    """Let the participant propose a trial and the owner accept it; return its record."""
    from evengait.storage.records.models import Proposal
    from evengait.storage.records.trials import trials_of

    told = {"kind": "trial", "text": "Wear it at night", "treatment": "Night sock", "treatment_kind": "aid"}
    sent = {"body": "Try this."} | {f"p-{key}": value for key, value in told.items()}
    cast.client("participant").post(f"/cases/{cast.ids['case']}/reply/", sent)
    work()
    proposal = Proposal.objects.exclude(pk=cast.ids["proposal"]).get()
    cast.client("owner").post(f"/cases/proposal/{proposal.pk}/accept/")
    return next(one for one in trials_of(cast.ids["runner"]) if one.treatment == "night_sock")  # type: ignore[arg-type]


def line(cast: Cast) -> Any:
    from evengait.storage.records.ledger import advice_of

    return next(one for one in advice_of(cast.ids["case"]) if one.what == "night sock")  # type: ignore[arg-type]


def earlier(cast: Cast, record: Any, days: int) -> Schedule:
    """Move a trial back in time, as if so many days had gone by."""
    from evengait.storage.records.trials import keep_trial

    runner: Any = cast.ids["runner"]
    then = replace(Schedule.from_data(record.design), start=record.started_on - timedelta(days=days))
    keep_trial(runner, replace(record, started_on=then.start, design=then.as_data()))
    return then


def test_a_trial_that_is_over_says_what_became_of_the_advice(cast: Cast, trial: Any) -> None:
    from django_tasks_db.models import DBTaskResult

    from evengait.storage.records.diary import keep_days

    runner: Any = cast.ids["runner"]
    assert (line(cast).outcome, line(cast).trial, line(cast).words) == (
        "trying",
        trial.id,
        "Wear it at night",
    )
    schedule = earlier(cast, trial, 200)
    days = [schedule.start + timedelta(days=i) for i in range((schedule.end - schedule.start).days + 1)]
    keep_days(
        runner,
        [
            DiaryEntry(day, pain_daily_nprs=float(6 - 4 * it + i % 2), aids=("night_sock",) if it else ())
            for i, (day, it) in enumerate((day, bool(schedule.assigned(day))) for day in days)
        ],
    )
    work()
    assert line(cast).outcome == "trying"  # the worker waits for the last day
    DBTaskResult.objects.update(run_after=datetime.now(UTC))
    work()
    assert (line(cast).outcome, line(cast).outcome_words) == ("helped", "As the runner's own trial says.")
    page = cast.client("coach").get(f"/cases/{cast.ids['case']}/advice/").content.decode()
    assert "Helped" in page
    assert "4.0" not in page


def test_a_trial_that_ends_too_soon_says_so(cast: Cast, trial: Any) -> None:
    earlier(cast, trial, 5)
    page = cast.client("owner").post(f"/trials/{trial.id}/end/", follow=True).content.decode()
    assert "stands in the case&#x27;s ledger now" in page
    assert line(cast).outcome == "cannot_tell"


def test_what_the_runner_said_herself_stays(cast: Cast, trial: Any) -> None:
    told = {"outcome": "left", "words": "too warm"}
    cast.client("owner").post(f"/cases/advice/{line(cast).id}/", told)
    page = cast.client("owner").post(f"/trials/{trial.id}/end/", follow=True).content.decode()
    assert "ledger" not in page
    assert (line(cast).outcome, line(cast).outcome_words) == ("left", "too warm")
