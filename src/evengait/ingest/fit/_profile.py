"""The FIT profile: names, types, scales and parts of messages and fields, read when first needed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

STRING, BYTE = 7, 13
FIT_EPOCH_S = 631065600
"""Seconds from 1970-01-01 to 1989-12-31 UTC, where FIT time begins."""


@dataclass(frozen=True, slots=True)
class Component:
    """One part packed into a field's bits: where it goes and how it is scaled there."""

    target: int
    bit: int
    bits: int
    scale: float
    offset: float
    accumulate: bool


@dataclass(frozen=True, slots=True)
class Subfield:
    """Another meaning of a field's value, where one of the ``when`` pairs (field, raw value) holds."""

    name: str
    type: str
    scale: float
    offset: float
    units: str | None
    components: tuple[Component, ...]
    when: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class FieldProfile:
    """What the profile says of a field; physical value = raw / scale - offset."""

    name: str
    type: str
    scale: float
    offset: float
    units: str | None
    components: tuple[Component, ...]
    subfields: tuple[Subfield, ...]


@dataclass(frozen=True, slots=True)
class MessageProfile:
    """What the profile says of a message; ``unpacks`` = its fields that have components or subfields."""

    num: int
    name: str
    fields: dict[int, FieldProfile]
    unpacks: tuple[FieldProfile, ...]


@cache
def _tables() -> dict[str, Any]:
    text = files("evengait.ingest.fit").joinpath("profile.json").read_text("utf-8")
    out: dict[str, Any] = json.loads(text)
    return out


@cache
def _enums() -> dict[str, dict[str, str]]:
    text = files("evengait.ingest.fit").joinpath("names.json").read_text("utf-8")
    out: dict[str, dict[str, str]] = json.loads(text)["body"]
    return out


BASE_TYPES = {
    "enum": 0, "sint8": 1, "uint8": 2, "sint16": 3, "uint16": 4, "sint32": 5, "uint32": 6, "string": 7,
    "float32": 8, "float64": 9, "uint8z": 10, "uint16z": 11, "uint32z": 12, "byte": 13, "sint64": 14,
    "uint64": 15, "uint64z": 16,
}  # fmt: skip


def base_type(type_name: str) -> int:
    """Return the base type number (0 to 16) of a base or named type; a byte for a name not known."""
    known = BASE_TYPES.get(type_name)
    return known if known is not None else int(_tables()["types"].get(type_name, BYTE))


@cache
def message_profile(num: int) -> MessageProfile:
    """Return the profile of a message by number; an unknown one is called ``unknown_<num>``.

    Examples
    --------
    >>> message_profile(20).fields[73].name
    'enhanced_speed'
    """
    entry = _tables()["body"].get(str(num))
    if entry is None:
        return MessageProfile(num, f"unknown_{num}", {}, ())
    fields = {int(key): _field(item) for key, item in entry[1].items()}
    return MessageProfile(
        num, entry[0], fields, tuple(f for f in fields.values() if f.components or f.subfields)
    )


@cache
def message_number(name: str) -> int | None:
    """Return the number of a message by name (``unknown_<num>`` too), or None."""
    if name.startswith("unknown_") and name[8:].isdecimal():
        return int(name[8:])
    return next((int(num) for num, entry in _tables()["body"].items() if entry[0] == name), None)


def _field(item: list[Any]) -> FieldProfile:
    name, type_name, scale, offset, units, parts, subs = item + [None] * (7 - len(item))
    subfields = tuple(
        Subfield(s[0], s[1], s[2] or 1, s[3] or 0, s[4], _components(s[5]), tuple((a, b) for a, b in s[6]))
        for s in subs or ()
    )
    return FieldProfile(name, type_name, scale or 1, offset or 0, units, _components(parts), subfields)


def _components(parts: list[list[Any]] | None) -> tuple[Component, ...]:
    return tuple(Component(p[0], p[1], p[2], p[3] or 1, p[4] or 0, p[5]) for p in parts or ())


def enum_name(type_name: str, value: int | None) -> str | None:
    """Return the profile's word for a value of a named type, or None where it has none.

    Examples
    --------
    >>> enum_name("sport", 1)
    'running'
    """
    return None if value is None else _enums().get(type_name, {}).get(str(value))


@cache
def enum_values(type_name: str) -> dict[str, int]:
    """Return the numbers of a named type by the profile's words.

    Examples
    --------
    >>> enum_values("sport")["running"]
    1
    """
    return {name: int(value) for value, name in _enums().get(type_name, {}).items()}
