"""Where words may stand, asked of the database: a sieve that lets every text through that has them, and some others.

A text may have a word where one of its own begins as the asked one's stem does, but for the stem's last letter, which
is all that an ending may change. What really holds is decided by ``searching.py`` on the few texts that pass.
PostgreSQL looks replies up by its full-text search, in an index; the embedded database reads them, so that nothing is
left behind there of what is deleted.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Expression, Model, QuerySet
    from django.db.models.expressions import Combinable

    from evengait.storage.records.models import CaseReply

    M = TypeVar("M", bound=Model)

_PLAIN = {
    chr(code): letter
    for code in range(0xC0, 0x250)
    if (letter := unicodedata.normalize("NFD", chr(code))[0].lower()).isascii()
}
_APART = "/.-@:_~&?=%+#'’"
"""Signs through which PostgreSQL takes several words for one: an address, a path, a number."""
ACCENTED = "".join(_PLAIN) + _APART
PLAIN = "".join(_PLAIN.values()) + " " * len(_APART)
"""What becomes of each of them. The index of migration 0014 is made with both."""
TOKENIZER = "porter unicode61"
"""Of SQLite's full-text search: endings of English words and accents do not count."""
_HOLDS = (
    """to_tsvector('simple'::regconfig, translate("records_casereply"."body", %s, %s)) """
    "@@ to_tsquery('simple'::regconfig, %s)"
)


def beginnings(words: Sequence[str]) -> list[str]:
    """Return how a text's words begin where it has these words: their stems without the last letter.

    Examples
    --------
    >>> beginnings(["Running", "ponies", "Knöchel"])
    ['knoche', 'pon', 'ru']
    """
    index = sqlite3.connect(":memory:")
    try:
        index.execute(f"CREATE VIRTUAL TABLE words USING fts5(body, tokenize='{TOKENIZER}')")
        index.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(words, 'row')")
        index.execute("INSERT INTO words(body) VALUES (?)", (" ".join(words),))
        stems = [str(row[0]) for row in index.execute("SELECT term FROM stems")]
    finally:
        index.close()
    return sorted({stem[:-1] or stem for stem in stems})


def with_beginnings(rows: QuerySet[M, M], text: Combinable, begins: Sequence[str]) -> QuerySet[M, M]:
    """Return the rows whose text has all beginnings; every text is read.

    Parameters
    ----------
    text : Combinable
        A column, or what is made of several.
    """
    found = rows.alias(plain_text=_plain(text))
    for one in begins:
        found = found.filter(plain_text__contains=one)
    return found  # type: ignore[return-value] # an alias changes no row


def replies_with(rows: QuerySet[CaseReply], begins: Sequence[str]) -> QuerySet[CaseReply]:
    """Return the replies whose words begin so; on PostgreSQL by its index."""
    from django.db import connection
    from django.db.models import BooleanField, F
    from django.db.models.expressions import RawSQL

    if connection.vendor != "postgresql":
        return with_beginnings(rows, F("body"), begins)
    asked = " & ".join(f"'{one}':*" for one in begins)
    return rows.filter(RawSQL(_HOLDS, [ACCENTED, PLAIN, asked], output_field=BooleanField()))  # noqa: S611 - parameters


def _plain(text: Combinable) -> Expression:
    """Return a text in small letters without accents."""
    from django.db import connection
    from django.db.models import Case, Func, IntegerField, TextField, Value, When
    from django.db.models.functions import Length, Lower
    from django.db.models.lookups import Exact

    plain: TextField[str, str] = TextField()
    if connection.vendor == "postgresql":
        letters = Func(text, Value(ACCENTED), Value(PLAIN), function="translate", output_field=plain)
        # Most texts have no accents, and to look for each of them in a text takes longer than all the rest.
        size = Func(text, function="octet_length", output_field=IntegerField())
        return Case(When(Exact(size, Length(text)), then=Lower(text)), default=Lower(letters))
    connection.ensure_connection()
    connection.connection.create_function("evengait_plain", 1, _plain_text, deterministic=True)
    return Func(text, function="evengait_plain", output_field=plain)


def _plain_text(text: str | None) -> str | None:
    if text is None or text.isascii():
        return text and text.lower()
    apart = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).lower()
