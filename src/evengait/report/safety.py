"""The signs that cannot wait, read from their data file; shown with every report and every screening."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files

from evengait.core.errors import RuleError
from evengait.core.language import data_in_words, kept_by_language


@dataclass(frozen=True)
class Group:
    """Signs of one urgency, and where to go with them. ``level``: the urgency in the words of screening."""

    level: str
    when: str
    where: str
    signs: tuple[str, ...]
    advice: str | None = None


@dataclass(frozen=True)
class SafetyNet:
    """The whole net: its groups, most urgent first, its version and who has reviewed it."""

    version: str
    reviewed_by: tuple[str, ...]
    groups: tuple[Group, ...]


@kept_by_language
def safety_net() -> SafetyNet:
    """Return the safety net.

    Raises
    ------
    RuleError
        The file lacks a key, or holds a group without signs.

    Examples
    --------
    >>> [group.when for group in safety_net().groups]
    ['Now', 'Today', 'Within days']
    """
    name = "safety_net.toml"
    table = tomllib.loads(files("evengait.report").joinpath(name).read_text("utf-8"))
    data = data_in_words(table, "when", "where", "signs", "advice")
    try:
        groups = tuple(
            Group(group["level"], group["when"], group["where"], tuple(group["signs"]), group.get("advice"))
            for group in data["group"]
        )
        net = SafetyNet(data["version"].isoformat(), tuple(data["reviewed_by"]), groups)
    except KeyError as missing:
        raise RuleError(f"{name} lacks the key {missing}. Add it.", file=name, key=str(missing)) from None
    if not groups or not all(group.signs for group in groups):
        raise RuleError(f"{name} has a group without signs. Add them or take it out.", file=name, key="group")
    return net
