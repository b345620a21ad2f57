"""The API's description in parts that a page, or a text, shows: its sentences in the reader's language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from evengait.core.language import say

_UNIT = re.compile(r"(.*) \[(\w+)\]", re.DOTALL)


@dataclass(frozen=True)
class Read:
    """One operation to read. ``fields``: name, kind, whether it is needed, meaning."""

    name: str
    method: str
    path: str
    summary: str
    about: tuple[str, ...]
    scope: str
    asks: tuple[tuple[str, str, bool, str], ...]
    gives: str
    statuses: tuple[tuple[str, str], ...]


def parts_to_read(told: dict[str, Any]) -> list[tuple[str, list[Read]]]:
    """Return the operations of an OpenAPI document by part, in their order."""
    parts: dict[str, list[Read]] = {}
    for path, methods in told["paths"].items():
        for method, one in methods.items():
            parts.setdefault(say(one["tags"][0]), []).append(
                _read(path, method, one, told["components"]["schemas"])
            )
    return list(parts.items())


def _read(path: str, method: str, one: dict[str, Any], shapes: dict[str, Any]) -> Read:
    scope = next(iter(one["security"][0]["token"]), "")
    about = [_said(part) for part in one["description"].split("\n\n") if not part.startswith("Scope: ")]
    asks = [
        (p["name"], _kind(p["schema"]), p.get("required", False), _said(p["schema"].get("description", "")))
        for p in one.get("parameters", ())
        if p["in"] != "header"  # the same for all that write: said once
    ]
    for media in one.get("requestBody", {}).get("content", {}).values():
        asks += _fields(media["schema"], shapes)
    good = next(answer for status, answer in one["responses"].items() if status.startswith("2"))
    gives = next((_kind(media["schema"]) for media in good.get("content", {}).values()), "")
    statuses = tuple((status, a["description"]) for status, a in one["responses"].items() if status >= "4")
    return Read(
        one["operationId"],
        method.upper(),
        path,
        _said(one["summary"]),
        tuple(about),
        scope,
        tuple(asks),
        gives,
        statuses,
    )


def _fields(schema: dict[str, Any], shapes: dict[str, Any]) -> list[tuple[str, str, bool, str]]:
    found = shapes[schema["$ref"].rsplit("/", 1)[-1]] if "$ref" in schema else schema
    needed = found.get("required", ())
    return [
        (name, _kind(field), name in needed, _said(field.get("description", "")))
        for name, field in found.get("properties", {}).items()
    ]


def _said(text: str) -> str:
    """Return a sentence of the document, which is English, in the language that is spoken; a unit stays behind it."""
    plain = " ".join(text.split())
    measured = _UNIT.fullmatch(plain)
    return f"{say(measured[1])} [{measured[2]}]" if measured else say(plain)


def _kind(schema: dict[str, Any]) -> str:
    """Return what a value is, in a few words."""
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[-1])
    if "anyOf" in schema:
        kinds = [_kind(one) for one in schema["anyOf"] if one.get("type") != "null"]
        return say(" or ").join(dict.fromkeys(kinds))
    if schema.get("type") == "array":
        return say("list of {kind}", kind=_kind(schema.get("items", {})))
    if "enum" in schema:
        return " | ".join(str(word) for word in schema["enum"] if word is not None)
    return str(schema.get("format") or schema.get("type") or "any")
