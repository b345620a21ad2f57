"""Search over the cases that a person may see, and cases like one of them.

The words are looked up with SQLite's full-text search in an index made in memory for the one question, whatever the
database: only from what this person may see, so that nothing of a search can tell of the rest, and nothing is left
behind that a deletion would have to find.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.storage.records.grants import shared_parts
from evengait.storage.records.viewing import cases_seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from uuid import UUID

    from evengait.core.case import CaseRecord
    from evengait.core.sharing import Viewer

MOST_FOUND, MOST_SIMILAR = 50, 5
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Found:
    """One hit: the case, the reply it stands in (None = title, story or ending), and the words around it."""

    case: CaseRecord
    number: int | None
    words: str


def search_cases(viewer: Viewer, asked: str, now: datetime) -> list[Found]:
    """Return where the words stand, best first, a case at most once a place.

    Parameters
    ----------
    asked : str
        Words with blanks between them; every one of them has to be there, the last one may be a beginning.
    """
    words = _WORD.findall(asked)[:12]
    seen = {case.id: (case, fields) for case, fields in cases_seen(viewer, now)}
    if not words or not seen:
        return []
    hits = _matching(words, _texts(seen))
    return [Found(seen[case][0], number, text) for case, number, text in hits[:MOST_FOUND]]


def similar_cases(viewer: Viewer, case: CaseRecord, now: datetime) -> list[CaseRecord]:
    """Return cases of the same place that this person may see; those that ended first, the latest first."""
    others = [one for one, _ in cases_seen(viewer, now) if one.id != case.id and one.site == case.site]
    return sorted(others, key=lambda one: one.status != "closed")[:MOST_SIMILAR]


def _texts(seen: dict[UUID, tuple[CaseRecord, frozenset[str]]]) -> Iterator[tuple[UUID, int | None, str]]:
    """Yield every text that may be searched, with where it stands."""
    from evengait.storage.records.models import CaseReply

    for key, (case, fields) in seen.items():
        yield key, None, f"{case.title} {case.site.replace('_', ' ')} {case.side or ''} {case.ending_words}"
        if "story" in fields:
            for state, _ in shared_parts(key, ["story"]).values():
                yield key, None, str(state.get("story", ""))
    rows = CaseReply.objects.filter(case__in=list(seen), deleted_at__isnull=True, hidden_at__isnull=True)
    yield from rows.values_list("case", "number", "body").iterator()


def _matching(
    words: list[str], texts: Iterable[tuple[UUID, int | None, str]]
) -> list[tuple[UUID, int | None, str]]:
    """Return the texts that hold all words, best first, each with the words around the first hit."""
    places = []
    index = sqlite3.connect(":memory:")
    try:
        index.execute("CREATE VIRTUAL TABLE words USING fts5(body, tokenize='porter unicode61')")
        for place, (case, number, text) in enumerate(texts, 1):
            places.append((case, number))
            index.execute("INSERT INTO words(rowid, body) VALUES (?, ?)", (place, text))
        wanted = " ".join(f'"{word}"' for word in words[:-1]) + f' "{words[-1]}"*'
        hits = index.execute(
            "SELECT rowid, snippet(words, 0, '', '', '…', 24) FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?",
            (wanted.strip(), MOST_FOUND),
        ).fetchall()
    finally:
        index.close()
    return [(*places[place - 1], " ".join(text.split())) for place, text in hits]
