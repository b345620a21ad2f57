"""The notebooks of the docs run, and their pages show what they show."""

from __future__ import annotations

import importlib.util
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_notebook", ROOT / "tools" / "make_notebook.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda file: file.stem)
def test_a_notebook_runs_and_its_page_says_what_it_says(
    notebook: Path, demo_home: Path, tmp_path: Path
) -> None:
    os.link(demo_home / "export.zip", tmp_path / "export.zip")
    tool: Any = _tool()
    text, pictures = tool.page(tool.run(notebook, tmp_path), notebook.stem)
    assert notebook.with_suffix(".md").read_text("utf-8") == text, "run python tools/make_notebook.py"
    for name in pictures:
        assert (notebook.parent / name).stat().st_size < 400_000
    assert (tmp_path / "report.html").exists()


def test_there_is_a_notebook_and_it_was_kept_without_what_it_showed() -> None:
    assert NOTEBOOKS
    for notebook in NOTEBOOKS:
        assert not re.search(r'"outputs": \[\s*\{', notebook.read_text("utf-8"))
