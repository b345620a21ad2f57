"""Knowledge as data: dated files with sources, and this one loader."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from evengait.core.errors import RuleError
from evengait.core.evidence import Evidence
from evengait.core.factor import Factor, FactorBook, SearchSettings
from evengait.core.language import data_in_words, kept_by_language
from evengait.core.trial import TrialKind, TrialRules

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@kept_by_language
def evidence() -> dict[str, Evidence]:
    """Return every published number, by id.

    Raises
    ------
    RuleError
        An id stands twice, or an entry lacks a key.
    """
    found: dict[str, Evidence] = {}
    for file in sorted(_files("evidence"), key=lambda f: f.name):
        for entry in _read(file, "says", "source")["evidence"]:
            entry["values"] = tuple(entry["values"])
            item = _build(Evidence, entry, file.name)
            if item.id in found:
                raise RuleError(
                    f"{file.name}: evidence id {item.id!r} stands twice; rename one", file=file.name, key="id"
                )
            found[item.id] = item
    return found


@kept_by_language
def factor_book() -> FactorBook:
    """Return the factors of ``explain`` with the settings of its search.

    Raises
    ------
    RuleError
        An unknown key, a missing one, or evidence that has no entry.
    """
    file = files("evengait.knowledge").joinpath("factors.toml")
    data = _read(file, "label", "brief", "more", "less", "needs", "ask")
    factors = []
    for entry in data["factor"]:
        entry["evidence"] = tuple(entry.get("evidence", ()))
        factor = _build(Factor, entry, "factors.toml")
        for key in factor.evidence:
            if key not in evidence():
                raise RuleError(
                    f"factors.toml: {factor.id} names evidence {key!r}, which has no entry; add it or mend the id",
                    file="factors.toml",
                    key=key,
                )
        factors.append(factor)
    return FactorBook(
        str(data["version"]),
        data["status"],
        _build(SearchSettings, data["search"], "factors.toml"),
        tuple(factors),
    )


@kept_by_language
def trial_rules() -> TrialRules:
    """Return how a self-trial is drawn and judged, in the newest version.

    Raises
    ------
    RuleError
        An unknown key, a missing one, or a source that has no entry.
    """
    file = max(_files("trial"), key=lambda f: f.name)
    data = _read(file, "label", "examples")
    del data["review_due"]
    data["version"] = str(data["version"])
    data["reviewed_by"], data["sources"] = tuple(data["reviewed_by"]), tuple(data["sources"])
    data["kinds"] = tuple(_build(TrialKind, entry, file.name) for entry in data.pop("kind"))
    rules: TrialRules = _build(TrialRules, data, file.name)
    for key in rules.sources:
        if key not in evidence():
            raise RuleError(
                f"{file.name}: source {key!r} has no entry; add it or mend the id", file=file.name, key=key
            )
    return rules


def _files(folder: str) -> list[Traversable]:
    return [f for f in files("evengait.knowledge").joinpath(folder).iterdir() if f.name.endswith(".toml")]


def _read(file: Traversable, *spoken: str) -> dict[str, Any]:
    """Return a file's tables; the values of the keys ``spoken`` in the language that is spoken."""
    try:
        data: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{file.name} is not valid TOML: {error}", file=file.name) from None
    found: dict[str, Any] = data_in_words(data, *spoken)
    return found


def _build(kind: type[Any], entry: dict[str, Any], file: str) -> Any:
    names = {f.name for f in fields(kind)}
    for key in entry:
        if key not in names:
            raise RuleError(f"{file}: key {key!r} is not known; check its spelling", file=file, key=key)
    try:
        return kind(**entry)
    except TypeError as error:
        raise RuleError(f"{file}: {entry.get('id', 'an entry')}: {error}", file=file) from None
