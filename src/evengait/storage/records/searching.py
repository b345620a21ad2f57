"""Search over the cases that a person may see, and cases like one of them.

The database sieves (``finding.py``); the few texts that pass are looked up with SQLite's full-text search in an index
made in memory for the one question, whatever the database: only from what this person may see, so that neither hits nor
their order can tell of the rest.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.storage.records.cases import read_cases
from evengait.storage.records.finding import TOKENIZER, beginnings, replies_with, with_beginnings
from evengait.storage.records.viewing import cases_seen, decided, maybe_seen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from evengait.core.case import CaseRecord
    from evengait.core.sharing import Viewer

MOST_FOUND, MOST_SIMILAR, MOST_RANKED = 50, 5, 500
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Found:
    """One hit: the case, the reply it stands in (None = title, story or ending), and the words around it."""

    case: CaseRecord
    number: int | None
    words: str


def search_cases(viewer: Viewer, asked: str, now: datetime) -> list[Found]:
    """Return where the words stand, best first, a case at most once a place.

    Of texts that have the words ``MOST_RANKED`` of a kind are ranked, the latest.

    Parameters
    ----------
    asked : str
        Words with blanks between them; every one of them has to be there, the last one may be a beginning.
    """
    words = _WORD.findall(asked)[:12]
    begins = beginnings(words)
    if not begins or viewer.account is None:
        return []
    found = _candidates(viewer, begins, now)
    seen = {
        case.id: (case, fields) for case, fields in cases_seen(viewer, now, pk__in={key for key, *_ in found})
    }
    texts = [
        (key, number, text)
        for key, field, number, text in found
        if key in seen and field in seen[key][1]
    ]  # fmt: skip
    hits = _matching(words, texts)
    return [Found(seen[case][0], number, text) for case, number, text in hits[:MOST_FOUND]]


def similar_cases(viewer: Viewer, case: CaseRecord, now: datetime) -> list[CaseRecord]:
    """Return cases of the same place that this person may see; those that ended first, the latest first."""
    rows = maybe_seen(viewer, now).filter(problem__site=case.site).exclude(pk=case.id)
    some = rows.order_by("status", "-changed_at")[:MOST_SIMILAR]  # closed comes before open
    return [one for one, _ in decided(viewer, some, now)]


def _candidates(viewer: Viewer, begins: list[str], now: datetime) -> list[tuple[UUID, str, int | None, str]]:
    """Return texts of cases that may be seen and may have the words: case, field, number of the reply, text."""
    from django.db.models import F, TextField, Value
    from django.db.models.fields.json import KeyTextTransform
    from django.db.models.functions import Coalesce, Concat

    from evengait.storage.records.models import CaseReply, SharedPart

    cases = maybe_seen(viewer, now)
    blank = Value(" ")
    head = Concat(
        F("title"), blank, F("problem__site"), blank, Coalesce(F("problem__side"), blank), blank, F("ending_words"),
        output_field=TextField(),
    )  # fmt: skip
    found: list[tuple[UUID, str, int | None, str]] = [
        (case.id, "case", None, f"{case.title} {case.site.replace('_', ' ')} {case.side or ''} {case.ending_words}")
        for case in read_cases(with_beginnings(cases, head, begins)[:MOST_RANKED])
    ]  # fmt: skip
    stories = SharedPart.objects.filter(field="story", case__in=cases).order_by("-taken_at")
    told = with_beginnings(stories, KeyTextTransform("story", "data"), begins)[:MOST_RANKED]
    found += [(part.case_id, "story", None, str(part.data.get("story", ""))) for part in told]
    rows = CaseReply.objects.filter(case__in=cases, deleted_at__isnull=True, hidden_at__isnull=True)
    some = replies_with(rows, begins).order_by("-written_at", "-number")[:MOST_RANKED]
    return found + [(case, "case", n, body) for case, n, body in some.values_list("case", "number", "body")]


def _matching(
    words: list[str], texts: Iterable[tuple[UUID, int | None, str]]
) -> list[tuple[UUID, int | None, str]]:
    """Return the texts that hold all words, best first, each with the words around the first hit."""
    places = []
    index = sqlite3.connect(":memory:")
    try:
        index.execute(f"CREATE VIRTUAL TABLE words USING fts5(body, tokenize='{TOKENIZER}')")
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
