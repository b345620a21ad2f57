"""Invitations to a desk on a server: a signed link that lasts two weeks and says nothing about anybody."""

from __future__ import annotations

from django.core import signing

INVITED = "invited"
"""In the session of who followed such a link."""

LIFE_S = 14 * 24 * 3600
_SALT = "evengait.invitation"


def new_invitation() -> str:
    """Return the key of a fresh invitation."""
    return signing.dumps("come in", salt=_SALT)


def is_invitation(key: str) -> bool:
    """Tell whether this key is an invitation that is not too old."""
    try:
        signing.loads(key, salt=_SALT, max_age=LIFE_S)
    except signing.BadSignature:
        return False
    return True
