"""Tokens of programs: make one, find by its secret, revoke."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import fields
from datetime import date, timedelta
from typing import TYPE_CHECKING

from evengait.core.api_token import LONGEST_DAYS, ApiToken, check_scopes
from evengait.core.errors import UsageError

if TYPE_CHECKING:
    from uuid import UUID

    from evengait.storage.records.models.api_token import ApiToken as Row

PREFIX = "evengait_"
"""How every token begins, so that people and scanners know one when they see it."""
MOST = 50


def make_token(
    account: UUID, name: str, scopes: tuple[str, ...], *, expires_on: date, today: date
) -> tuple[ApiToken, str]:
    """Make a token and return it with its secret, which nobody can read again.

    The secret holds 256 random bits: a plain hash of it cannot be guessed back, and finding it costs one look.

    Raises
    ------
    UsageError
        No name, no scope, an end that has passed or is further than a year, or too many tokens.
    """
    from evengait.storage.records.models import ApiToken as Rows

    check_scopes(name, scopes)
    if not today <= expires_on <= today + timedelta(days=LONGEST_DAYS):
        raise UsageError("A token lasts until a day within a year from now.")
    if Rows.objects.filter(account=account).count() >= MOST:
        raise UsageError("There are too many tokens. Revoke one that is not used any more.")
    secret = PREFIX + secrets.token_urlsafe(32)
    row = Rows.objects.create(
        account_id=account, name=name.strip(), digest=_digest(secret), scopes=sorted(scopes),
        made_on=today, expires_on=expires_on,
    )  # fmt: skip
    return _read(row), secret


def tokens_of(account: UUID) -> list[ApiToken]:
    """Return an account's tokens, newest first."""
    from evengait.storage.records.models import ApiToken as Rows

    return [_read(row) for row in Rows.objects.filter(account=account)]


def revoke_token(account: UUID, token: UUID) -> bool:
    """Delete a token: from now on it opens nothing. True where there was one."""
    from evengait.storage.records.models import ApiToken as Rows

    return bool(Rows.objects.filter(account=account, pk=token).delete()[0])


def use_token(secret: str, *, today: date) -> ApiToken | None:
    """Return the token of this secret and note the day; None where it is unknown, revoked or expired."""
    from evengait.storage.records.models import ApiToken as Rows

    if not secret.startswith(PREFIX) or not secret.isascii():
        return None
    row = Rows.objects.filter(digest=_digest(secret), account__is_active=True).first()
    if row is None or today > row.expires_on:
        return None
    if row.last_used_on != today:
        Rows.objects.filter(pk=row.pk).update(last_used_on=today)
    return _read(row)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _read(row: Row) -> ApiToken:
    values = {f.name: getattr(row, f.name) for f in fields(ApiToken) if f.name != "account"}
    return ApiToken(**values | {"scopes": tuple(row.scopes)}, account=row.account_id)
