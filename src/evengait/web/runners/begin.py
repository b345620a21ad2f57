"""From an account to a runner: an empty archive under a name that tells nobody anything."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from evengait.storage.records.runners import claim_runner

if TYPE_CHECKING:
    from evengait.core.runner import RunnerProfile
    from evengait.storage.records.models import Account


def begin_running(account: Account) -> RunnerProfile:
    """Return a new runner who signs in with this account."""
    return claim_runner(f"r{secrets.token_hex(8)}", account.pk)
