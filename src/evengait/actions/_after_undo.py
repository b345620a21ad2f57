"""After an import was taken back: sessions and verdicts as if it had never been."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from evengait.actions._adopt import adopt
from evengait.actions._known import SAME_FILE, Known
from evengait.actions._rules import Rules
from evengait.actions._runs import Runs
from evengait.actions._settle import Settling
from evengait.actions._words import Words
from evengait.knowledge.same_run import same_run_limits
from evengait.storage.archive.contents import read_table, rows_of
from evengait.storage.archive.rewrite import replace_table
from evengait.storage.archive.rows import plain_table
from evengait.storage.archive.schema import arrow_schema

if TYPE_CHECKING:
    from evengait.storage.archive.layout import Layout
    from evengait.storage.archive.writer import Writer

    Row = dict[str, Any]

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def sessions_in(layout: Layout) -> int:
    """Return how many sessions there are."""
    log = layout.logs["sessions"]
    return sum(part.rows for part in log.parts().values())


def settle_after_undo(writer: Writer) -> None:
    """Make every session what the recordings that are left say it is, and tell first recordings as added."""
    limits = same_run_limits()
    adopt(writer, limits)
    known, runs = Known(writer.layout), Runs(writer.layout, limits)
    words = Words(writer.layout, limits, _NEVER)
    Settling(writer, runs, words, known.originals, limits).settle(None)
    rules = Rules(known, runs, words, "", limits, writer.unsettle)
    log = writer.layout.logs["files"]
    rows = rows_of(read_table(log, "files", arrow_schema("files").names))
    anew = [_ruled_anew(row, runs, rules) for row in rows]
    if anew != rows:
        replace_table(writer.layout, "files", plain_table("files", anew))


def _ruled_anew(row: Row, runs: Runs, rules: Rules) -> Row:
    """Return a file's row, with its verdict as if only the recordings that are left had come before it."""
    names: list[str] = list(row["sessions"] or ())
    if row["verdict"] != "duplicate" or row["original"] is None or not all(name in runs for name in names):
        return row
    earlier = [
        any(_came(runs, other.recording) < _came(runs, name) for other in runs.same(runs[name].brief))
        for name in names
    ]
    problem = runs[names[0]].problem if names else None
    if all(earlier):
        if row["reason"] != SAME_FILE:
            return row
        return row | {"reason": " ".join(filter(None, [rules.sentence(names[0], some=False), problem]))}
    first = next((name for name, late in zip(names, earlier, strict=True) if late), None)
    reasons = [rules.sentence(first, some=True) if first is not None else None, problem]
    return row | {"verdict": "added", "reason": " ".join(filter(None, reasons)) or None}


def _came(runs: Runs, recording: str) -> tuple[datetime, str, int]:
    return runs[recording].came or (_NEVER, "", 0)
