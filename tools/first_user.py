"""Follow README as somebody new does, on a machine with nothing installed, and time each step.

python tools/first_user.py --root /srv/bare    in a bare Debian: debootstrap --variant=minbase bookworm /srv/bare
python tools/first_user.py                     on this machine, with an empty home and none of this shell's settings

Every command is read from README as it stands there. What README does not say, this script does not know, but for one
thing: the reader's own export, in whose place `evengait demo --export` makes one up. `--write` puts the log into
docs/new-user.md. `--set NAME=VALUE` hands on a setting that the network of this place needs, such as PIP_CERT.
"""

from __future__ import annotations

import argparse
import os
import platform
import pty
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGE = ROOT / "docs" / "new-user.md"
STORY = "My left lower back hurts since a long run. It hurts on every landing. No limp.\n"
TYPED = "all\nstop\ny\n" * 2
"""What the reader types where a command asks: all of it is so; no more questions; yes, it was checked."""
NOT_A_RUNNERS = ("make check",)
"""Commands of README that are for who works on the program."""


@dataclass
class Step:
    """A step: what was typed, how long it took, whether it came to an end as it should, what it said last."""

    typed: str
    seconds: float
    well: bool
    said: str


class Place:
    """Where the reader sits: a bare root, or this machine without its settings."""

    def __init__(self, root: Path | None, settings: list[str]) -> None:
        self.home = Path("/root/reader") if root else Path(mkdtemp(prefix="reader"))
        inside = [
            f"HOME={self.home}",
            "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
            "TERM=dumb",
            "LANG=C.UTF-8",
            *settings,
        ]
        self.prefix = [*(["chroot", str(root)] if root else []), "/usr/bin/env", "-i", *inside]
        self.seen = (root / str(self.home)[1:]) if root else self.home
        self.seen.mkdir(parents=True, exist_ok=True)
        self.steps: list[Step] = []

    def start(self, typed: str, **more: Any) -> subprocess.Popen[str]:
        """Start what is typed, in the clone once there is one."""
        where = self.home / "evengait" if (self.seen / "evengait").exists() else self.home
        words = [*self.prefix, "bash", "-c", f"cd {where} && {typed}"]
        return subprocess.Popen(words, text=True, encoding="utf-8", errors="replace", **more)  # noqa: S603

    def do(self, typed: str, *, told: bool = True) -> str:
        """Do what is typed on a terminal that answers, and keep how it went."""
        keyboard, terminal = pty.openpty()
        os.write(keyboard, TYPED.encode())
        begun = time.monotonic()
        with self.start(typed, stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as running:
            said, _ = running.communicate(timeout=3600)
        took = time.monotonic() - begun
        os.close(keyboard)
        os.close(terminal)
        if told or running.returncode:
            last = next((line for line in reversed(said.splitlines()) if line.strip()), "")
            self.steps.append(Step(typed, took, running.returncode == 0, last.strip()))
            print(f"{took:7.1f} s  {'' if running.returncode == 0 else 'FAILED '}{typed}", flush=True)  # noqa: T201
            if running.returncode:
                print(said[-3000:], flush=True)  # noqa: T201
        return said


def of_readme(language: str) -> list[str]:
    """Return README's commands, or its pieces of code, in their order."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    if language != "sh":
        return blocks
    lines = [line.split("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line and line not in NOT_A_RUNNERS]


def follow(place: Place, *, bare: bool) -> None:
    """Go through README from the top."""
    if bare:
        place.do("apt-get update -qq && apt-get install -qq -y --no-install-recommends " + asked_for())
    subprocess.run(["git", "clone", "-q", ROOT, place.seen / "evengait"], check=True)  # noqa: S603, S607
    (place.seen / "evengait" / "story.txt").write_text(STORY, "utf-8")
    for command in of_readme("sh"):
        if "export_12345678.zip" in command:
            place.do(".venv/bin/evengait --home other demo --export export_12345678.zip", told=False)
            place.do("cp export_12345678.zip export.zip", told=False)
        if command.endswith("evengait serve"):
            opened(place, command)
        else:
            place.do(command)
    for code in of_readme("python"):
        (place.seen / "evengait" / "notebook.py").write_text(code, "utf-8")
        place.do(".venv/bin/python notebook.py")


def asked_for() -> str:
    """Return the Debian packages that README names."""
    found = re.search(r"`apt install ([\w. -]+)`", README.read_text("utf-8"))
    return found[1] if found else "python3 make"


def opened(place: Place, command: str) -> None:
    """Open the desk and ask for its first page by the link that it prints."""
    look = (
        "import http.cookiejar, re, sys, urllib.request as u\n"
        "o = u.build_opener(u.HTTPCookieProcessor(http.cookiejar.CookieJar()))\n"
        "print(re.search('<h1[^>]*>(.*?)</h1>', o.open(sys.argv[1], timeout=60).read().decode(), re.S)[1].strip())"
    )
    begun = time.monotonic()
    typed = f"exec {command} --no-browser --port 8765"
    with place.start(typed, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as desk:
        link = None
        for line in desk.stderr or ():
            if link := re.search(r"http://\S+/enter/\S+", line):
                break
        (place.seen / "evengait" / "look.py").write_text(look, "utf-8")
        said = place.do(f".venv/bin/python look.py {link[0]}", told=False) if link else ""
        took = time.monotonic() - begun
        desk.terminate()
        desk.wait(60)
    place.steps.append(Step(command, took, bool(said.strip()), f"the first page: {said.strip()}"))
    print(f"{took:7.1f} s  {command}", flush=True)  # noqa: T201


def log(place: Place, *, bare: bool) -> str:
    """Return the table of the steps."""
    where = "a bare Debian (`debootstrap --variant=minbase`)" if bare else "this machine, an empty home"
    version = place.do("python3 --version", told=False).strip()
    size = place.do("du -sh .venv", told=False).split()[0]
    load = os.getloadavg()[0]
    rows = [
        f"| `{step.typed}` | {step.seconds:.0f} | {'yes' if step.well else '**no**'} | {cell(step.said)} |"
        for step in place.steps
    ]
    whole = sum(step.seconds for step in place.steps)
    about = f"{datetime.now(UTC):%Y-%m-%d}, {where}, {version}, {os.cpu_count()} processors of {platform.machine()}, "
    about += (
        f"load average at the end {load:.1f}: {len(place.steps)} steps, {whole / 60:.1f} minutes in all; "
    )
    about += f"`.venv` then has {size}.\n"
    return "\n".join([about, "| typed | seconds | went well | it said last |", "|---|--:|---|---|", *rows])


def cell(said: str) -> str:
    """Return what stands in a cell."""
    return (said[:100] + ("…" if len(said) > 100 else "")).replace("|", "\\|")


def main() -> int:
    """Follow, print, and write if asked to."""
    reading = argparse.ArgumentParser()
    reading.add_argument("--root", type=Path)
    reading.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    reading.add_argument("--write", action="store_true")
    told = reading.parse_args()
    place = Place(told.root, told.set)
    follow(place, bare=told.root is not None)
    table = log(place, bare=told.root is not None)
    print(table)  # noqa: T201
    if told.write:
        head, begin, rest = PAGE.read_text("utf-8").partition("<!-- log: begin -->\n")
        _, end, tail = rest.partition("\n<!-- log: end -->")
        PAGE.write_text(f"{head}{begin}{table}{end}{tail}", "utf-8")
    return 0 if all(step.well for step in place.steps) else 1


if __name__ == "__main__":
    sys.exit(main())
