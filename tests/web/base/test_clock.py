"""Pages tell the time by the clock of who reads them; another clock is named."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings
from django.urls import reverse

from evengait.web.base.clock import by_the_clock_of
from evengait.web.base.templatetags.desk import day, moment

if TYPE_CHECKING:
    from cast import Cast

AT = datetime(2026, 11, 8, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "said"),
    [("America/New_York", "7 November 2026, 21:30"), ("Asia/Kolkata", "8 November 2026, 08:00")],
)
def test_an_instant_is_told_by_her_own_clock_and_its_date_too(zone: str, said: str) -> None:
    with override_settings(AT_HOME=False), by_the_clock_of(zone):
        assert moment(AT) == said
        assert day(AT) == said.partition(",")[0]
        assert day(AT.date()) == "8 November 2026"


def test_summer_time_is_that_of_the_instant() -> None:
    with by_the_clock_of("Europe/Berlin"):
        assert moment(datetime(2026, 7, 1, 12, tzinfo=UTC)) == "1 July 2026, 14:00"
        assert moment(datetime(2026, 12, 1, 12, tzinfo=UTC)) == "1 December 2026, 13:00"


@pytest.mark.parametrize("zone", ["", "Nowhere/At_All", "../etc/passwd"])
def test_the_clock_of_a_server_is_named_and_that_of_ones_own_computer_is_not(zone: str) -> None:
    here = AT.astimezone()
    with by_the_clock_of(zone):
        with override_settings(AT_HOME=False):
            assert moment(AT).endswith(f"{here:%H:%M %Z}")
        with override_settings(AT_HOME=True):
            assert moment(AT).endswith(f"{here:%H:%M}")


def test_her_pages_show_her_clock_and_those_of_somebody_else_do_not(cast: Cast) -> None:
    from evengait.storage.records.models import CaseReply, Runner

    Runner.objects.filter(account_id=cast.accounts["owner"].pk).update(time_zone="Pacific/Auckland")
    page = reverse("cases:show", args=[cast.ids["case"]])
    written = CaseReply.objects.filter(case_id=cast.ids["case"]).first()
    assert written is not None
    hers = f"{written.written_at.astimezone(ZoneInfo('Pacific/Auckland')):%H:%M}<"
    assert hers in cast.client("owner").get(page).content.decode()
    assert hers not in cast.client("coach").get(page).content.decode()
