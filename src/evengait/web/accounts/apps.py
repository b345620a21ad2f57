"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Tells Django where the templates lie."""

    name = "evengait.web.accounts"
    label = "desk_accounts"
