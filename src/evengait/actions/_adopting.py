"""Rows of ``files`` for kept originals whose rows were lost: from what else is known of them, and from themselves."""

from __future__ import annotations

import gzip
from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from evengait.actions._recording_row import brief_of, recording_id
from evengait.actions._runs import Recorded, Runs
from evengait.actions.read_member import bouts_again
from evengait.core.reasons import kept
from evengait.ingest._dispatch import HEAD, recognise
from evengait.knowledge.same_run import same_run_limits
from evengait.storage.archive.layout import batch_of, pack_chunk
from evengait.storage.archive.mend import whole_originals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evengait.actions._checks import Checks
    from evengait.storage.archive.layout import Layout

_WHEN = "%Y%m%dT%H%M%S"
_ALSO = kept("It is in the archive from another recording, too; now one session.")


def adopted(layout: Layout, checks: Checks) -> Iterator[dict[str, Any]]:
    """Yield a row of ``files`` for every whole original in the packs that has none, oldest import first."""
    by_sha: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in checks.recordings.values():
        by_sha[row["sha256"]].append(row)
    known = {row["original"] for row in checks.files}
    limits = same_run_limits()
    runs = Runs(layout, limits)
    before: set[str] = {name for row in checks.files for name in row["sessions"] or ()}
    for pack in sorted(layout.originals.glob("*.zip")):
        for sha, packed in whole_originals(pack):
            address = f"originals/{pack.name}!{sha}"
            if address in known:
                continue
            content = gzip.decompress(packed)
            told = by_sha.get(sha)
            chunk = pack_chunk(pack.stem)
            source = told[0]["source"] if told else f"{sha[:16]}.{recognise(content[:HEAD])}"
            own, fresh = [], False
            for place, bout in enumerate(bouts_again(content)):
                brief = brief_of(bout, sha, place, limits)
                own.append(recording_id(sha, place))
                fresh |= not any(other.recording in before for other in runs.same(brief))
                if brief.recording not in runs:
                    runs.add(Recorded(brief, sha, place, source, batch_of(chunk)))
            before |= set(own)
            yield {
                "batch": batch_of(chunk),
                "chunk": chunk,
                "source": source,
                "sha256": sha,
                "bytes": len(content),
                "format": recognise(content[:HEAD]),
                "verdict": "added" if fresh else "duplicate",
                "reason": None if fresh else _ALSO,
                "sessions": own,
                "original": address,
                "imported_at": told[0]["imported_at"] if told else _when(chunk),
            }


def _when(chunk: str) -> datetime:
    """Return when an import began, from its own name."""
    try:
        return datetime.strptime(chunk.partition("-")[0], _WHEN).replace(tzinfo=UTC)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)
