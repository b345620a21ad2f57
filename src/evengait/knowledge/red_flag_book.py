"""The loader of red-flag rules: every file is checked against the intake form and the sources before it counts."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from evengait.core.errors import RuleError
from evengait.core.evidence import Evidence
from evengait.core.language import kept_by_language, say
from evengait.core.reasons import kept
from evengait.core.red_flag import LEVELS, RUNNING, STATUSES, RedFlagRule, RuleBook, RuleSource
from evengait.knowledge import _build, _read, evidence
from evengait.knowledge.red_flag_conditions import ConditionReader, leans_on_a_flag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

TERMS, CONDITIONS, EVIDENCE = "_terms.toml", "_conditions.toml", "_evidence.toml"
GRADES = ("A", "B", "C", "D")
KEYS = {
    "id", "version", "status", "reviewed_by", "review_due", "label", "level", "running", "say", "consider", "grade",
    "source", "when",
}  # fmt: skip
OPTIONAL = {"consider"}


@kept_by_language
def red_flag_book() -> RuleBook:
    """Return the rules that come with evengait.

    Raises
    ------
    RuleError
        A file is not valid.

    Examples
    --------
    >>> "cauda-equina" in {rule.id for rule in red_flag_book().rules}
    True
    """
    return read_book(files("evengait.knowledge").joinpath("red_flags"))


def read_book(folder: Traversable) -> RuleBook:
    """Read a folder of rules: one ``.toml`` per rule, and the words they share in files that begin with ``_``.

    Raises
    ------
    RuleError
        A file or a key is not as it should be; the message names both.
    """
    names = {file.name: file for file in folder.iterdir() if file.name.endswith(".toml")}
    shared = {
        name: _read(names[name], "says", "source") if name in names else {}
        for name in (TERMS, CONDITIONS, EVIDENCE)
    }
    for name in names:
        if name.startswith("_") and name not in shared:
            raise RuleError(
                f"{name} is not known; shared words are in {', '.join(shared)}", file=name, key=name
            )
    known = evidence() | _own_evidence(shared[EVIDENCE])
    conditions = _conditions(shared[CONDITIONS])
    terms = ConditionReader.with_terms(shared[TERMS], TERMS)
    rules = [
        _rule(_read(names[name], "label", "say"), name, terms, conditions, known)
        for name in sorted(names)
        if not name.startswith("_")
    ]
    if not rules:
        raise RuleError(kept("The folder of rules holds no rule: one .toml file per rule."), file="", key="")
    return RuleBook(tuple(rules), conditions, known)


def _own_evidence(data: Mapping[str, Any]) -> dict[str, Evidence]:
    found = {}
    for entry in data.get("evidence", ()):
        item = _build(Evidence, entry | {"values": tuple(entry.get("values", ()))}, EVIDENCE)
        found[item.id] = item
    return found


def _conditions(data: Mapping[str, Any]) -> dict[str, str]:
    for name, words in data.items():
        if not isinstance(words, str):
            raise RuleError(f"{CONDITIONS}: {name} must be words for people", file=CONDITIONS, key=name)
    return {name: say(words) for name, words in data.items()}


def _rule(
    data: dict[str, Any],
    file: str,
    reader: ConditionReader,
    conditions: Mapping[str, str],
    known: Mapping[str, Evidence],
) -> RedFlagRule:
    _check_keys(data, file)
    for key, holds, why in _demands(data, file, conditions):
        if not holds:
            raise RuleError(f"{file}: {key}: {why}", file=file, key=key)
    sources = tuple(_source(entry, file, known) for entry in data["source"])
    if data["grade"] < min(known[source.id].shown_grade for source in sources):
        raise RuleError(f"{file}: grade: is better than that of its best source", file=file, key="grade")
    ways = reader.ways(data["when"], file, data["level"])
    if data["level"] == "self_care" and data.get("consider") and leans_on_a_flag(ways):
        why = "an everyday pattern may not lean on a finding: it would then lower the level"
        raise RuleError(f"{file}: when: {why}", file=file, key="when")
    return RedFlagRule(
        data["id"], data["version"].isoformat(), data["status"], tuple(data["reviewed_by"]),
        data["review_due"].isoformat(), data["label"], data["level"], data["running"], data["say"], data["grade"],
        sources, ways, tuple(data.get("consider", ())),
    )  # fmt: skip


def _check_keys(data: Mapping[str, Any], file: str) -> None:
    for key in data:
        if key not in KEYS:
            raise RuleError(f"{file}: {key}: not known; check its spelling", file=file, key=key)
    for key in sorted(KEYS - OPTIONAL):
        if key not in data:
            raise RuleError(f"{file}: {key}: is missing; no rule goes without", file=file, key=key)


def _demands(
    data: Mapping[str, Any], file: str, conditions: Mapping[str, str]
) -> Iterator[tuple[str, bool, str]]:
    """Yield what a rule's file must keep to: the key, whether it does, and what to mend."""
    for key, allowed in (("level", LEVELS), ("running", RUNNING), ("status", STATUSES), ("grade", GRADES)):
        yield key, data[key] in allowed, f"must be one of {', '.join(allowed)}"
    for key in ("version", "review_due"):
        yield key, isinstance(data[key], date), "must be a date without quotes, as 2026-11-25"
    for key in ("label", "say"):
        yield key, isinstance(data[key], str) and bool(data[key]), "must be words for people"
    for key in ("reviewed_by", "consider", "source"):
        yield key, isinstance(data.get(key, []), list), "must be a list"
    yield "id", data["id"] == file.removesuffix(".toml"), "must be the name of the file"
    names = "names the clinicians of a reviewed rule, and of no other"
    yield "reviewed_by", (data["status"] == "reviewed") == bool(data["reviewed_by"]), names
    for name in data.get("consider", ()):
        yield "consider", name in conditions, f"{name!r} has no words in {CONDITIONS}; add them"
    yield "source", bool(data["source"]), "is missing; no rule goes without"


def _source(entry: Any, file: str, known: Mapping[str, Evidence]) -> RuleSource:
    if not isinstance(entry, dict) or set(entry) != {"id", "supports"}:
        raise RuleError(f"{file}: source: needs an id and what it supports", file=file, key="source")
    if entry["id"] not in known:
        raise RuleError(
            f"{file}: source {entry['id']!r} has no entry; add it to knowledge/evidence/ or {EVIDENCE}",
            file=file,
            key="source",
        )
    return RuleSource(entry["id"], entry["supports"])
