"""Write the FIT profile tables of evengait from those of fitdecode (MIT licence).

Run: ``python tools/make_fit_profile.py`` where ``fitdecode==0.11.0`` is installed. Why this source: see
``docs/decisions/0001-fit-profile.md``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import fitdecode
from fitdecode import profile

SDK = "21.171"
FOLDER = Path(__file__).parents[1] / "src" / "evengait" / "ingest" / "fit"


def number(value: float | None, default: int) -> float | None:
    """Return a scale or offset, or None where it is the default and changes nothing."""
    return None if value is None or value == default else value


def components(items: Any) -> list[list[Any]] | None:
    """Return the parts of a packed field: target, first bit, bits, scale, offset, accumulated."""
    if not items:
        return None
    return [
        [c.def_num, c.bit_offset, c.bits, number(c.scale, 1), number(c.offset, 0), bool(c.accumulate)]
        for c in items
    ]


def common(field: Any) -> list[Any]:
    """Return what fields and subfields share: name, type, scale, offset, unit, components."""
    scale = number(field.scale, 1)
    offset = number(field.offset, 0)
    return [field.name, field.type.name, scale, offset, field.units or None, components(field.components)]


def row(field: Any) -> list[Any]:
    """Return a field as one list, trailing nulls cut."""
    subfields = [
        [*common(sub), [[ref.def_num, ref.raw_value] for ref in sub.ref_fields]]
        for sub in field.subfields or ()
    ]
    out = [*common(field), subfields or None]
    while out[-1] is None:
        out.pop()
    return out


def messages() -> dict[str, Any]:
    """Return every message: name, and its fields by number."""
    return {
        str(num): [message.name, {str(n): row(field) for n, field in sorted(message.fields.items())}]
        for num, message in sorted(profile.MESSAGE_TYPES.items())
    }


def write(name: str, head: dict[str, Any], body: dict[str, Any]) -> None:
    """Write JSON with one entry of ``body`` a line, so that a new profile shows as a readable diff."""
    dump = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
    lines = ",\n".join(f"{dump(key)}:{dump(value)}" for key, value in body.items())
    text = dump(head)[:-1] + ',"body":{\n' + lines + "\n}}\n"
    (FOLDER / name).write_text(text, "utf-8")


def main() -> None:
    """Write ``profile.json`` (messages, fields, type of every named type) and ``names.json`` (enum words)."""
    source = f"fitdecode {fitdecode.__version__} (MIT), SDK {SDK}"
    types = {name: t.base_type.identifier & 0x1F for name, t in sorted(profile.FIELD_TYPES.items())}
    write("profile.json", {"source": source, "types": types}, messages())
    enums = {
        name: {str(int(k)): v for k, v in sorted(t.enum.items())}
        for name, t in sorted(profile.FIELD_TYPES.items())
        if t.enum
    }
    write("names.json", {"source": source}, enums)


if __name__ == "__main__":
    main()
