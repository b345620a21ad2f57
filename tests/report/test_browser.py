"""The page in a real browser: read aloud, in both themes, on a phone, on paper, off the network."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from pages import STATES, page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser

OVERLAPS = """
(selector) => [...document.querySelectorAll(selector)].flatMap((svg) => {
  const words = [...svg.querySelectorAll("text")].filter((t) => t.textContent.trim());
  const at = words.map((t) => t.getBoundingClientRect());
  const frame = svg.getBoundingClientRect();
  const found = [];
  for (let i = 0; i < words.length; i++) {
    const a = at[i];
    if (!a.width) continue;
    if (a.left < frame.left - 1 || a.right > frame.right + 1 || a.bottom > frame.bottom + 1 || a.top < frame.top - 1)
      found.push(`outside: ${words[i].textContent}`);
    for (let j = i + 1; j < words.length; j++) {
      const b = at[j];
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      // Boxes of lines hold room above and below the letters; a few pixels of it may be shared.
      if (b.width && across > 1 && down > 0.35 * Math.min(a.height, b.height))
        found.push(`${words[i].textContent} / ${words[j].textContent}`);
    }
  }
  return found;
})
"""


@pytest.fixture
def opened(chromium: Any, tmp_path: Path) -> Iterator[Any]:
    """Return a function that opens a state of the page from a file, without any network."""
    contexts = []

    def open_page(state: str, *, width: int = 1200, scheme: str = "light") -> Any:
        file = tmp_path / f"{state}.html"
        file.write_text(page(state), "utf-8")
        context = chromium.new_context(
            viewport={"width": width, "height": 820}, color_scheme=scheme, offline=True
        )
        contexts.append(context)
        tab = context.new_page()
        tab.asked, tab.said = [], []
        tab.on("request", lambda request: tab.asked.append(request.url))
        tab.on("console", lambda message: tab.said.append(message.text))
        tab.on("pageerror", lambda error: tab.said.append(str(error)))
        tab.goto(file.as_uri())
        return tab

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_wrong(opened, state, scheme) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tab = opened(state, scheme=scheme)
    tab.locator("details").evaluate("d => d.open = true")
    found = Axe().run(tab)
    assert found.response["violations"] == [], found.generate_report()


@pytest.mark.parametrize("width", [320, 1200])
def test_axe_finds_nothing_wrong_on_a_phone(opened, width) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(opened("crowded", width=width))
    assert found.response["violations"] == [], found.generate_report()


@pytest.mark.parametrize("state", STATES)
def test_nothing_but_the_file_is_asked_for_and_nothing_is_refused(opened, state) -> None:
    tab = opened(state)
    assert len(tab.asked) == 1
    assert tab.asked[0].startswith("file:")
    assert tab.said == [], "the browser complains, of the policy perhaps"


@pytest.mark.parametrize("width", [320, 375, 700, 760, 1000, 1600])
@pytest.mark.parametrize("state", ["crowded", "cannot_tell"])
def test_the_page_never_scrolls_sideways(opened, state, width) -> None:
    tab = opened(state, width=width)
    room = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert room <= 0


@pytest.mark.parametrize("width", [375, 1200])
@pytest.mark.parametrize("state", STATES)
def test_no_two_labels_of_a_picture_overlap_and_none_leaves_it(opened, state, width) -> None:
    tab = opened(state, width=width)
    assert tab.evaluate(OVERLAPS, "figure svg") == []


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("state", STATES)
def test_it_prints_on_two_pages_at_most(opened, state, size) -> None:
    from pypdf import PdfReader

    pdf = PdfReader(io.BytesIO(opened(state, scheme="dark").pdf(format=size)))
    assert len(pdf.pages) <= 2
    printed = " ".join(p.extract_text() for p in pdf.pages)
    assert "Signs that cannot wait" in printed
    assert "not a diagnosis" in printed


def test_paper_is_white_even_for_who_reads_in_the_dark(opened) -> None:
    tab = opened("stands_out", scheme="dark")
    tab.emulate_media(media="print", color_scheme="dark")
    ink = tab.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink')")
    assert ink.strip() == "#1f2a30"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_follow_the_readers_theme(opened, scheme) -> None:
    tab = opened("stands_out", scheme=scheme)
    fill = tab.evaluate("getComputedStyle(document.querySelector('.wide svg text')).fill")
    light = sum(int(part) for part in fill.removeprefix("rgb(").removesuffix(")").split(",")) > 380
    assert light == (scheme == "dark")


@pytest.mark.parametrize(("width", "shown"), [(375, "narrow"), (1200, "wide")])
def test_one_timeline_is_shown_and_read_the_other_is_neither(opened, width, shown) -> None:
    tab = opened("stands_out", width=width)
    images = tab.get_by_role("img", name="Timeline of the weeks before")
    assert images.count() == 1
    assert tab.locator(f".{shown} svg").first.is_visible()


def test_every_picture_has_a_name_and_the_table_stays_a_table_on_a_phone(opened) -> None:
    tab = opened("stands_out", width=375)
    assert tab.get_by_role("img").count() > 10
    assert tab.get_by_role("table", name="Most unusual first").count() == 1
    assert tab.get_by_role("cell", name="6 of 84").count() >= 1


def test_it_can_be_walked_through_by_keyboard(opened) -> None:
    tab = opened("stands_out")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the answer"
    tab.locator("summary").focus()
    tab.keyboard.press("Enter")
    assert tab.get_by_role("region", name="The weeks before, as a table").is_visible()
