"""The rules for a map's tags, from the newest file in ``surfaces/``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from evengait.core.errors import RuleError
from evengait.core.ground import GROUNDS, GroundRules, TagRule

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_RUN_ON = ("highway", "leisure")


@cache
def ground_rules() -> GroundRules:
    """Return what the tags of OpenStreetMap say of the ground, in the newest version.

    Raises
    ------
    RuleError
        The file is not valid, or a rule in it is not.

    Examples
    --------
    >>> [rule.ground for rule in ground_rules().surface if "asphalt" in rule.values]
    ['paved']
    """
    folder = files("evengait.knowledge").joinpath("surfaces")
    file = max((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return read_rules(file)


def read_rules(file: Traversable) -> GroundRules:
    """Return the rules of one file.

    Raises
    ------
    RuleError
        It is not valid TOML, a ground is not known, ``sure`` is not a share, or a value stands twice.
    """
    try:
        data = tomllib.loads(file.read_text("utf-8"))
        said = {key: _rules(data[key], file.name, key) for key in ("surface", "tracktype")}
        hints = _rules(data["hint"], file.name, None)
        profile = _rules(data["sub_sport"], file.name, "sub_sport")
        run_on = tuple(rule for key in _RUN_ON for rule in _rules(data[key], file.name, key))
        rules = GroundRules(
            str(data["version"]), data["status"], said["surface"], said["tracktype"], hints, run_on, profile
        )
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{file.name} is not valid TOML: {error}", file=file.name) from None
    except (KeyError, TypeError) as error:
        raise RuleError(f"{file.name}: a rule is not complete: {error}", file=file.name) from None
    for rule in run_on:
        if rule.aside_m is None or rule.liked is None:
            raise RuleError(
                f"{file.name}: {rule.key} {rule.values[0]!r} lacks aside_m or liked",
                file=file.name,
                key=rule.key,
            )
    return rules


def _rules(entries: list[dict[str, Any]], file: str, key: str | None) -> tuple[TagRule, ...]:
    rules = []
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        rule = TagRule(**({"key": key} if key else {}) | entry | {"values": tuple(entry["values"])})
        for value in rule.values:
            if (rule.key, value) in seen:
                raise RuleError(f"{file}: {rule.key}={value} stands twice; leave one", file=file, key=value)
            seen.add((rule.key, value))
        if rule.ground not in GROUNDS:
            raise RuleError(
                f"{file}: ground {rule.ground!r} is not known; one of: {', '.join(GROUNDS)}",
                file=file,
                key="ground",
            )
        if not 1 / len(GROUNDS) <= rule.sure < 1:
            raise RuleError(
                f"{file}: {rule.key}={rule.values[0]}: sure must be a share below 1", file=file, key="sure"
            )
        rules.append(rule)
    return tuple(rules)
