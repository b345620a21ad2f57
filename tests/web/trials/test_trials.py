"""A trial on the desk: drawn and agreed to, today's side shown, the answer with its picture, its end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from evengait.core.diary import DiaryEntry
from evengait.core.trial import Schedule

if TYPE_CHECKING:
    from cast import Cast

DRAWN = {"what": "SI belt", "kind": "aid", "seed": "7"}


def started(cast: Cast, start: date) -> str:
    answer = cast.client("owner").post("/trials/start/", DRAWN | {"start": start.isoformat()})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def filled(cast: Cast, at: str) -> None:
    """Write a diary in which the belt takes four points away."""
    from evengait.storage.records.diary import keep_days
    from evengait.storage.records.runners import runner_of
    from evengait.storage.records.trials import trials_of

    runner = runner_of(cast.accounts["owner"].pk)
    assert runner is not None
    kept = next(one for one in trials_of(runner.id) if str(one.id) in at)
    schedule = Schedule.from_data(kept.design)
    days = [schedule.start + timedelta(days=i) for i in range(schedule.baseline_days + schedule.days)]
    on = [bool(schedule.assigned(day)) for day in days]
    keep_days(
        runner.id,
        [
            DiaryEntry(day, pain_daily_nprs=float(6 - 4 * it + i % 2), aids=("si_belt",) if it else ())
            for i, (day, it) in enumerate(zip(days, on, strict=True))
        ],
    )


def test_the_days_are_shown_before_they_are_agreed_to(cast: Cast) -> None:
    page = cast.client("owner").post(
        "/trials/new/", {"what": "SI belt", "kind": "aid", "start": "2026-12-01"}
    )
    text = page.content.decode()
    assert "to find out whether the SI belt helps you" in text
    assert "I agree: start it" in text
    from evengait.storage.records.models import Trial

    assert Trial.objects.count() == 1  # the cast's own alone


def test_what_cannot_be_tried_is_said_at_its_field(cast: Cast) -> None:
    page = cast.client("owner").post("/trials/new/", {"what": "!!", "kind": "magnet", "start": ""})
    for said in ("plain words", "Give the first day."):
        assert said in page.content.decode()


def test_a_trial_that_is_over_is_judged_on_its_page(cast: Cast) -> None:
    at = started(cast, date.today() - timedelta(days=120))  # noqa: DTZ011
    empty = cast.client("owner").get(at).content.decode()
    assert "No day of it is in your diary yet." in empty
    filled(cast, at)
    page = cast.client("owner").get(at).content.decode()
    assert "The trial of the SI belt is over." in page
    assert "It helped" in page
    assert "<svg" in page
    calendar = cast.client("owner").get(f"{at}calendar/")
    assert calendar.content.startswith(b"BEGIN:VCALENDAR")


def test_an_ended_trial_stays_with_its_answer(cast: Cast) -> None:
    at = started(cast, date.today() - timedelta(days=30))  # noqa: DTZ011
    assert "Today is a day" in cast.client("owner").get(at).content.decode()
    assert cast.client("owner").post(f"{at}end/").status_code == 302
    assert "is over." in cast.client("owner").get(at).content.decode()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit_a_phone(tab: Any, cast: Cast, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    at = started(cast, date.today() - timedelta(days=120))  # noqa: DTZ011
    filled(cast, at)
    for path in ("/trials/", "/trials/new/", at):
        page = tab(path, scheme=scheme, bypass_csp=True)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        narrow = tab(path, width=360, scheme=scheme)
        assert narrow.evaluate("document.documentElement.scrollWidth") <= 360, path
        assert not narrow.said
        assert not narrow.outside
