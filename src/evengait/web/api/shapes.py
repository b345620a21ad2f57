"""Shapes that several parts share: dates, texts, a table's row."""

from datetime import date, datetime, time
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field, create_model

from evengait.core.columns import Column, table
from evengait.core.sites import SIDES, SITES

Day = Annotated[
    date, Field(ge=date(1950, 1, 1), le=date(2100, 12, 31), description="Local date, as 2026-11-08.")
]
Text = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$")]

Site = Annotated[str, Field(json_schema_extra={"enum": list(SITES)})]
Side = Annotated[str, Field(json_schema_extra={"enum": list(SIDES)})]
Json = dict[str, Any]

_PLAIN: dict[str, Any] = {
    "str": str, "bool": bool, "int16": int, "int32": int, "int64": int, "float32": float, "float64": float,
    "date": date, "time": time, "datetime": datetime,
}  # fmt: skip


class Asked(Schema):
    """What a program sends: a field that is not known is refused, so that a slip of the pen is told."""

    model_config = ConfigDict(extra="forbid", strict=False)


class Told(Schema):
    """What the desk answers; more fields may come, and those that are there stay."""

    model_config = ConfigDict(extra="allow")


class Page(Asked):
    """Where in a list, and how much of it at once."""

    limit: Annotated[int, Field(ge=1, le=200)] = 100
    offset: Annotated[int, Field(ge=0, le=10_000_000)] = 0


def row_of(of: str, base: type[Schema] = Told) -> Any:
    """Return the shape of a table's row, from ``columns.toml``, to be the base of a shape with a name.

    Parameters
    ----------
    of : str
        The table.
    base : type
        ``Asked`` for what is sent, ``Told`` for what is answered.
    """
    fields: dict[str, Any] = {column.name: _shape(column) for column in table(of).values()}
    return create_model(of, __base__=base, **fields)


def _shape(column: Column) -> tuple[Any, Any]:
    dtype = column.dtype
    plain = list[_PLAIN[dtype[5:-1]] | None] if dtype.startswith("list[") else _PLAIN[dtype]  # type: ignore[misc]
    unit = f" [{column.unit}]" if column.unit else ""
    more: dict[str, Any] = {"description": column.meaning + unit}
    if column.values is not None:
        more["json_schema_extra"] = {"enum": [*column.values, None]}
    if column.range is not None:
        more |= {"ge": column.range[0], "le": column.range[1]}
    return plain | None, Field(None, **more)
