"""The archive's tables as Arrow and Delta schemas, made from ``columns.toml``; unit, scale and meaning travel along."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from evengait.core.columns import table

if TYPE_CHECKING:
    from evengait.core.columns import Column

TABLES = ("samples", "sessions", "recordings", "labels", "surfaces", "files")
"""In the order of commits: what ``files`` names is already there."""

_ARROW: dict[str, pa.DataType] = {
    "str": pa.string(),
    "bool": pa.bool_(),
    "int16": pa.int16(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float32": pa.float32(),
    "float64": pa.float64(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us", "UTC"),
}
_DELTA = {
    "str": "string",
    "bool": "boolean",
    "int16": "short",
    "int32": "integer",
    "int64": "long",
    "float32": "float",
    "float64": "double",
    "date": "date",
    "datetime": "timestamp",
}


@cache
def arrow_schema(name: str) -> pa.Schema:
    """Return a table's Arrow schema; each field's metadata says unit, scale, range and meaning.

    Examples
    --------
    >>> arrow_schema("samples").field("altitude_m_x5").metadata[b"scale"]
    b'5'
    """
    return pa.schema(
        [
            pa.field(key, _arrow_type(column.dtype), metadata=_words(column))
            for key, column in table(name).items()
        ]
    )


def delta_schema(name: str) -> str:
    """Return the same schema as the JSON text that a Delta log keeps.

    Examples
    --------
    >>> json.loads(delta_schema("samples"))["fields"][1]["type"]
    'timestamp'
    """
    fields = [
        {"name": key, "type": _delta_type(column.dtype), "nullable": True, "metadata": _words(column)}
        for key, column in table(name).items()
    ]
    return json.dumps({"type": "struct", "fields": fields}, ensure_ascii=False)


def _arrow_type(dtype: str) -> pa.DataType:
    return pa.list_(_ARROW[dtype[5:-1]]) if dtype.startswith("list[") else _ARROW[dtype]


def _delta_type(dtype: str) -> Any:
    if dtype.startswith("list["):
        return {"type": "array", "elementType": _DELTA[dtype[5:-1]], "containsNull": True}
    return _DELTA[dtype]


def _words(column: Column) -> dict[str, str]:
    words = {"unit": column.unit, "meaning": column.meaning}
    if column.scale != 1:
        words["scale"] = str(column.scale)
    if column.range is not None:
        words["range"] = json.dumps(list(column.range))
    return words
