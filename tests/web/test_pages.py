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
    "/look/",
    "/archive/",
    "/you/",
    "/hurts/",
    "/hurts/new/",
    "/hurts/{problem}/",
    "/hurts/{problem}/questions/",
    "/nothing-here/",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_wrong_and_the_browser_does_not_complain(
    tab: Any, cast: Cast, path: str, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = tab(path.format(**cast.ids), scheme=scheme)
    assert [said for said in page.said if "404" not in said] == []
    assert page.outside == []
    found = Axe().run(page)
    assert found.response["violations"] == [], found.generate_report()
