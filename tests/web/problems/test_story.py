"""The runner's own words fill the questions in; they count only once she has sent the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cast import Cast

STORY = "I limp <b>and</b> it wakes me at night. No fever. My dad had cancer. Rested for 3 days, no help."


def chosen(page: str, name: str) -> str:
    """Return the choice that is ticked."""
    ticked = re.findall(rf'<input[^>]*name="{re.escape(name)}"[^>]*checked[^>]*>', page)
    assert len(ticked) == 1, (name, ticked)
    found = re.search(r'value="([^"]*)"', ticked[0])
    return found.group(1) if found else ""


def test_words_fill_the_questions_in_and_count_once_they_are_sent(cast: Cast) -> None:
    client = cast.client("owner")
    told = {"place": "shin:left", "onset": "2026-11-08", "mode": "gradual", "story": STORY}
    at = client.post("/hurts/new/", told).headers["Location"]
    page = client.get(at).content.decode()
    assert "filled in from your own words" in page
    assert "From your words: <q>limp</q>" in page
    assert "<b>and</b>" not in page
    assert chosen(page, "findings.limp") == "yes"
    assert chosen(page, "findings.fever") == "no"
    assert chosen(page, "history.cancer") == ""
    assert chosen(page, "rest_helped") == "no"
    for name in ("rest_days", "findings.limp", "findings.fever"):
        """Each value that is filled in stands beside the words it was read in."""
        field = page[page.index(f'name="{name}"') - 1500 : page.index(f'name="{name}"')]
        assert "From your words: <q>" in field, name

    show = at.removesuffix("questions/")
    assert "Some questions come first." in client.get(show).content.decode()
    client.post(at, {"findings.limp": "no"})
    again = client.get(at).content.decode()
    assert chosen(again, "findings.limp") == "no"
    assert chosen(again, "findings.fever") == ""
    assert "filled in from your own words" not in again
