"""The one-time link that signs the owner in on her own computer.

Only a hash of it lies in the home, readable by its owner alone; following the link takes the file away first, so that
two who follow it at once cannot both come in. Whoever can read the home can read the archive anyway.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FILE = "sign_in_link"
LIFE_S = 600


def new_link(home: Path) -> str:
    """Return a fresh key for the link; the one before it is void."""
    key = secrets.token_urlsafe(32)
    part = home / f"{FILE}.part"
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(f"{_hash(key)} {int(time.time()) + LIFE_S}")
    part.replace(home / FILE)
    return key


def use_link(home: Path, key: str) -> bool:
    """Tell whether this is the key of the link, and make it void if it is."""
    file = home / FILE
    try:
        wanted, until = file.read_text("ascii").split()
    except (OSError, ValueError):
        return False
    if not hmac.compare_digest(wanted, _hash(key)) or time.time() > int(until):
        return False
    try:
        file.unlink()
    except FileNotFoundError:
        return False
    return True


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
