"""Who may make an account on a server: whoever was invited; everybody, where the desk is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings

from evengait.core.language import spoken
from evengait.web.accounts.invitation import INVITED

if TYPE_CHECKING:
    from django.http import HttpRequest

    from evengait.storage.records.models import Account


class DeskAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """allauth's hooks, where the desk differs."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Tell whether this person may make an account."""
        return not settings.AT_HOME and (settings.SIGN_UP_OPEN or INVITED in request.session)

    def save_user(self, request: HttpRequest, user: Account, form: Any, commit: bool = True) -> Account:
        """Keep a new account; the one who set the desk up runs it. Mails come in the language she signed up in."""
        user.language = "" if spoken() == "en" else spoken()
        first = request.session.pop(INVITED, "") == "first"
        if first and not type(user).objects.filter(is_superuser=True).exists():
            user.is_staff = user.is_superuser = user.is_moderator = True
        return super().save_user(request, user, form, commit)  # type: ignore[no-any-return] # allauth has no types
