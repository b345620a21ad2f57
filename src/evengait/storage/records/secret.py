"""The key that signs cookies and links: made once for each home, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FILE = "secret_key"


def secret_key(home: Path) -> str:
    """Return the home's key, made now if there is none; where there is no home yet, one for this process alone."""
    file = home / FILE
    fresh = secrets.token_urlsafe(48)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text("ascii").strip() or fresh
    except OSError:
        return fresh
    with os.fdopen(handle, "w") as out:
        out.write(fresh)
    return fresh
