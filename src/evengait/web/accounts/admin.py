"""Django's admin: accounts alone. Nothing that a runner keeps is ever listed there."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin

from evengait.storage.records.models import Account


@admin.register(Account)
class AccountAdmin(admin.ModelAdmin[Account]):
    """Who may come in, and as what; clinicians are verified here."""

    list_display = ("display_name", "email", "is_active", "is_clinician", "is_moderator", "is_staff")
    list_filter = ("is_active", "is_moderator", "is_staff")
    search_fields = ("email", "display_name")
    fields: ClassVar = (
        "email", "display_name", "is_active", "clinician_verified_at", "is_moderator", "is_staff", "is_superuser",
    )  # fmt: skip

    @admin.display(boolean=True, description="clinician")
    def is_clinician(self, account: Account) -> bool:
        """Tell whether the site has verified this person."""
        return account.is_clinician
