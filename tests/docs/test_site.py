"""The documentation site: built strictly, every page has its place, and no page fetches anything from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FETCHED = re.compile(
    r"<(?:script|img|iframe|source|video|audio)\b[^>]*\bsrc=[\"']?(?:https?:)?//"
    r"|<link\b(?=[^>]*\brel=[\"']?(?:stylesheet|preload|preconnect|modulepreload|icon))[^>]*\bhref=[\"']?(?:https?:)?//"
    r"|@import[^;]*//|url\([\"']?(?:https?:)?//"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the built site; a warning of the generator is an error."""
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_every_page_is_built_and_is_in_the_navigation(site: Path) -> None:
    home = (site / "index.html").read_text("utf-8")
    for page in sorted((ROOT / "docs").rglob("*.md")):
        name = page.relative_to(ROOT / "docs").with_suffix(".html").as_posix()
        assert (site / name).exists(), name
        assert re.search(rf'<a href="{name}" class="md-nav__link', home) or name == "index.html", name


def test_no_page_fetches_anything_from_elsewhere(site: Path) -> None:
    files = [file for kind in ("*.html", "*.css") for file in site.rglob(kind)]
    assert len(files) > 30
    for file in files:
        found = FETCHED.search(file.read_text("utf-8"))
        assert found is None, f"{file.relative_to(site)}: {found and found.group()}"


def test_what_is_searched_for_is_found_on_this_site(site: Path) -> None:
    assert "sacroiliac" in (site / "search" / "search_index.json").read_text("utf-8")


def test_what_fetches_is_known_as_such() -> None:
    assert FETCHED.search('<link rel="stylesheet" href="https://cdn.example/a.css">')
    assert FETCHED.search('<script src="//cdn.example/a.js">')
    assert not FETCHED.search('<a href="https://example.org">')
