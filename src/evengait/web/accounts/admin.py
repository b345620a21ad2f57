"""Django's admin: accounts alone. Nothing that a runner keeps is ever listed there."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib import admin

from evengait.storage.records.models import Account
from evengait.storage.records.moderation import note_act

if TYPE_CHECKING:
    from django.forms import ModelForm
    from django.http import HttpRequest


@admin.register(Account)
class AccountAdmin(admin.ModelAdmin[Account]):
    """Who may come in, and as what; clinicians are verified here."""

    list_display = ("display_name", "email", "is_active", "is_clinician", "is_moderator", "is_staff")
    list_filter = ("is_active", "is_moderator", "is_staff")
    search_fields = ("email", "display_name")
    fields: ClassVar = (
        "email", "display_name", "is_active", "clinician_verified_at", "is_moderator", "is_staff", "is_superuser",
    )  # fmt: skip

    def save_model(self, request: HttpRequest, obj: Account, form: ModelForm[Account], change: bool) -> None:
        """Keep the account, and note in the trail what was changed of what it may do."""
        super().save_model(request, obj, form, change)
        for name in ("clinician_verified_at", "is_moderator", "is_active"):
            if name in form.changed_data:
                note_act(request.user.pk, name, "account", obj.pk)  # type: ignore[arg-type] # signed in here

    @admin.display(boolean=True, description="clinician")
    def is_clinician(self, account: Account) -> bool:
        """Tell whether the site has verified this person."""
        return account.is_clinician
