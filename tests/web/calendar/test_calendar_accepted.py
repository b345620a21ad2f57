"""What a runner accepted in a case stands in her calendar, until it is done; nobody else's calendar has it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from planning import today_of

if TYPE_CHECKING:
    from cast import Cast


def accepted(cast: Cast) -> str:
    """Let the owner accept a walk every week, and the question of the cast; return where the walk is ended."""
    from evengait.storage.records.models import Proposal

    told = {"kind": "plan_change", "text": "Walk & breathe", "every_days": "7"}
    sent = {"body": "Try this."} | {f"p-{key}": value for key, value in told.items()}
    cast.client("coach").post(f"/cases/{cast.ids['case']}/reply/", sent)
    walk = Proposal.objects.exclude(pk=cast.ids["proposal"]).get().pk
    for one in (walk, cast.ids["proposal"]):
        cast.client("owner").post(f"/cases/proposal/{one}/accept/")
    return f"/cases/proposal/{walk}/done/"


def test_what_was_accepted_stands_on_its_days_and_what_has_no_day_above_them(cast: Cast) -> None:
    done, client, today = accepted(cast), cast.client("owner"), today_of(cast)

    def page(at: str) -> str:
        return str(client.get(f"/calendar/{at}").content.decode())

    later = today + timedelta(days=7)
    for day in (today, later):
        assert "Walk &amp; breathe" in page(f"day/{day}/")
        assert "A change of plan, by Coach" in page(f"day/{day}/")
        assert "Walk &amp; breathe" in page(f"week/{day}/")
    assert "Walk &amp; breathe" not in page(f"day/{today + timedelta(days=1)}/")
    assert "What does the first step feel like?" in page("")
    assert "What does the first step feel like?" not in page(f"week/{today + timedelta(days=70)}/")
    assert "Walk" not in cast.client("participant").get("/calendar/").content.decode()
    client.post(done)
    client.post(f"/cases/proposal/{cast.ids['proposal']}/done/")
    assert "Walk" not in page(f"day/{later}/")
    assert "What does the first step feel like?" not in page("")


@pytest.mark.browser
def test_a_calendar_with_what_was_accepted_can_be_read_on_a_phone(tab: Any, cast: Cast) -> None:
    from axe_playwright_python.sync_playwright import Axe

    accepted(cast)
    page = tab("/calendar/", width=360, scheme="dark")
    for path in ("/calendar/", f"/calendar/day/{today_of(cast)}/"):
        page.goto(path)
        assert page.get_by_text("Walk & breathe").first.is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        found = Axe().run(page)
        assert found.response["violations"] == [], found.generate_report()
    assert page.said == []
