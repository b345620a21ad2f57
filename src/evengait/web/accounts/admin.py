"""Django's admin: accounts alone. Nothing that a runner keeps is ever listed there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from evengait.core.language import say
from evengait.storage.records.models import Account
from evengait.storage.records.moderation import note_act

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.forms import ModelForm
    from django.http import HttpRequest

FIELDS = {
    "email": _("E-mail address"),
    "display_name": _("Display name"),
    "is_active": _("May sign in"),
    "clinician_verified_at": _("Verified as a clinician"),
    "is_moderator": _("Looks at what was reported"),
    "is_staff": _("May open these pages"),
}
APPS = {
    "records": _("People"),
    "django_tasks_database": _("Work in the background"),
    "mfa": _("Second factor"),
}
MODELS = {
    "records.account": (_("account"), _("accounts")),
    "django_tasks_database.dbtaskresult": (_("piece of work"), _("pieces of work")),
    "mfa.authenticator": (_("second factor"), _("second factors")),
}


def name_in_words() -> None:
    """Give what the admin lists its names in the reader's language: the models themselves, floors below, have none."""
    for name, words in FIELDS.items():
        Account._meta.get_field(name).verbose_name = words  # type: ignore[union-attr] # a field of its own
    for label, words in APPS.items():
        apps.get_app_config(label).verbose_name = words
    for label, (one, many) in MODELS.items():
        meta = apps.get_model(label)._meta
        meta.verbose_name, meta.verbose_name_plural = one, many


name_in_words()


def _told(name: str) -> Any:
    """Return a column that says yes or no in words."""

    @admin.display(description=FIELDS[name], ordering=name)
    def told(account: Account) -> str:
        return say("Yes") if getattr(account, name) else say("No")

    return told


@admin.register(Account)
class AccountAdmin(admin.ModelAdmin[Account]):
    """Who may come in, and as what; clinicians are verified here."""

    list_display = (
        "display_name", "email", _told("is_active"), _told("clinician_verified_at"), _told("is_moderator"),
        _told("is_staff"),
    )  # fmt: skip
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

    def get_deleted_objects(self, objs: Sequence[Account], request: HttpRequest) -> tuple[Any, Any, Any, Any]:  # type: ignore[override] # accounts
        """Name the accounts that go, and nothing of what is kept of them: that is theirs."""
        _kept, _counts, lacking, protected = super().get_deleted_objects(objs, request)
        return [str(one) for one in objs], {Account._meta.verbose_name_plural: len(objs)}, lacking, protected
