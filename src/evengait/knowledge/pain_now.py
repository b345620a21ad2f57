"""When pain is more or less than usual, from ``pain_now.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from evengait.core.errors import RuleError
from evengait.core.pain_now import PainRules
from evengait.knowledge import evidence


@cache
def pain_rules() -> PainRules:
    """Return the rules.

    Raises
    ------
    RuleError
        A source has no entry, or a key is missing or not known.
    """
    name = "pain_now.toml"
    data = tomllib.loads(files("evengait.knowledge").joinpath(name).read_text("utf-8"))
    del data["review_due"]
    data["version"] = str(data["version"])
    data["reviewed_by"], data["sources"] = tuple(data["reviewed_by"]), tuple(data["sources"])
    for key in data["sources"]:
        if key not in evidence():
            raise RuleError(f"{name}: source {key!r} has no entry; add it or mend the id", file=name, key=key)
    try:
        return PainRules(**data)
    except TypeError as error:
        raise RuleError(f"{name}: {error}", file=name) from None
