"""The way back on the desk: begun, its gates passed, followed, taken along, ended."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from planning import CALM, her, planned, today_of

if TYPE_CHECKING:
    from cast import Cast


def page(client: Any, at: str = "/plan/") -> str:
    return str(client.get(at).content.decode())


def words(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text))


def test_without_a_plan_the_page_says_how_one_begins(cast: Cast) -> None:
    assert "No way back is under way." in page(cast.client("owner"))
    assert "First tell what hurts" in page(cast.client("outsider"))


def test_a_plan_is_begun_for_what_hurts_and_asks_the_questions_first(cast: Cast) -> None:
    client, problem = cast.client("owner"), cast.ids["problem"]
    form = page(client, "/plan/begin/")
    assert "Left sacroiliac region" in form
    told = {"problem": problem, "former": "40", "runs": "5", "strength": "on"}
    assert client.post("/plan/begin/", told).headers["Location"] == "/plan/"
    text = page(client)
    assert "Preparing: the first run waits for its gates." in text
    assert "Answer the questions" in text
    assert "40.0\xa0mi in 5 runs" in text, "she told miles, as she reads them"
    assert "The block waits" in page(client, "/strength/")
    assert "evengait plan" not in text


def test_what_cannot_be_begun_is_said_at_its_field(cast: Cast) -> None:
    client, problem = cast.client("owner"), cast.ids["problem"]
    far = client.post("/plan/begin/", {"problem": problem, "former": "4000"}).content.decode()
    assert "No week has more than 249" in far
    runs = client.post("/plan/begin/", {"problem": problem, "runs": "4"}).content.decode()
    assert "says little without the distance" in runs
    assert "Choose what the plan is for." in client.post("/plan/begin/", {"runs": ""}).content.decode()


def test_gates_are_passed_by_whose_word_it_takes(cast: Cast) -> None:
    from evengait.storage.records.plans import active_plan

    planned(cast, passed=False)
    client = cast.client("owner")
    assert "It went well" in page(client)
    client.post("/plan/gate/", {"gate": "impact"})
    client.post("/plan/gate/", {"gate": "clinician"})
    client.post("/plan/gate/", {"gate": "no-such"})
    record = active_plan(her(cast).id)
    assert record is not None
    assert {(one.gate, one.by) for one in record.passed} == {("impact", "runner"), ("clinician", "clinician")}


def test_the_page_shows_the_way_the_days_and_every_decision_with_its_rule(cast: Cast) -> None:
    planned(cast)
    text = page(cast.client("owner"))
    assert 'aria-current="step"><b>S1</b>' in text
    assert "The coming days" in text
    assert "Rule advance-gates" in text
    assert "Grade " in text
    assert "Not reviewed by a clinician." in text
    assert "evengait plan" not in text
    assert "--" not in words(text)


def test_a_stopped_plan_asks_for_a_clinician_and_plans_nothing(cast: Cast) -> None:
    planned(cast, findings=CALM["findings"] | {"cannot_bear_weight": True})
    text = page(cast.client("owner"))
    assert "No run is planned until this is cleared." in text
    assert "A clinician cleared running" in text
    assert "For the watch" not in text


def test_the_plan_is_taken_along_as_calendar_workouts_and_page(cast: Cast) -> None:
    planned(cast)
    client, today = cast.client("owner"), today_of(cast)
    calendar = client.get("/plan/calendar.ics")
    assert calendar.content.startswith(b"BEGIN:VCALENDAR")
    assert b"pain" not in calendar.content.lower().replace(b"x-wr", b"")
    with zipfile.ZipFile(io.BytesIO(client.get("/plan/workouts.zip").content)) as pack:
        names = pack.namelist()
        assert f"{today}-run.fit" in names
        assert pack.read(names[0])[8:12] == b".FIT"
    assert client.get(f"/plan/{today}/run.fit").content[8:12] == b".FIT"
    assert client.get(f"/plan/{today}/rest.fit").status_code == 404
    printed = client.get("/plan/page/").content.decode()
    assert "Signs that cannot wait" in printed
    assert "evengait log" not in printed


def test_the_former_week_is_told_and_the_plan_ended(cast: Cast) -> None:
    planned(cast)
    client = cast.client("owner")
    client.post("/plan/former/", {"former": "30", "runs": "4"})
    assert "30.0\xa0mi in 4 runs as you told" in re.sub(r"\s*{%.*?%}", "", page(client))
    client.post("/plan/former/", {"former": "much"})
    assert "That is no week." in page(client)
    client.post("/plan/end/")
    text = page(client)
    assert "No way back is under way." in text
    assert "Earlier ones" in text
    client.post("/plan/end/")
    assert "No plan runs yet." in page(client)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_plan_is_accessible_and_fits_a_phone(tab: Any, cast: Cast, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    planned(cast)
    for path in ("/plan/", "/plan/begin/", "/strength/", "/strength/begin/"):
        page = tab(path, width=360, scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        found = Axe().run(page)
        assert found.response["violations"] == [], (path, found.generate_report())
        assert not page.said
        assert not page.outside
