"""What was told of the ground of each session: a small table, laid out anew with every change."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from evengait.storage.archive.contents import read_table, rows_of
from evengait.storage.archive.layout import merged_name
from evengait.storage.archive.part import write_part
from evengait.storage.archive.rows import plain_table
from evengait.storage.archive.schema import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evengait.storage.archive.layout import Layout


def put_surfaces(layout: Layout, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put rows in place of those of the same sessions, and drop those of sessions that are gone.

    The caller holds the lock.
    """
    log = layout.logs["surfaces"]
    alive = set(read_table(layout.logs["sessions"], "sessions", ["session"]).column("session").to_pylist())
    before = rows_of(read_table(log, "surfaces", arrow_schema("surfaces").names))
    by_session = {row["session"]: row for row in (*before, *rows) if row["session"] in alive}
    if not rows and len(by_session) == len(before):
        return
    old = list(log.parts().values())
    new = []
    if by_session:
        table = plain_table("surfaces", list(by_session.values()))
        new = [write_part(log.folder, merged_name(uuid.uuid4().hex), "surfaces", table)]
    log.commit(add=new, remove=old)
    for part in old:
        (log.folder / part.name).unlink(missing_ok=True)
