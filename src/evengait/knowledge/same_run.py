"""The thresholds for telling one run from two, from ``same_run.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from functools import cache
from importlib.resources import files

from evengait.core.errors import RuleError
from evengait.core.same_run import Limits

_FILE = "same_run.toml"


@cache
def same_run_limits() -> Limits:
    """Return the thresholds.

    Raises
    ------
    RuleError
        One is missing, has no reason, or is not known.

    Examples
    --------
    >>> same_run_limits().part_of
    0.8
    """
    return read_limits(files("evengait.knowledge").joinpath(_FILE).read_text("utf-8"))


def read_limits(text: str) -> Limits:
    """Return the thresholds of a file's text.

    Raises
    ------
    RuleError
        It is not valid TOML, or one is missing, has no reason, or is not known.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{_FILE} is not valid TOML: {error}", file=_FILE) from None
    names = {field.name for field in fields(Limits)}
    if wrong := names ^ set(data):
        key = min(wrong)
        raise RuleError(f"{_FILE}: {key} is missing, or is no threshold that is used", file=_FILE, key=key)
    for key, entry in data.items():
        if not isinstance(entry.get("value"), int | float) or not entry.get("why"):
            raise RuleError(f"{_FILE}: {key} lacks a value or its reason", file=_FILE, key=key)
    return Limits(**{key: entry["value"] for key, entry in data.items()})
