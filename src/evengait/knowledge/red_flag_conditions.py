"""Conditions as they stand in a rule's file, read into what the engine evaluates.

Forms: ``"limp"`` (a yes, or a positive test) · ``{ no = "fever" }`` (known to be no) · ``{ site = ["shin"] }`` ·
``{ finding = "pain.running", is = ">", value = 5 }`` ·
``{ finding = "worse_with", is = "names", value = ["landing"] }`` ·
``{ all = [..] }`` · ``{ any = [..] }`` · ``{ at_least = 2, of = [..] }`` · ``{ term = "weight_bearing_hurts" }``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from evengait.core.errors import RuleError
from evengait.core.intake_form import intake_fields, path_of
from evengait.core.red_flag import DERIVED, AtLeast, Condition, Finding, Way

if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBERS = ("score", "number", "whole", "derived")
OPERATORS = {
    ">": NUMBERS, ">=": NUMBERS, "<": NUMBERS, "<=": NUMBERS, "one of": ("choice",), "names": ("words",),
    "did not help": ("tries",), "helped": ("tries",),
}  # fmt: skip


@dataclass
class ConditionReader:
    """Reads conditions; ``terms`` are conditions that several rules share by name."""

    terms: dict[str, Condition] = field(default_factory=dict)

    @classmethod
    def with_terms(cls, data: Mapping[str, Any], file: str) -> ConditionReader:
        """Return a reader that knows these terms; a term may use those that stand above it.

        Raises
        ------
        RuleError
            A term is not a condition.
        """
        reader = cls()
        for name, entry in data.items():
            reader.terms[name] = reader.condition(entry, file, name)
        return reader

    def ways(self, entries: Any, file: str, level: str) -> tuple[Way, ...]:
        """Return the ways into a rule.

        Only a rule of self-care may lean on a *no*, and ``unless`` only on what is no red finding: so no answer no
        can raise a level, and no red finding can lower one.

        Raises
        ------
        RuleError
            No way, an empty one, an unknown key, or a condition that is not allowed there.
        """
        if not isinstance(entries, list) or not entries:
            raise RuleError(f"{file}: when: needs at least one [[when]]", file=file, key="when")
        return tuple(self._way(entry, file, level) for entry in entries)

    def _way(self, entry: Any, file: str, level: str) -> Way:
        if not isinstance(entry, dict) or not set(entry) <= {"all", "unless"} or not entry.get("all"):
            raise RuleError(
                f"{file}: when: needs `all` with conditions, and may have `unless`", file=file, key="when"
            )
        parts = self._parts(entry["all"], file, "when")
        unless = self._parts(entry.get("unless", []), file, "unless")
        self._check_direction(parts, unless, file, level)
        return Way(AtLeast(len(parts), parts), AtLeast(1, unless))

    @staticmethod
    def _check_direction(
        parts: tuple[Condition, ...], unless: tuple[Condition, ...], file: str, level: str
    ) -> None:
        """Refuse what would let a no, or less pain, raise a level, or a red finding lower one."""
        held = leaves(parts)
        if level != "self_care" and any(leaf.op == "no" for leaf in held):
            why = "only a rule of self_care may lean on a no; name what must be there"
            raise _wrong(file, "when", why)
        if level != "self_care" and any(leaf.op in ("<", "<=") and _is_score(leaf.path) for leaf in held):
            raise _wrong(file, "when", "less pain must not raise a level; compare pain by > or >= alone")
        if any(leaf.op == "yes" for leaf in leaves(unless)):
            why = "a finding that is there must never silence a rule; use a no, a site or a number"
            raise _wrong(file, "unless", why)

    def _parts(self, entries: Any, file: str, key: str) -> tuple[Condition, ...]:
        if not isinstance(entries, list):
            raise RuleError(f"{file}: {key}: must be a list of conditions", file=file, key=key)
        return tuple(self.condition(entry, file, key) for entry in entries)

    def condition(self, entry: Any, file: str, key: str) -> Condition:
        """Return one condition.

        Raises
        ------
        RuleError
            It has no known form, or names a finding, a value or a term that is not known.
        """
        match entry:
            case str():
                return Finding(_flag(entry, file, key), "yes")
            case {"no": str(name), **rest} if not rest:
                return Finding(_flag(name, file, key), "no")
            case {"site": list(sites), **rest} if not rest:
                return _finding("site", "one of", sites, file, key)
            case {"term": str(name), **rest} if not rest:
                if name not in self.terms:
                    raise _wrong(
                        file, key, f"term {name!r} is not known; it must stand in _terms.toml, above its use"
                    )
                return self.terms[name]
            case {"all": list(parts), **rest} if parts and not rest:
                return AtLeast(len(parts), self._parts(parts, file, key))
            case {"any": list(parts), **rest} if parts and not rest:
                return AtLeast(1, self._parts(parts, file, key))
            case {"at_least": int(need), "of": list(parts), **rest} if 0 < need <= len(parts) and not rest:
                return AtLeast(need, self._parts(parts, file, key))
            case {"finding": str(path), "is": str(op), "value": value, **rest} if not rest:
                return _finding(path, op, value, file, key)
        raise _wrong(file, key, "a condition has none of the known forms; see the README of the rules")


def leans_on_a_flag(ways: tuple[Way, ...]) -> bool:
    """Tell whether a way in needs a flag of the form to be yes."""
    held = [leaf for way in ways for leaf in leaves(way.all.parts)]
    return any(leaf.op == "yes" and intake_fields()[leaf.path].kind == "flag" for leaf in held)


def leaves(parts: tuple[Condition, ...]) -> list[Finding]:
    """Return every comparison inside some conditions."""
    found: list[Finding] = []
    for part in parts:
        found += [part] if isinstance(part, Finding) else leaves(part.parts)
    return found


def _wrong(file: str, key: str, why: str) -> RuleError:
    return RuleError(f"{file}: {key}: {why}", file=file, key=key)


def _is_score(path: str) -> bool:
    return path in intake_fields() and intake_fields()[path].kind == "score"


def _flag(name: str, file: str, key: str) -> str:
    try:
        path = path_of(name)
    except KeyError:
        raise _wrong(file, key, f"the intake form has no finding {name!r}; check its spelling") from None
    if intake_fields()[path].kind not in {"flag", "result"}:
        raise _wrong(file, key, f"{name!r} is not answered by yes or no; compare it with `is` and `value`")
    return path


def _finding(name: str, op: str, value: Any, file: str, key: str) -> Finding:
    if op not in OPERATORS:
        raise _wrong(file, key, f"`is` must be one of {', '.join(OPERATORS)}")
    try:
        path = name if name in DERIVED else path_of(name)
    except KeyError:
        raise _wrong(file, key, f"the intake form has no finding {name!r}; check its spelling") from None
    kind = "derived" if path in DERIVED else intake_fields()[path].kind
    if kind not in OPERATORS[op]:
        raise _wrong(file, key, f"{name!r} cannot be compared by {op!r}")
    if kind in NUMBERS:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise _wrong(file, key, f"{name!r} is compared with a number")
        return Finding(path, op, float(value))  # type: ignore[arg-type]
    if not isinstance(value, list) or not value or not all(isinstance(word, str) for word in value):
        raise _wrong(file, key, f"{name!r} is compared with a list of words")
    known = {"choice": intake_fields()[path].choices, "words": tuple(intake_fields()[path].words)}.get(kind)
    for word in value:
        if known is not None and word not in known:
            raise _wrong(file, key, f"{word!r} is no word of {name!r}; one of {', '.join(known)}")
    return Finding(path, op, tuple(value))  # type: ignore[arg-type]
