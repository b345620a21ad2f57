"""Developer fields: what ``field_description`` messages say of them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from evengait.ingest.fit._layout import Developer, developer_fields, layout, number_of
from evengait.ingest.fit._message import Group, Message
from evengait.ingest.fit._profile import message_profile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from evengait.ingest.fit._engine import Engine

DESCRIPTION = 206
"""Number of the ``field_description`` message."""


class Descriptions:
    """The field descriptions of one part; the one in force is the last before a message, else the first."""

    def __init__(
        self, groups: list[tuple[bytes, NDArray[np.int64]]], data: NDArray[np.uint8], engine: Engine
    ) -> None:
        self.by_field: dict[tuple[int, int], list[tuple[int, Developer]]] = {}
        if any(number_of(content) == DESCRIPTION for content, _ in groups):
            self._read(groups, data, engine)

    def _read(
        self, groups: list[tuple[bytes, NDArray[np.int64]]], data: NDArray[np.uint8], engine: Engine
    ) -> None:
        own = [
            Group(layout(content), offsets)
            for content, offsets in groups
            if number_of(content) == DESCRIPTION
        ]
        message = Message(message_profile(DESCRIPTION), None, own, data, engine, None)
        columns = message.columns()

        def cell(name: str, row: int) -> Any:
            if name not in columns:
                return None
            values, valid = columns[name]
            if valid is not None and not valid[row].any():
                return None
            item = values[row]
            return item.item() if hasattr(item, "item") and item.ndim == 0 else item

        for row, offset in enumerate(message.offsets.tolist()):
            index, number = cell("developer_data_index", row), cell("field_definition_number", row)
            if not isinstance(index, int) or not isinstance(number, int):
                continue
            described = Developer(
                index,
                number,
                _first_text(cell("field_name", row)),
                _whole(cell("fit_base_type_id", row)),
                _first_text(cell("units", row)),
                _whole(cell("native_mesg_num", row)),
                _whole(cell("native_field_num", row)),
            )
            self.by_field.setdefault((index, number), []).append((offset, described))

    def resolve(
        self, content: bytes, offsets: NDArray[np.int64]
    ) -> list[tuple[tuple[Developer | None, ...], NDArray[np.int64]]]:
        """Return the messages of one definition, split where a description changes between them."""
        fields = developer_fields(content)
        # A description said again in the same words splits nothing.
        said = {field: _changes(self.by_field.get(field, [])) for field in fields}
        cuts = sorted({offset for changes in said.values() for offset, _ in changes[1:]})
        bounds = [0, *offsets.searchsorted(cuts).tolist(), len(offsets)]
        out = []
        for start, stop in pairwise(bounds):
            if start < stop:
                at = int(offsets[start])
                out.append((tuple(_in_force(said[field], at) for field in fields), offsets[start:stop]))
        return out


def _changes(said: list[tuple[int, Developer]]) -> list[tuple[int, Developer]]:
    return [item for i, item in enumerate(said) if i == 0 or item[1] != said[i - 1][1]]


def _in_force(said: list[tuple[int, Developer]], at: int) -> Developer | None:
    if not said:
        return None
    return next((developer for offset, developer in reversed(said) if offset < at), said[0][1])


def _first_text(value: Any) -> str | None:
    return value[0] if isinstance(value, tuple) else value if isinstance(value, str) else None


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) else None
