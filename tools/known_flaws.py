"""Which pinned versions have flaws that a copy of the Python Packaging Advisory Database knows; no network is asked.

    git clone https://github.com/pypa/advisory-database    # on any machine
    python tools/known_flaws.py advisory-database [constraints.txt]

Prints each flaw with the version that mends it, and the day of the newest advisory: what was found later, this copy
cannot know. Exits with 1 where there is a flaw, with 2 where the folder is no such copy.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

if TYPE_CHECKING:
    from collections.abc import Iterator

PINS = Path(__file__).parents[1] / "constraints.txt"


def main() -> int:
    """Look at every pin."""
    words = sys.argv[1:]
    folder, pinned = Path(words[0] if words else ".") / "vulns", pins(Path(words[1]) if words[1:] else PINS)
    if not folder.is_dir():
        return told(2, f"{folder} is not there: name a clone of github.com/pypa/advisory-database.")
    newest, looked_at, flaws = "", 0, []
    for file in sorted(folder.glob("*/*.yaml")):
        advisory = yaml.load(file.read_bytes(), yaml.CSafeLoader)
        newest, looked_at = max(newest, str(advisory.get("modified", ""))), looked_at + 1
        flaws += [] if advisory.get("withdrawn") else list(found(advisory, pinned))
    said = f"{len(flaws)} known flaws in {len(pinned)} pinned packages"
    return told(int(bool(flaws)), *flaws, f"{said}; {looked_at:,} advisories, the newest of {newest[:10]}")


def told(status: int, *lines: str) -> int:
    """Print the lines and return the status."""
    print(*lines, sep="\n")  # noqa: T201
    return status


def pins(file: Path) -> dict[str, Version]:
    """Return the pinned version of each package."""
    lines = [line.partition("#")[0].strip() for line in file.read_text("utf-8").splitlines()]
    needs = [Requirement(line) for line in lines if line]
    return {canonicalize_name(one.name): Version(next(iter(one.specifier)).version) for one in needs}


def found(advisory: dict[str, Any], pinned: dict[str, Version]) -> Iterator[str]:
    """Yield a sentence for each pinned version that an advisory (OSV) speaks of."""
    for affected in advisory.get("affected", ()):
        name = canonicalize_name(affected["package"]["name"])
        here = pinned.get(name)
        if here is None:
            continue
        spans = [one["events"] for one in affected.get("ranges", ()) if one["type"] == "ECOSYSTEM"]
        named = here in {version for text in affected.get("versions", ()) if (version := read(str(text)))}
        if named or any(within(here, events) for events in spans):
            mended = [str(one["fixed"]) for events in spans for one in events if "fixed" in one]
            known_as = ", ".join([advisory["id"], *advisory.get("aliases", ())])
            yield f"{name} {here}: {known_as}; mended in {', '.join(mended) or 'no version yet'}"


def within(here: Version, events: list[dict[str, Any]]) -> bool:
    """Return whether a version lies between the events of a range, as OSV defines it: read in the order of versions."""
    inside, order = False, []
    for event in events:
        [(kind, text)] = event.items()
        order.append((read(str(text)) or Version("0"), kind))
    for at, kind in sorted(order, key=lambda one: one[0]):
        if kind == "introduced" and here >= at:
            inside = True
        elif (kind == "fixed" and here >= at) or (kind == "last_affected" and here > at):
            inside = False
    return inside


def read(text: str) -> Version | None:
    """Return a version; None for what is none by today's rules, which no pin can be."""
    try:
        return Version(text)
    except InvalidVersion:
        return None


if __name__ == "__main__":
    sys.exit(main())
