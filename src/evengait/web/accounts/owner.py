"""The owner of a desk at home: one account without address or password, who is the runner of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.storage.records.runners import claim_runner

if TYPE_CHECKING:
    from evengait.storage.records.models import Account

RUNNER = "me"


def owner_at_home() -> Account:
    """Return the owner's account, made on the first sign-in; she may use the admin."""
    from evengait.storage.records.models import Account, Runner

    claimed = Runner.objects.filter(name=RUNNER, account__isnull=False).select_related("account").first()
    if claimed is not None and claimed.account is not None:
        return claimed.account
    account = Account.objects.create_user(None, is_staff=True, is_superuser=True, is_moderator=True)
    claim_runner(RUNNER, account.pk)
    return account


def is_ownerless() -> bool:
    """Tell whether nobody runs this desk yet."""
    from evengait.storage.records.models import Account

    return not Account.objects.filter(is_superuser=True).exists()
