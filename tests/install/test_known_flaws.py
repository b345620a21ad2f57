"""The look for known flaws finds what an advisory says of a pin, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TOOL = Path(__file__).parents[2] / "tools" / "known_flaws.py"

ADVISORY = """\
id: PYSEC-2024-{number}
modified: 2024-0{number}-07T17:22:10Z
{more}
affected:
- package: {{ecosystem: PyPI, name: Thing.One}}
  ranges:
  - type: ECOSYSTEM
    events: [{events}]
  versions: [{versions}]
"""


def look(folder: Path, pin: str) -> subprocess.CompletedProcess[str]:
    pins = folder / "pins.txt"
    pins.write_text(f"# what was tested\n{pin}\n", "utf-8")
    return subprocess.run(
        [sys.executable, TOOL, folder, pins], capture_output=True, text=True, check=False
    )  # fmt: skip


def advise(folder: Path, number: int, events: str, versions: str = "", more: str = "") -> None:
    (folder / "vulns" / "thing-one").mkdir(parents=True, exist_ok=True)
    text = ADVISORY.format(number=number, events=events, versions=versions, more=more)
    (folder / "vulns" / "thing-one" / f"{number}.yaml").write_text(text, "utf-8")


def test_a_version_between_introduced_and_fixed_is_told_with_what_mends_it(tmp_path: Path) -> None:
    advise(tmp_path, 1, '{introduced: "0"}, {fixed: "1.10"}, {introduced: "2.0"}, {fixed: 2.0.4}')
    for version, bad in (
        ("1.9", 1), ("1.10", 0), ("1.10rc1", 1), ("1.11", 0), ("2.0", 1), ("2.0.3", 1), ("2.0.4", 0),
    ):  # fmt: skip
        done = look(tmp_path, f"thing_one=={version}")
        assert done.returncode == bad, version
        assert ("mended in 1.10, 2.0.4" in done.stdout) == bool(bad)
    assert "0 known flaws in 1 pinned packages; 1 advisories, the newest of 2024-01-07" in done.stdout


def test_named_versions_and_the_last_one_affected_count_and_what_was_withdrawn_does_not(
    tmp_path: Path,
) -> None:
    advise(tmp_path, 1, '{introduced: "3"}, {last_affected: "3.5"}', '"1.0", not-a-version')
    advise(tmp_path, 2, '{introduced: "0"}', more="withdrawn: 2024-03-01T00:00:00Z")
    assert [look(tmp_path, f"thing-one=={v}").returncode for v in ("1.0.0", "3.5", "3.6")] == [1, 1, 0]
    assert look(tmp_path, "other==1.0").returncode == 0


def test_a_folder_that_is_no_copy_is_told(tmp_path: Path) -> None:
    done = look(tmp_path, "thing-one==1.0")
    assert done.returncode == 2
    assert "name a clone of github.com/pypa/advisory-database" in done.stdout
