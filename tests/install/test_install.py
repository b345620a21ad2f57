"""What a stranger installs: built from a clean clone, run outside the checkout to the end of the demo."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"http://127\.0\.0\.1:(\d+)/enter/\S+")


def tracked(folder: Path) -> set[str]:
    """Return every file of the package that is neither Python nor a page for contributors."""
    done = subprocess.run(
        ["git", "ls-files", "src/evengait"], cwd=folder, capture_output=True, text=True, check=True
    )
    return {name.removeprefix("src/") for name in done.stdout.split()}


@dataclass(frozen=True)
class Built:
    clone: Path
    sdist: Path
    wheel: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the sdist from a clean clone, and the wheel from the sdist; once for all tests here."""
    place = tmp_path_factory.mktemp("built")
    clone = place / "clone"
    subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
    done = subprocess.run(
        [sys.executable, "-m", "build", "--outdir", place / "dist", clone],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    (sdist,), (wheel,) = (place / "dist").glob("*.tar.gz"), (place / "dist").glob("*.whl")
    return Built(clone, sdist, wheel)


def environment(place: Path, wheel: Path) -> Path:
    """Install a wheel where our dependencies are seen and our checkout is not; return the programs' folder."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    python = place / "bin" / "python"
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index", wheel],
        check=True,
    )
    (packages,) = place.glob("lib/python*/site-packages")
    # A path in a .pth file is not searched for .pth files of its own: an editable install there is not seen.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return place / "bin"


def clean() -> dict[str, str]:
    """Return the environment without what leads to the checkout."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "EVENGAIT", "DJANGO"))
    }


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return environment(tmp_path_factory.mktemp("installed") / "venv", built.wheel)


def test_everything_that_the_program_reads_is_in_the_wheel_and_the_sdist(built: Built) -> None:
    wanted = tracked(built.clone)
    with zipfile.ZipFile(built.wheel) as wheel:
        missing = wanted - set(wheel.namelist())
    assert missing == set()
    with tarfile.open(built.sdist) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {f"src/{name}" for name in wanted} | {"LICENSE", "NOTICE", "constraints.txt"} <= names


def test_the_wheel_has_its_licence_and_nothing_of_the_tests(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as wheel:
        names = wheel.namelist()
    assert any(name.endswith("licenses/NOTICE") for name in names)
    assert not [name for name in names if not name.startswith("evengait")]


def test_the_demo_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    done = subprocess.run(
        [installed / "evengait", "--home", tmp_path / "home", "demo", "--html", report],
        cwd=tmp_path, env=clean(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert report.stat().st_size > 10_000
    where = subprocess.run(
        [installed / "python", "-c", "import evengait; print(evengait.__file__)"],
        cwd=tmp_path, env=clean(), capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert str(installed.parent) in where


@pytest.fixture
def desk(installed: Path, tmp_path: Path) -> Iterator[str]:
    command = [installed / "evengait", "--home", tmp_path / "home", "serve", "--no-browser", "--port", "0"]
    running = subprocess.Popen(command, cwd=tmp_path, env=clean(), stderr=subprocess.PIPE, text=True)
    assert running.stderr is not None
    try:
        for line in running.stderr:
            if found := LINK.search(line):
                yield found[0]
                break
        else:
            pytest.fail("the desk did not open")
    finally:
        running.terminate()
        running.communicate(timeout=30)


def test_the_desk_opens_from_the_wheel_with_its_style(desk: str) -> None:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def fetch(address: str) -> str:
        with opener.open(address) as answer:
            assert answer.status == 200
            return str(answer.read().decode())

    page = fetch(desk)
    assert "evengait" in page
    start = desk.split("/enter/", maxsplit=1)[0]
    for path in re.findall(r'(?:href|src)="(/static/[^"]+)"', page):
        assert fetch(start + path)


def test_without_a_c_compiler_the_wheel_reads_the_same_in_python(built: Built, tmp_path: Path) -> None:
    env = os.environ | {"CC": "/nonexistent/cc"}
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", tmp_path, built.sdist],
        env=env, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as file:
        assert not [name for name in file.namelist() if name.endswith(".so")]
    programs = environment(tmp_path / "venv", wheel)
    code = (
        "from evengait.ingest.fit._engine import engine; from evengait.ingest.xml._engine import compiled_scan; "
        "print(engine().name, compiled_scan())"
    )
    done = subprocess.run(
        [programs / "python", "-c", code], env=clean(), capture_output=True, text=True, check=True
    )
    assert done.stdout == "numpy None\n"
