"""Many small parts into few: ten years of daily imports stay as quick to read as one big one.

Parts are merged with others of their own tier only, sixteen or more at a time, so that a row is written anew once a
tier and not at every import. The rows stay the same; the commit says so, and swaps old for new in one step.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pyarrow as pa

from evengait.storage.archive.contents import read_parts
from evengait.storage.archive.layout import merged_name
from evengait.storage.archive.part import bounds, close_part, open_part
from evengait.storage.archive.schema import TABLES, arrow_schema

if TYPE_CHECKING:
    from datetime import datetime

    from evengait.storage.archive.layout import Layout
    from evengait.storage.archive.log import Log, Part

MERGE_FROM = (16, 64)
"""How many parts of each tier are merged into one: a big import leaves some forty of the second, which can stay."""

_SMALL_ROWS = (50, 1_600)
TIERS = {"samples": (30_000, 100_000)} | dict.fromkeys(TABLES[1:], _SMALL_ROWS)
"""Upper bounds of the tiers, rows a part: about 8 and 28 hours of 1-s samples. Larger parts, such as the chunks of a
big import (about 60 hours), are left alone: merging them would cost as much as the import did."""

_GROUP_ROWS = 500_000
"""Rows in a row group: about 30 MB of samples in memory while merging."""


def compact(layout: Layout) -> int:
    """Merge small parts where many have come together; the caller holds the lock.

    Returns
    -------
    int
        Parts that were merged away.
    """
    merged = 0
    for name in TABLES:
        log = layout.logs[name]
        for parts in _crowded(name, list(log.parts().values())):
            log.commit(add=[_merge(log, name, parts)], remove=parts, changes=False)
            merged += len(parts)
    return merged


def _crowded(name: str, parts: list[Part]) -> list[list[Part]]:
    groups = []
    low = 0
    for high, least in zip(TIERS[name], MERGE_FROM, strict=True):
        tier = [part for part in parts if low <= part.rows < high]
        if len(tier) >= least:
            groups.append(tier)
        low = high
    return groups


def _merge(log: Log, name: str, parts: list[Part]) -> Part:
    path = log.folder / merged_name(uuid.uuid4().hex)
    rows = 0
    span: tuple[datetime, datetime] | None = None
    with open_part(path, name) as writer:
        waiting: list[pa.Table] = []
        for part in parts:
            waiting.append(read_parts(log.folder, name, [part], arrow_schema(name).names))
            if part is parts[-1] or sum(table.num_rows for table in waiting) >= _GROUP_ROWS:
                group = pa.concat_tables(waiting).combine_chunks()
                waiting.clear()
                writer.write_table(group, row_group_size=max(1, group.num_rows))
                rows += group.num_rows
                span = _wider(span, bounds(name, group))
    return close_part(path, name, rows, span)


def _wider(
    one: tuple[datetime, datetime] | None, other: tuple[datetime, datetime] | None
) -> tuple[datetime, datetime] | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])
