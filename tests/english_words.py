"""Finds English that is left in a text of another language: by English's little words."""

from __future__ import annotations

import re

LITTLE = frozenset(
    re.findall(
        r"[a-z]+",
        "the and your with of to is are not you for it this that from what has by no or be can who she than when "
        "where which how before after their they there these those",
    )
)


def english_in(text: str) -> list[str]:
    """Return the lines that hold two of English's little words; commands and names in them are not counted."""
    lines = [re.sub(r"--[\w-]+|`[^`]*`|evengait [\w-]+|\S+_\S+", "", line) for line in text.splitlines()]
    return [line for line in lines if len(LITTLE & set(re.findall(r"[a-z]+", line.lower()))) > 1]
