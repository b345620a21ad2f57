"""Every page in German: no English sentence is left, and the page says which language it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from cast import SECRETS
from english import english_left, language_of
from matrix import arguments, rows

if TYPE_CHECKING:
    from cast import Cast

OWN_WORDS = (
    *SECRETS, "Participant", "What about the shoes?", "Look at the shoes", "What does the first step feel like?",
)  # fmt: skip
"""What people wrote."""


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return what a German browser sends."""
    return {"HTTP_ACCEPT_LANGUAGE": "de-CH,de;q=0.9,en;q=0.5"}


@pytest.mark.parametrize("persona", ["owner", "coach", "moderator", "nobody"])
def test_no_page_keeps_an_english_sentence(cast: Cast, german: dict[str, str], persona: str) -> None:
    from django.urls import reverse

    left = []
    for row in rows():
        if row.method != "GET":
            continue
        ids = {key: cast.ids[key] for key in arguments(row.name) if key in cast.ids} | row.arguments
        response: Any = cast.client(persona).get(reverse(row.name, kwargs=ids), **german)
        if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
            response.close()
            continue
        page = response.content.decode()
        if "<html" in page and language_of(page) != "de":
            left.append(f"{row.name}: says it is {language_of(page)}")
        left += [f"{row.name}: {piece}" for piece in english_left(page, "de", OWN_WORDS)]
    assert left == [], "\n".join(left)


def _left(client: Any, german: dict[str, str], addresses: list[str]) -> list[str]:
    found = []
    for address in addresses:
        response = client.get(address, **german)
        assert response.status_code == 200, address
        found += [f"{address}: {piece}" for piece in english_left(response.content.decode(), "de", OWN_WORDS)]
    return found


@pytest.mark.parametrize("passed", [True, False])
def test_a_way_back_with_strength_work_is_german(cast: Cast, german: dict[str, str], passed: bool) -> None:
    from planning import planned, today_of

    planned(cast, passed=passed)
    client: Any = cast.client("owner")
    told = {"equipment": "gym", "weekdays": ["0", "3"], "running": "on", "weights": "kg", "site": "knee"}
    assert client.post("/strength/begin/", told).status_code == 302
    today = today_of(cast).isoformat()
    client.defaults |= german
    client.post(f"/diary/{today}/", {"pain_daily_nprs": "2", "limp": "no", "aids": "belt", "sleep_h": "7.5"})
    client.post("/today/tap/", {"day": today, "field": "pain_daily_nprs", "value": "3"})
    client.post(f"/strength/log/{today}/add/", {"exercise": "bridge", "reps": ["10", "9"], "load": ["", ""]})
    pages = [
        "/", "/plan/", "/plan/page/", "/plan/begin/", "/strength/", "/strength/sheet/", "/strength/log/",
        f"/strength/log/{today}/", "/strength/log/of/bridge/", "/strength/begin/", "/calendar/", "/diary/",
        f"/calendar/day/{today}/", f"/calendar/week/{today}/",
    ]  # fmt: skip
    assert _left(client, german, pages) == []


def test_none_is_told_in_german(cast: Cast, german: dict[str, str]) -> None:
    client: Any = cast.client("owner")
    client.defaults |= german
    assert client.post("/diary/2026-11-20/", {"aids": "Keine", "exercises": "none"}).status_code == 302
    assert 'name="aids" value="keine"' in client.get("/diary/2026-11-20/").content.decode()
    assert "Kein Hilfsmittel" in client.get("/diary/").content.decode()


@pytest.mark.browser
@pytest.mark.parametrize(
    "path", ["/", "/hurts/{problem}/", "/hurts/{problem}/questions/", "/you/", "/cases/{case}/"]
)
def test_axe_finds_nothing_wrong_in_german_and_nothing_scrolls_sideways(
    tab: Any, cast: Cast, path: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = tab(path.format(**cast.ids), locale="de-CH", width=360)
    assert page.evaluate("document.documentElement.lang") == "de"
    found = Axe().run(page)
    assert found.response["violations"] == [], found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_an_account_chooses_its_language_whatever_the_browser_says(
    cast: Cast, german: dict[str, str]
) -> None:
    client: Any = cast.client("owner")
    told = {"display_name": "", "language": "en", "units": "mi", "time_zone": ""}
    assert client.post("/you/", told, **german).status_code == 302
    assert language_of(client.get("/", **german).content.decode()) == "en"
    client.post("/you/", told | {"language": "de"})
    page = client.get("/").content.decode()
    assert language_of(page) == "de"
    assert "Heute" in page


@pytest.mark.browser
def test_no_table_of_sets_is_cut_on_a_phone(tab: Any, cast: Cast) -> None:
    from planning import today_of

    client: Any = cast.client("owner")
    told = {"equipment": "gym", "weekdays": ["0", "3"], "running": "on", "weights": "lb", "site": "knee"}
    assert client.post("/strength/begin/", told).status_code == 302
    page = tab(f"/strength/log/{today_of(cast)}/", locale="de-CH", width=360)
    cut = "all => all.map(one => one.scrollWidth - one.clientWidth)"
    found = page.eval_on_selector_all(".across", cut)
    assert len(found) > 1
    assert max(found) <= 0
