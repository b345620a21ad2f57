"""The vignettes: made-up intakes with what screening may say of them."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evengait.core.intake import read_intake

if TYPE_CHECKING:
    from evengait.core.intake import Intake

FOLDER = Path(__file__).parent / "vignettes"
GROUPS = ("emergency", "clinician", "self_care")


@dataclass(frozen=True)
class Vignette:
    """One case: an intake, the levels and words on running that are right, and the rules it is about.

    ``written``: before the rules or after them; ``first_look``: how it came out before any rule was changed, or
    "not tried" where it was written together with a rule.
    """

    name: str
    intake: dict[str, Any]
    levels: tuple[str, ...]
    running: tuple[str, ...]
    group: str = ""
    consider: tuple[str, ...] = ()
    fires: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    written: str = "before"
    first_look: str = "right"

    def read(self) -> Intake:
        """Return the intake as the program reads it."""
        return read_intake(self.intake).intake


@cache
def vignettes() -> tuple[Vignette, ...]:
    """Return every vignette of the repository."""
    return tuple(
        _vignette(entry)
        for file in sorted(FOLDER.glob("*.toml"))
        for entry in tomllib.loads(file.read_text("utf-8"))["vignette"]
    )


def shared_vignettes() -> tuple[Vignette, ...]:
    """Return the vignettes that others wrote and handed over, where they lie."""
    file = Path(os.environ.get("EVENGAIT_SHARED", "")) / "vignettes" / "vignettes.json"
    if not os.environ.get("EVENGAIT_SHARED") or not file.exists():
        return ()
    return tuple(_vignette(entry) for entry in json.loads(file.read_text("utf-8")))


def _vignette(entry: dict[str, Any]) -> Vignette:
    return Vignette(**{k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()})
