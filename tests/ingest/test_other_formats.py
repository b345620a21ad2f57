"""Formats of other packages, as docs/how-to/add-a-format.md tells to make them, installed beside evengait."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from evengait.core.errors import IngestError
from evengait.ingest import _others
from evengait.ingest._dispatch import other_formats, read, recognise

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "add-a-format.md").read_text("utf-8")


def block(language: str, holding: str) -> str:
    """Return the page's one block in a language that holds some words."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    (found,) = [text for text in blocks if holding in text]
    return str(found)


MODULE = block("python", "def read(")
FILE = block("text", "STEADY").encode()


def install(folder: Path, package: str, module: str, entry_points: dict[str, str]) -> None:
    """Lay a package down as an installer does: its module, and beside it what tells of it."""
    (folder / package.replace("-", "_")).mkdir()
    (folder / package.replace("-", "_") / "__init__.py").write_text(module, "utf-8")
    about = folder / f"{package.replace('-', '_')}-1.0.dist-info"
    about.mkdir()
    about.joinpath("METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n", "utf-8")
    lines = [f"{name} = {target}" for name, target in entry_points.items()]
    about.joinpath("entry_points.txt").write_text("\n".join(["[evengait.formats]", *lines, ""]), "utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return an empty folder that Python finds packages in."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    importlib.invalidate_caches()
    _others.others.cache_clear()
    yield folder
    _others.others.cache_clear()
    for name in {path.name for path in folder.iterdir()} & set(sys.modules):
        del sys.modules[name]


@pytest.fixture
def steady(site: Path) -> Path:
    """Return such a folder with the page's package in it."""
    project = tomllib.loads(block("toml", "entry-points"))["project"]
    install(site, project["name"], MODULE, project["entry-points"]["evengait.formats"])
    return site


def evengait(site: Path, home: Path, *words: str) -> Any:
    """Run the command line with that folder on Python's path; returns its JSON."""
    paths = os.pathsep.join([str(site), str(ROOT / "src")])
    done = subprocess.run(
        [sys.executable, "-m", "evengait", "--home", str(home), *words, "--json"],
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


@pytest.mark.usefixtures("steady")
def test_the_pages_own_tests_hold() -> None:
    names: dict[str, Any] = {}
    exec(compile(block("python", "def test_"), "add-a-format.md", "exec"), names)  # noqa: S102  the page's own code
    tests = [thing for name, thing in names.items() if name.startswith("test_")]
    assert len(tests) == 2
    for test in tests:
        test()


@pytest.mark.usefixtures("steady")
def test_a_format_of_another_package_is_recognised_and_read() -> None:
    assert recognise(FILE) == "steady"
    assert read("steady", FILE).bouts[0].device == "Steady pod"
    assert other_formats()["steady"].package == "steady-format 1.0"


def test_it_goes_the_whole_way_from_file_and_zip_to_the_archive(steady: Path, tmp_path: Path) -> None:
    tmp_path.joinpath("run.steady").write_bytes(FILE)
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as pack:
        pack.writestr("runs/2.steady", FILE.replace(b"2026-03-01", b"2026-03-03"))
        pack.writestr("runs/broken.steady", FILE[:20])
    paths = [str(tmp_path / name) for name in ("run.steady", "export.zip")]
    done = evengait(steady, tmp_path / "home", "import", *paths)
    assert done["counts"] == {"added": 2, "duplicate": 0, "not_a_session": 0, "failed": 1}
    (broken,) = [file for file in done["files"] if file["verdict"] == "failed"]
    assert broken["reason"] == "It is damaged. Export it again."
    sessions = evengait(steady, tmp_path / "home", "sessions")
    assert [session["sport"] for session in sessions] == ["running", "running"]
    assert evengait(steady, tmp_path / "home", "doctor")["formats"]["steady"] == "steady-format 1.0"


@pytest.mark.parametrize(
    ("module", "problem"),
    [
        ("import nowhere_to_be_found", "ModuleNotFoundError"),
        ("1 / 0", "ZeroDivisionError"),
        ("sniff = None", "no sniff and read"),
    ],
)
def test_a_package_that_is_broken_stops_nothing_and_is_told(site: Path, module: str, problem: str) -> None:
    install(site, "bad-format", module, {"bad": "bad_format"})
    assert recognise(b"<gpx>") == "gpx"
    assert recognise(b"something else") is None
    assert problem in str(other_formats()["bad"].problem)


def test_a_name_of_ours_cannot_be_taken(site: Path) -> None:
    install(site, "bad-format", MODULE, {"gpx": "bad_format"})
    assert recognise(b"<gpx>") == "gpx"
    assert recognise(FILE) is None
    assert other_formats()["gpx (bad-format 1.0)"].problem == "its name is taken"


def test_a_sniffer_that_stumbles_recognises_nothing(site: Path) -> None:
    install(
        site, "bad-format", "def sniff(head):\n    return head[9999]\n\nread = sniff", {"bad": "bad_format"}
    )
    assert recognise(b"something else") is None


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("raise KeyError('secret place')", "stumbled over it (KeyError)"),
        ("return None", "no Recording"),
        ("return Recording('bad', 'activity', (Bout(-1, 'running', Samples(np.arange(2), {})),))", "its start"),
        ("return Recording('bad', 'activity', (Bout(1, 'jogging', Samples(np.arange(2), {})),))", "its sport"),
        ("return Recording('bad', 'activity', (Bout(1, 'other', Samples(np.arange(2)[::-1], {})),))", "do not rise"),
        ("return Recording('bad', 'activity', (Bout(1, 'other', Samples(np.arange(2), {'pace': 1})),))", "no column"),
        ("return Recording('bad', 'activity', (Bout(1, 'other', Samples(np.arange(2), {'power_w': 1})),))", "no pair"),
        ("return one(np.array([1.0, 2.0]), None)", "no int32 array"),
        ("return one(np.array([1], np.int32), None)", "no int32 array"),
        ("return one(np.array([1, 2], np.int32), [True, False])", "valid is neither"),
        ("return one(np.array([1, 2], np.int32), np.array([False, False]))", "leave it out"),
        ("return one(np.array([1, 99_999], np.int32), None)", "outside its range"),
    ],
)  # fmt: skip
def test_a_reader_that_breaks_the_rules_costs_its_file_a_sentence(site: Path, body: str, says: str) -> None:
    module = (
        "import numpy as np\n"
        "from evengait.core.recording import Bout, Recording, Samples\n"
        "def sniff(head): return head[:3] == b'BAD'\n"
        "def one(values, valid):\n"
        "    samples = Samples(np.arange(2), {'power_w': (values, valid)})\n"
        "    return Recording('bad', 'activity', (Bout(1, 'other', samples),))\n"
        f"def read(data):\n    {body}\n"
    )
    install(site, "bad-format", module, {"bad": "bad_format"})
    assert recognise(b"BAD") == "bad"
    with pytest.raises(IngestError) as caught:
        read("bad", b"BAD")
    assert says in str(caught.value)
    assert "bad-format 1.0" in str(caught.value)
    assert "secret" not in str(caught.value)
