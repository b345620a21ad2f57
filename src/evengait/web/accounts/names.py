"""How an account is called to others: by the name it chose, never by its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evengait.storage.records.models import Account


def display_name(account: Account) -> str:
    """Return the chosen name, or that there is none."""
    return str(account)
