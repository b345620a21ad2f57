"""A runner's consent that her archive is gathered for research: without it nothing is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

FILE = "research-consent.json"
WORDS = 1
"""Version of what was agreed to (docs/cohort.md); consent to another version counts for nothing."""


def agree(folder: Path, today: date) -> None:
    """Keep a runner's consent in her own folder."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / (FILE + ".part")
    part.write_text(json.dumps({"words": WORDS, "agreed_on": today.isoformat()}) + "\n", "utf-8")
    part.replace(folder / FILE)


def withdraw(folder: Path) -> None:
    """Take it back: the next gathering takes her rows out of the lake."""
    (folder / FILE).unlink(missing_ok=True)


def has_agreed(folder: Path) -> bool:
    """Tell whether she agreed; a note that cannot be read is none."""
    try:
        told = json.loads((folder / FILE).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and told.get("words") == WORDS
