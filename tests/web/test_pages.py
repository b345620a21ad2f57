"""Every page in a real browser: axe in both themes, no complaint of the policy, nothing asked of another host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cast import Cast

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/signs/",
    "/about/",
    "/look/",
    "/archive/",
    "/you/",
    "/hurts/",
    "/hurts/new/",
    "/hurts/{problem}/",
    "/hurts/{problem}/questions/",
    "/cases/",
    "/cases/new/{problem}/",
    "/cases/{case}/",
    "/cases/{case}/edit/",
    "/cases/{case}/end/",
    "/cases/{case}/share/",
    "/cases/{case}/data/",
    "/cases/{case}/advice/",
    "/cases/reply/{reply}/report/",
    "/notices/",
    "/cases/search/",
    "/cases/{case}/thread/",
    "/beside/",
    "/beside/{tie}/",
    "/beside/come/{invitation}/",
    "/beside/{tie}/look/",
    "/my-runners/",
    "/moderation/",
    "/more/",
    "/api/",
    "/you/programs/",
    "/you/take/",
    "/diary/",
    "/diary/2026-11-20/",
    "/plan/begin/",
    "/trials/new/",
    "/welcome/",
    "/invite/",
    "/nothing-here/",
]
OPENED_BY = {"/moderation/": "moderator", "/welcome/": "nobody", "/invite/": "admin"}
"""Who opens a page that is not the owner's."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_wrong_and_the_browser_does_not_complain(
    tab: Any, cast: Cast, path: str, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = tab(path.format(**cast.ids), OPENED_BY.get(path, "owner"), scheme=scheme)
    assert [said for said in page.said if "404" not in said] == []
    assert page.outside == []
    found = Axe().run(page)
    assert found.response["violations"] == [], found.generate_report()


@pytest.mark.parametrize("width", [320, 390, 760, 1600])
def test_no_page_scrolls_sideways(tab: Any, cast: Cast, width: int) -> None:
    tabs = {who: tab("/", who, width=width) for who in ("owner", *OPENED_BY.values())}
    for path in PAGES:
        page = tabs[OPENED_BY.get(path, "owner")]
        page.goto(path.format(**cast.ids))
        room = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert room <= 0, path


def test_a_page_can_be_walked_through_by_keyboard(tab: Any) -> None:
    page = tab("/hurts/new/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") in {"TEXTAREA", "INPUT", "BUTTON"}


def test_a_page_prints_without_what_only_works_on_a_screen(tab: Any, cast: Cast) -> None:
    page = tab(f"/hurts/{cast.ids['problem']}/", scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.get_by_role("navigation").is_visible()
    assert not page.get_by_role("button", name="Delete").is_visible()
    ink = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink')")
    assert ink.strip() == "#1f2a30"


def _tab_to(page: Any, selector: str) -> None:
    """Press Tab until what the selector names has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab never came to {selector}")


def test_a_pain_is_told_by_keyboard_alone(tab: Any) -> None:
    page = tab("/hurts/")
    _tab_to(page, "main a.button")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What hurts?").wait_for()
    _tab_to(page, "textarea")
    page.keyboard.type("It hurts on every landing.")
    _tab_to(page, "[name=place]")
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.querySelector('[name=place]:checked').value")
    _tab_to(page, "[name=onset]")
    page.keyboard.type("11012026")
    _tab_to(page, "[name=mode]")
    page.keyboard.press("Space")
    _tab_to(page, "main form .actions button:not(.second)")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="First the questions").wait_for()
    assert chosen.split(":")[0].replace("_", " ") in page.content().lower()
    _tab_to(page, "[name='pain.rest'], [name='findings.limp'], input[type=radio]")
    outline = page.evaluate("getComputedStyle(document.activeElement.closest('label')).outlineStyle")
    assert outline == "solid", "who goes by keys sees where she is"


def test_how_it_is_today_is_tapped_and_taken_back_by_keyboard_alone(tab: Any, cast: Cast) -> None:
    page = tab("/")
    _tab_to(page, ".taps button")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".said", has_text="1 of 10").or_(page.locator(".said button")).first.wait_for()
    _tab_to(page, ".said button")
    page.keyboard.press("Enter")
    page.get_by_text("Taken back.").wait_for()
