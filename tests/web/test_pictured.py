"""Every page of the desk has its picture in the docs; pictures themselves are taken by a command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from matrix import addresses, rows

if TYPE_CHECKING:
    from cast import Cast

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"


@pytest.fixture
def shots(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the module of the command that takes the pictures."""
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import screenshots

    return screenshots


def test_every_page_is_pictured(shots: Any, records_home: Path) -> None:
    pictured = {page.name for page in shots.pages()}
    answered = {
        row.name for row in rows()
        if row.method == "GET" and any(got in {200, 403} for got in row.gets.values())
        and getattr(addresses().get(row.name), "access", "token") != "token"
    }  # fmt: skip
    assert answered - pictured - shots.not_pictured() == set(), "add it to tools/pictured.toml"
    assert shots.not_pictured() <= set(addresses()), "such an address is no more"


def test_every_picture_is_there_is_shown_and_nothing_is_left_over(shots: Any) -> None:
    wanted = {page.file(look) for page in shots.pages() for look in page.looks}
    there = {file.name for file in PICTURES.glob("*.webp")}
    assert wanted == there, "run: python tools/screenshots.py"
    shown = (ROOT / "docs" / "every-page.md").read_text("utf-8")
    assert [name for name in sorted(wanted) if f"](pictures/{name})" not in shown] == []


def test_the_pictures_are_light() -> None:
    files = list(PICTURES.glob("*.webp"))
    assert all(file.read_bytes()[8:12] == b"WEBP" for file in files)
    assert sum(file.stat().st_size for file in files) < 4 * 1024**2


@pytest.mark.browser
def test_a_picture_is_taken_of_what_the_desk_shows(shots: Any, live: str, cast: Cast, chromium: Any) -> None:
    walk = shots.Walk(cast, live, chromium)
    page = next(one for one in shots.pages() if one.name == "base:signs")
    tab = walk.open(page, "phone")
    picture = shots.packed(shots.whole(tab))
    assert picture[8:12] == b"WEBP"
    assert "Signs that cannot wait" in tab.title()
    assert shots.complaints(tab) == []


@pytest.mark.browser
@pytest.mark.usefixtures("chromium")
def test_axe_finds_nothing_on_any_page_in_light_or_dark(tmp_path: Path) -> None:
    """Every page of the docs, at its full size, by the command that takes the pictures."""
    words = [sys.executable, ROOT / "tools" / "screenshots.py", "--axe", "--no-pictures", "--to", tmp_path]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
