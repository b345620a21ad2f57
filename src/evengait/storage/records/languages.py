"""The language that a person chose to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID


def language_of(account: UUID) -> str:
    """Return the language an account chose, English where it chose none or is gone."""
    from evengait.storage.records.models import Account

    row = Account.objects.filter(pk=account).first()
    return (row.language if row else "") or "en"
