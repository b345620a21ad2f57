"""What must hold before a release, each point one line; exits with 1 where one does not.

python tools/release_check.py                     checks this checkout; nothing is changed
python tools/release_check.py --full              runs make check; installs from the registry by pip and by pipx, too
python tools/release_check.py --changelog         prints what the fragments will say in CHANGELOG.md
python tools/release_check.py --write 2026-12-01  puts them there under the version's number, and removes them
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
FRAGMENTS = ROOT / "changelog.d"
CHANGELOG = ROOT / "CHANGELOG.md"
KINDS = {
    "breaking": "What you have to do",
    "clinical": "What runners will see differently",
    "feature": "New",
    "fix": "Mended",
}
FORBIDDEN = re.compile(r"\b(A?GPL|GNU (Affero )?General Public|SSPL|BUSL|Commons Clause)", re.IGNORECASE)
"""Licences of packages that an Apache-2.0 program may not be handed on with."""


def main() -> None:
    """Do what the words of the command line say."""
    if "--changelog" in sys.argv:
        print(assembled("the next version"))  # noqa: T201
        return
    if "--write" in sys.argv:
        write(sys.argv[sys.argv.index("--write") + 1])
        return
    points = CHECKS | (FULL if "--full" in sys.argv else {})
    failed = 0
    for words, check in points.items():
        wrong = check()
        failed += bool(wrong)
        print(f"{'NO ' if wrong else 'yes'}  {words}", *(f"       {line}" for line in wrong), sep="\n")  # noqa: T201
    raise SystemExit(1 if failed else 0)


def version() -> str:
    """Return the version that pyproject.toml names."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def clean() -> list[str]:
    """Return what git has not committed."""
    return _lines("git", "status", "--porcelain")


def same_version() -> list[str]:
    """Return where another version stands."""
    text = (ROOT / "src" / "evengait" / "__init__.py").read_text("utf-8")
    return (
        [] if f'__version__ = "{version()}"' in text else ["src/evengait/__init__.py names another version"]
    )


def fragments() -> list[str]:
    """Return fragments that cannot be gathered."""
    wrong = []
    for file in sorted(FRAGMENTS.glob("*.md")):
        if file.name == "README.md":
            continue
        kind = file.name.split(".")[-2]
        if kind not in KINDS or not file.read_text("utf-8").strip():
            wrong.append(f"{file.name}: an unknown type, or nothing in it")
    return wrong


def assembled(title: str) -> str:
    """Return the fragments as one part of the changelog, what asks for something first."""
    parts = [f"## {title}\n"]
    for kind, heading in KINDS.items():
        texts = [file.read_text("utf-8").strip() for file in sorted(FRAGMENTS.glob(f"*.{kind}.md"))]
        if texts:
            parts += [f"### {heading}\n", *("- " + " ".join(text.split()) + "\n" for text in texts)]
    return "\n".join(parts)


def write(day: str) -> None:
    """Put the fragments into the changelog and remove them."""
    head = "# Changelog\n"
    before = CHANGELOG.read_text("utf-8").partition("\n## ")
    older = f"\n## {before[2]}" if before[1] else ""
    CHANGELOG.write_text(f"{head}\n{assembled(f'{version()} ({day})')}{older}", "utf-8")
    for file in FRAGMENTS.glob("*.md"):
        if file.name != "README.md":
            file.unlink()


def pins() -> list[str]:
    """Return installed packages whose version is not the one that was tested."""
    pinned = dict(
        line.split("==")
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
        if re.match(r"\w[^ ]*==", line)
    )
    pinned = {_plain(name): number for name, number in pinned.items()}
    found = {_plain(package.metadata["Name"]): package.version for package in distributions()}
    return [
        f"{name}: {number} is installed, {pinned[name]} is pinned"
        for name, number in sorted(found.items())
        if name in pinned and pinned[name] != number
    ]


