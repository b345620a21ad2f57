"""Compare a decoded file with what the official SDK makes of it, value by value."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from garmin_fit_sdk import Decoder, Stream
from garmin_fit_sdk.profile import Profile

from evengait.ingest.fit._layout import INVALID

if TYPE_CHECKING:
    from evengait.ingest.fit import FitFile, Message

TOLD = tomllib.loads(Path(__file__).with_name("differences.toml").read_text("utf-8"))
NEWER_SUBFIELDS = frozenset(TOLD["newer_subfields"]["names"])
STOPS = tuple(error for part in TOLD.values() for error in part.get("errors", ()))
MESSAGES = {message["messages_key"]: (num, message["fields"]) for num, message in Profile["messages"].items()}


@dataclass
class Comparison:
    """How many values were compared, which differences differences.toml tells, and which it does not."""

    values: int = 0
    told: dict[str, int] = field(default_factory=dict)
    untold: list[str] = field(default_factory=list)

    def tell(self, reason: str) -> None:
        assert reason in TOLD
        self.told[reason] = self.told.get(reason, 0) + 1


def official(data: bytes) -> tuple[dict[str, list[dict[Any, Any]]], list[Exception]]:
    """Return the SDK's messages and errors: numbers as numbers, everything unpacked."""
    decoder = Decoder(Stream.from_byte_array(bytearray(data)))
    messages, errors = decoder.read(
        convert_datetimes_to_dates=False, convert_types_to_strings=False, merge_heart_rates=False
    )
    return messages, errors


def compare(file: FitFile, data: bytes) -> Comparison:
    """Compare every message of a file."""
    out = Comparison()
    theirs, errors = official(data)
    for error in errors:
        known = [name for name, part in TOLD.items() if any(e in str(error) for e in part.get("errors", ()))]
        if known:
            out.tell(known[0])
        else:
            out.untold.append(f"the SDK stops: {error}")
    met = set()
    for key, messages in theirs.items():
        if messages:
            num, fields = MESSAGES.get(key) or (int(key), {})
            _message(file, num, fields, messages, theirs, out, partial=bool(errors))
            met.add(num)
    if not errors:
        out.untold += [f"{m.name}: not in the SDK's" for m in file if m.profile.num not in met]
    return out


def rows_of(message: Message) -> list[dict[str, Any]]:
    """Return a message as dicts of what has a value; an array's missing items are None."""
    rows: list[dict[str, Any]] = [{} for _ in range(len(message))]
    for name, (values, valid) in message.columns().items():
        if values.ndim > 1:
            known = np.ones(values.shape, bool) if valid is None else valid
            cells: list[Any] = [
                [v if ok else None for v, ok in zip(row, flags, strict=True)] if any(flags) else None
                for row, flags in zip(values.tolist(), known.tolist(), strict=True)
            ]
        else:
            flat = [True] * len(values) if valid is None else valid.tolist()
            cells = [v if ok else None for v, ok in zip(values.tolist(), flat, strict=True)]
        for row, cell in zip(rows, cells, strict=True):
            if cell is not None:
                row[name] = cell
    return rows


def equal(theirs: Any, ours: Any) -> bool:
    """Whether two values are the same; an array of one is the value, trailing gaps of an array are nothing."""
    if isinstance(theirs, (list, tuple)) or isinstance(ours, (list, tuple)):
        a, b = (_trimmed(value) for value in (theirs, ours))
        return len(a) == len(b) and all(equal(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(theirs, float) and math.isnan(theirs):
        return ours is None
    return bool(theirs == ours)


def _trimmed(value: Any) -> list[Any]:
    items = list(value) if isinstance(value, (list, tuple)) else [value]
    while items and (items[-1] is None or (isinstance(items[-1], float) and math.isnan(items[-1]))):
        items.pop()
    return items


def _message(
    file: FitFile,
    num: int,
    fields: Any,
    messages: list[dict[Any, Any]],
    theirs: dict[str, list[dict[Any, Any]]],
    out: Comparison,
    *,
    partial: bool,
) -> None:
    ours = next((m for m in file if m.profile.num == num), None)
    if ours is None:
        out.untold.append(f"{num}: missing here")
        return
    if len(ours) != len(messages) and not (partial and len(ours) > len(messages)):
        out.untold.append(f"{ours.name}: {len(ours)} messages, the SDK has {len(messages)}")
    newer = {f["name"]: f for f in fields.values() if f["num"] not in ours.profile.fields}
    for their_row, row in zip(messages, rows_of(ours), strict=False):
        left = dict(row)
        for name, value in their_row.items():
            if name == "developer_fields":
                _developer(value, left, ours, theirs, out)
            elif not (name == "key" and ours.name == "field_description"):
                _value(name, value, left, ours.name, newer, out)
        out.untold += [f"{ours.name}.{name}: only here" for name in left]


def _value(
    name: Any, value: Any, left: dict[str, Any], message: str, newer: dict[str, Any], out: Comparison
) -> None:
    out.values += 1
    key = f"unknown_{name}" if isinstance(name, int) else name
    if key in newer:
        out.tell("newer_profile")
        ours = left.pop(f"unknown_{newer[key]['num']}", None)
        if not equal(value, _scaled(ours, newer[key])):
            out.untold.append(f"{message}.{key}: newer than our profile, and its raw value differs")
        return
    if key not in left:
        if value is None:
            out.tell("explicit_none")
        elif isinstance(value, float) and math.isnan(value):
            out.tell("float_invalid")
        elif key in NEWER_SUBFIELDS:
            out.tell("newer_subfields")
        else:
            out.untold.append(f"{message}.{key}: missing here")
        return
    if not equal(value, left.pop(key)):
        out.untold.append(f"{message}.{key}: differs")


def _scaled(raw: Any, profile: Any) -> Any:
    scale = profile["scale"][0] if len(profile["scale"]) == 1 else 1
    offset = profile["offset"][0] if len(profile["offset"]) == 1 else 0

    def one(value: Any) -> Any:
        return None if value is None else (value / scale if scale != 1 else value) - offset

    if (scale, offset) == (1, 0):
        return raw
    return [one(v) for v in raw] if isinstance(raw, (list, tuple)) else one(raw)


def _developer(
    fields: dict[int, Any],
    left: dict[str, Any],
    ours: Message,
    theirs: dict[str, list[dict[Any, Any]]],
    out: Comparison,
) -> None:
    for key, value in fields.items():
        out.values += 1
        said = theirs["field_description_mesgs"][key]
        place = (said["developer_data_index"], said["field_definition_number"])
        name = next(
            (n for n, d in ours.developer.items() if (d.data_index, d.number) == place and n in left), None
        )
        if name is None:
            base = said["fit_base_type_id"] & 0x1F
            missing = INVALID[base]
            items = value if isinstance(value, list) else [value]
            if all(math.isnan(v) if missing is None else v == missing for v in items):
                out.tell("developer_invalid")
            else:
                out.untold.append(f"{ours.name}: developer field {place} missing here")
        else:
            found = left.pop(name)
            base = said["fit_base_type_id"] & 0x1F
            if isinstance(value, list) and INVALID[base] is not None and isinstance(found, list):
                value = [None if v == INVALID[base] else v for v in value]
            if not equal(value, found):
                out.untold.append(f"{ours.name}: developer field {place} differs")
