"""The release's checklist: each of its points can say no, and the fragments become a changelog."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def tool(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "tools/release_check.py", *words],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )


def copy(to: Path) -> Path:
    for name in ("tools", "changelog.d"):
        shutil.copytree(ROOT / name, to / name)
    for name in ("pyproject.toml", "constraints.txt", "CHANGELOG.md"):
        shutil.copy(ROOT / name, to)
    (to / "src" / "evengait").mkdir(parents=True)
    shutil.copy(ROOT / "src" / "evengait" / "__init__.py", to / "src" / "evengait")
    subprocess.run(["git", "init", "-q"], cwd=to, check=True)
    return to


def test_the_points_that_need_no_building_hold_now() -> None:
    done = tool(ROOT)
    for words in ("one version", "every fragment", "every package may", "the reference pages", "every table"):
        assert f"yes  {words}" in done.stdout, done.stdout


def test_a_wrong_version_a_wrong_fragment_and_what_is_not_committed_are_told(tmp_path: Path) -> None:
    root = copy(tmp_path / "root")
    (root / "changelog.d" / "x.novelty.md").write_text("New.")
    file = root / "src" / "evengait" / "__init__.py"
    file.write_text(file.read_text().replace('__version__ = "', '__version__ = "9'))
    done = tool(root)
    assert done.returncode == 1
    for words in ("everything is committed", "one version everywhere", "every fragment"):
        assert f"NO   {words}" in done.stdout


def test_fragments_become_a_changelog_with_the_older_part_below(tmp_path: Path) -> None:
    root = copy(tmp_path / "root")
    said = tool(root, "--changelog").stdout
    assert said.index("### What runners will see differently") < said.index("### New")
    for day in ("2026-12-01", "2026-12-24"):
        (root / "changelog.d" / "more.fix.md").write_text(f"Mended on {day}.")
        assert tool(root, "--write", day).returncode == 0
    text = (root / "CHANGELOG.md").read_text()
    assert text.index("2026-12-24") < text.index("2026-12-01")
    assert "Mended on 2026-12-01." in text
    assert [file.name for file in (root / "changelog.d").iterdir()] == ["README.md"]