def licences() -> list[str]:
    """Return packages that the program needs and that may not be handed on with it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    by_name = {_plain(package.metadata["Name"]): package for package in distributions()}
    waiting = [*project["dependencies"], *project["optional-dependencies"]["postgresql"]]
    seen: set[str] = set()
    wrong = []
    while waiting:
        need = waiting.pop()
        name = _plain(re.split(r"[\s\[<>=!~;(]", need, maxsplit=1)[0])
        if name in seen or name not in by_name or "extra ==" in need:
            continue
        seen.add(name)
        package = by_name[name]
        waiting += package.requires or []
        about = package.metadata
        words = [about.get("License-Expression") or "", *(about.get_all("Classifier") or ())]
        words = [word for word in words if "::" not in word or word.startswith("License")]
        if any(FORBIDDEN.search(word) and "LGPL" not in word and "Lesser" not in word for word in words):
            wrong.append(f"{name}: {words[0] or words[-1]}")
    return wrong


def reference() -> list[str]:
    """Return reference pages that are not what the code says."""
    return _failing(sys.executable, "tools/make_reference.py", "--check")


def migrations() -> list[str]:
    """Return tables that lack a migration."""
    code = (
        "import os, tempfile; os.environ['EVENGAIT_HOME'] = tempfile.mkdtemp(); "
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'evengait.storage.records.settings'; "
        "import django; django.setup(); from django.core.management import call_command; "
        "call_command('makemigrations', 'records', check=True, dry_run=True, verbosity=1)"
    )
    return _failing(sys.executable, "-c", code)


def gate() -> list[str]:
    """Return what `make check` finds; it builds, installs and opens the desk as well."""
    return _failing("make", "check")


def installs() -> list[str]:
    """Install the wheel and all its dependencies from the registry, as a stranger does, and run the demo."""
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        steps: list[list[str]] = [
            [sys.executable, "-m", "build", "--wheel", "--outdir", scratch, str(ROOT)],
            [sys.executable, "-m", "venv", f"{scratch}/venv"],
        ]
        for step in steps:
            if wrong := _failing(*step):
                return wrong
        (wheel,) = place.glob("*.whl")
        return _failing(f"{scratch}/venv/bin/pip", "install", "-q", str(wheel)) or _failing(
            f"{scratch}/venv/bin/evengait",
            "--home",
            f"{scratch}/home",
            "demo",
            "--html",
            f"{scratch}/report.html",
        )


def installs_with_pipx() -> list[str]:
    """Install the wheel with pipx, itself from the registry, and run what it put on the path."""
    with tempfile.TemporaryDirectory() as scratch:
        steps: list[list[str]] = [
            [sys.executable, "-m", "build", "--wheel", "--outdir", scratch, str(ROOT)],
            [sys.executable, "-m", "venv", f"{scratch}/venv"],
            [f"{scratch}/venv/bin/pip", "install", "-q", "pipx"],
        ]
        for step in steps:
            if wrong := _failing(*step):
                return wrong
        (wheel,) = Path(scratch).glob("*.whl")
        places = {
            "PIPX_HOME": f"{scratch}/pipx",
            "PIPX_BIN_DIR": f"{scratch}/bin",
            "PIPX_MAN_DIR": f"{scratch}/man",
        }
        return (
            _failing(f"{scratch}/venv/bin/pipx", "install", str(wheel), **places)
            or _failing(
                f"{scratch}/bin/evengait", "--home", f"{scratch}/home", "demo", "--html", f"{scratch}/r.html"
            )
            or _failing(f"{scratch}/venv/bin/pipx", "uninstall", "evengait", **places)
        )


def _failing(*words: str, **settings: str) -> list[str]:
    done = subprocess.run(  # noqa: S603
        words, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, check=False
    )
    return [] if done.returncode == 0 else (done.stdout + done.stderr).strip().splitlines()[-8:]


def _lines(*words: str) -> list[str]:
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()  # noqa: S603


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


CHECKS: dict[str, Callable[[], list[str]]] = {
    "everything is committed": clean,
    "one version everywhere": same_version,
    "every fragment of the changelog can be gathered": fragments,
    "what is installed is what was tested": pins,
    "every package may be handed on": licences,
    "the reference pages are what the code says": reference,
    "every table has its migration": migrations,
}
FULL: dict[str, Callable[[], list[str]]] = {
    "make check": gate,
    "a stranger can install it from the registry": installs,
    "pipx can install it": installs_with_pipx,
}

if __name__ == "__main__":
    main()
